use domain::survey::{Carrier, Maker};
use domain::{ResolutionId, SurveyId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use super::rows::Survey;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::{Rate, described};

described! {
    /// 满意度测评 a survey and, once it is closed with enough replies, what they say.
    pub struct SurveyResult as "Survey" {
        /// 测评编号 survey
        pub survey: SurveyId,
        /// 村社区 station's village
        pub station: UnitCode,
        /// 决议编号 resolution that is asked about; none: the station's work as a whole
        pub resolution: Option<ResolutionId>,
        /// 测评内容 what is asked
        #[example = "您对援法议事是否满意"]
        pub question: String,
        /// 登记户数 how many households the station was known to have; none before they were asked for
        pub households: Option<u32>,
        /// 制作测评码时间 when the codes of the ballots were made (UTC)
        pub ballots_issued_at: Option<Timestamp>,
        /// 制作单位层级 who made the codes; none: the village itself, as was once the way, or nobody yet
        pub ballots_maker: Option<Maker>,
        /// 分发方式 through whom the sealed ballots reached the households
        pub carrier: Option<Carrier>,
        /// 分发完成日 last day of handing them out
        pub handed_out_on: Option<Date>,
        /// 截止日 last day for replies
        pub closes_on: Date,
        /// 结束时间 when it was closed (UTC)
        pub closed_at: Option<Timestamp>,
        /// 回复率 replies (n) of those who may reply
        pub response: Rate,
        /// 最少回复数 replies from which on the answers are shown; none before the end
        pub minimum: Option<u32>,
        /// 目标百分比 percent that 认可度 and 满意率 are to reach; none before the end
        pub target_percent: Option<u8>,
        /// 结果 the answers; none before the end, or below the minimum
        pub answers: Option<Answers>,
    }
}

described! {
    /// 测评结果 what the replies say.
    pub struct Answers as "SurveyAnswers" {
        /// 知晓率 replies that know of 援法议事, of those asked; none where fewer than the minimum were asked
        pub awareness: Option<Rate>,
        /// 参与率 replies that took part in it, likewise
        pub participation: Option<Rate>,
        /// 认可度 replies that recognise 援法议事
        pub recognition: Rate,
        /// 认可度是否达标 whether it reaches the target
        pub recognition_reached: bool,
        /// 满意率 satisfied and very satisfied
        pub satisfaction: Rate,
        /// 满意率是否达标 whether it reaches the target
        pub satisfaction_reached: bool,
        /// 非常满意 very satisfied
        pub very_satisfied: u32,
        /// 满意 satisfied
        pub satisfied: u32,
        /// 一般 neither
        pub neutral: u32,
        /// 不满意 dissatisfied
        pub dissatisfied: u32,
    }
}

impl From<Survey> for SurveyResult {
    fn from(row: Survey) -> Self {
        let ended = row.minimum.zip(row.target_percent);
        let shown = ended.filter(|(minimum, _)| row.replies >= *minimum);
        Self {
            response: rate(row.replies, row.eligible),
            answers: shown.map(|(minimum, target)| Answers::of(&row, minimum, target)),
            survey: row.survey,
            station: row.station,
            resolution: row.resolution,
            question: row.question,
            households: row.households,
            ballots_issued_at: row.ballots_issued_at,
            ballots_maker: row.ballots_maker,
            carrier: row.carrier,
            handed_out_on: row.handed_out_on,
            closes_on: row.closes_on,
            closed_at: row.closed_at,
            minimum: row.minimum,
            target_percent: row.target_percent,
        }
    }
}

impl Answers {
    fn of(row: &Survey, minimum: u32, target_percent: u8) -> Self {
        let satisfied = row.very_satisfied + row.satisfied;
        let reached = |count: u32| {
            u64::from(count) * 100 >= u64::from(row.replies) * u64::from(target_percent)
        };
        let of_asked = |count| (row.reach_asked >= minimum).then(|| rate(count, row.reach_asked));
        Self {
            awareness: of_asked(row.aware),
            participation: of_asked(row.took_part),
            recognition: rate(row.recognised, row.replies),
            recognition_reached: reached(row.recognised),
            satisfaction: rate(satisfied, row.replies),
            satisfaction_reached: reached(satisfied),
            very_satisfied: row.very_satisfied,
            satisfied: row.satisfied,
            neutral: row.neutral,
            dissatisfied: row.dissatisfied,
        }
    }
}

fn rate(count: u32, whole: u32) -> Rate {
    Rate::of(count.into(), whole.into())
}

/// Which surveys a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only those about this resolution.
    pub resolution: Option<ResolutionId>,
    /// Only those that ended, or only the others.
    pub closed: Option<bool>,
}

/// Surveys, the last to end first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<SurveyResult>, QueryError> {
    let closed = filter.closed.map(|ended| match ended {
        true => "closed_at IS NOT NULL",
        false => "closed_at IS NULL",
    });
    let found = Select::<Survey>::ordered(&["closes_on", "survey"], Direction::Descending)
        .within("station", filter.within.as_ref())
        .filter("resolution", "=", filter.resolution.map(|id| id.to_string()))?
        .filter_raw(closed)
        .page(conn, page)?;
    Ok(found.map(SurveyResult::from))
}

/// One survey.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, survey: SurveyId) -> Result<Option<SurveyResult>, QueryError> {
    Ok(find::<Survey>(conn, &survey)?.map(SurveyResult::from))
}
