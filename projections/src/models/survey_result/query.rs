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
        /// 发放测评码时间 when the codes of the ballots were handed out (UTC)
        pub ballots_issued_at: Option<Timestamp>,
        /// 截止日 last day for replies
        pub closes_on: Date,
        /// 结束时间 when it was closed (UTC)
        pub closed_at: Option<Timestamp>,
        /// 回复率 replies of those who may reply
        pub response: Rate,
        /// 最少回复数 replies from which on the answers are shown; none before the end
        pub minimum: Option<u32>,
        /// 结果 the answers; none before the end, or below the minimum
        pub answers: Option<Answers>,
    }
}

described! {
    /// 测评结果 what the replies say.
    pub struct Answers as "SurveyAnswers" {
        /// 认可度 replies that recognise 援法议事
        pub recognition: Rate,
        /// 满意率 satisfied and very satisfied
        pub satisfaction: Rate,
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
        let shown = row.minimum.is_some_and(|minimum| row.replies >= minimum);
        Self {
            response: rate(row.replies, row.eligible),
            answers: shown.then(|| Answers::of(&row)),
            survey: row.survey,
            station: row.station,
            resolution: row.resolution,
            question: row.question,
            ballots_issued_at: row.ballots_issued_at,
            closes_on: row.closes_on,
            closed_at: row.closed_at,
            minimum: row.minimum,
        }
    }
}

impl Answers {
    fn of(row: &Survey) -> Self {
        Self {
            recognition: rate(row.recognised, row.replies),
            satisfaction: rate(row.very_satisfied + row.satisfied, row.replies),
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
