use domain::{ResolutionId, SurveyId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::Serialize;

use super::rows::Survey;
use crate::Rate;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

/// A survey and, once it is closed with enough replies, what they say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SurveyResult {
    /// Which.
    pub survey: SurveyId,
    /// The station's village.
    pub station: UnitCode,
    /// The resolution that is asked about; none for the station's work as a whole.
    pub resolution: Option<ResolutionId>,
    /// What is asked.
    pub question: String,
    /// When the codes of the ballots were handed out.
    pub ballots_issued_at: Option<Timestamp>,
    /// Last day for replies.
    pub closes_on: Date,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// 回复率: replies of those who may reply.
    pub response: Rate,
    /// Replies from which on the answers are shown; none before the end.
    pub minimum: Option<u32>,
    /// The answers; none before the end, or below the minimum.
    pub answers: Option<Answers>,
}

/// What the replies say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answers {
    /// 认可度.
    pub recognition: Rate,
    /// 满意率: satisfied and very satisfied.
    pub satisfaction: Rate,
    /// 非常满意.
    pub very_satisfied: u32,
    /// 满意.
    pub satisfied: u32,
    /// 一般.
    pub neutral: u32,
    /// 不满意.
    pub dissatisfied: u32,
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
