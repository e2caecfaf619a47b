use domain::resolution::Stage;
use domain::{PersonId, ResolutionId, UnitCode, county_date};
use jiff::civil::Date;
use rusqlite::Connection;

use super::rows::{ObjectionText, Resolution};
use crate::described;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

described! {
    /// 执行台账 a line of the execution ledger as of a day: a resolution and how far it has come.
    pub struct Entry as "Resolution" {
        /// 决议 the resolution
        #[serde(flatten)]
        pub resolution: Resolution,
        /// 逾期天数 days between the last day and today, or the claim of completion that stands
        pub days_overdue: u32,
    }
}

impl Entry {
    fn on(today: Date, resolution: Resolution) -> Self {
        let days_overdue = resolution.days_overdue(today);
        Self { resolution, days_overdue }
    }
}

impl Resolution {
    /// A claim stops the clock; a return starts it again.
    fn days_overdue(&self, today: Date) -> u32 {
        let reached = match self.stage {
            Stage::Executing => Some(today),
            Stage::Claimed | Stage::Verified | Stage::Completed => self.claimed_at.map(county_date),
            Stage::Adopted
            | Stage::Publicised
            | Stage::AwaitingCorrection
            | Stage::Closed
            | Stage::Withdrawn => None,
        };
        let days = reached.zip(self.due).map_or(0, |(reached, due)| (reached - due).get_days());
        u32::try_from(days).unwrap_or(0)
    }
}

/// Which resolutions a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only those that this person executes.
    pub executor: Option<PersonId>,
    /// Only those in execution whose last day has passed (执行逾期).
    pub overdue: bool,
}

/// Resolutions as of `today`, the latest decided first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    today: Date,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Entry>, QueryError> {
    let before = filter.overdue.then(|| today.to_string());
    // Nothing is decided after today: in the past, what came later need not be looked at.
    let found = Select::<Resolution>::ordered(&["decided_on", "resolution"], Direction::Descending)
        .filter("decided_on", "<=", Some(today.to_string()))?
        .within("station", filter.within.as_ref())
        .filter("stage", "=", filter.stage.map(Stage::as_str))?
        .filter("executor", "=", filter.executor.map(|person| person.to_string()))?
        .filter_raw(filter.overdue.then_some("stage = 'executing'"))
        .filter("due", "<", before)?
        .page(conn, page)?;
    Ok(found.map(|resolution| Entry::on(today, resolution)))
}

/// One resolution as of `today`.
///
/// # Errors
/// See [`QueryError`].
pub fn get(
    conn: &Connection,
    resolution: ResolutionId,
    today: Date,
) -> Result<Option<Entry>, QueryError> {
    let found = find::<Resolution>(conn, &resolution)?;
    Ok(found.map(|resolution| Entry::on(today, resolution)))
}

/// What the objections to a resolution say and their answers. Not for the public.
///
/// # Errors
/// See [`QueryError`].
pub fn objection_texts(
    conn: &Connection,
    resolution: ResolutionId,
    page: &PageRequest,
) -> Result<Page<ObjectionText>, QueryError> {
    Select::<ObjectionText>::ordered(&["objection"], Direction::Ascending)
        .filter("resolution", "=", Some(resolution.to_string()))?
        .page(conn, page)
}
