//! 进度: how far every unit has come, in one table: its quota, who is registered, who was compared, what is open and late.
//!
//! It has no rows of its own: it reads those of the quota, the volunteer archive and the service records at one moment.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use domain::bulletin::{Figures, Late};
use domain::rulebook::PopulationShare;
use domain::{Text, UnitCode};
use jiff::Timestamp;
use rusqlite::Connection;

pub use rows::UnitProgress;

use super::quota::{self, UnitQuota};
use super::volunteer_archive::RealName;
use crate::engine::column;
use crate::engine::query::{MAX_PAGE, Page, PageRequest, QueryError};
use rows::Own;

/// Which units a list shows.
pub type Filter = quota::Filter;

/// Units by code, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    at: Timestamp,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<UnitProgress>, QueryError> {
    let sums = Sums::load(conn, at)?;
    Ok(quota::list(conn, at, filter, page)?.map(|unit| sums.progress(unit)))
}

/// What a bulletin tells of each unit as of `at`: those that have a task or a squad, and no successor.
///
/// # Errors
/// See [`QueryError`].
pub fn figures(conn: &Connection, at: Timestamp) -> Result<Vec<Figures>, QueryError> {
    let sums = Sums::load(conn, at)?;
    let told = |quota: &UnitQuota| {
        let unit = &quota.unit;
        let tasked = unit.task_total > 0 || unit.squad_applied_at.is_some();
        tasked && unit.succeeded_by.is_none()
    };
    let units = every(conn, at)?.into_iter().filter(told);
    Ok(units.map(|unit| sums.progress(unit).figures()).collect())
}

/// All units with their quotas.
fn every(conn: &Connection, at: Timestamp) -> Result<Vec<UnitQuota>, QueryError> {
    let (mut units, mut after) = (Vec::new(), None);
    loop {
        let request = PageRequest { after, limit: MAX_PAGE };
        let page = quota::list(conn, at, &Filter::default(), &request)?;
        units.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(units);
        }
    }
}

/// What each unit has itself, and in all that counts towards it.
struct Sums {
    of_units: HashMap<UnitCode, (Own, Own)>,
    /// What share of the inhabitants is to register.
    share: PopulationShare,
}

impl Sums {
    fn load(conn: &Connection, at: Timestamp) -> Result<Self, QueryError> {
        let above: HashMap<UnitCode, Option<UnitCode>> = every(conn, at)?
            .into_iter()
            .map(|quota| (quota.unit.unit, quota.unit.counts_towards))
            .collect();
        let share = quota::population_share(conn, at)?;
        let mut sums = Self { of_units: HashMap::new(), share };
        let mut query = conn.prepare_cached(
            "SELECT unit, real_name, count(*) FROM volunteer_archive
             WHERE status IN ('active', 'suspended') GROUP BY unit, real_name",
        )?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let people = row.get(2)?;
            let mut own = Own { registered: people, ..Own::default() };
            match column::read(row, 1)? {
                RealName::Matched => own.matched = people,
                RealName::Refused => own.refused = people,
                RealName::Pending => {}
            }
            sums.add(&above, column::read(row, 0)?, own);
        }
        let mut query = conn.prepare_cached(
            "SELECT organiser, records - attested - voided, disputed FROM service_by_organiser",
        )?;
        let mut found = query.query([])?;
        while let Some(row) = found.next()? {
            let own = Own { waiting: row.get(1)?, disputed: row.get(2)?, ..Own::default() };
            sums.add(&above, column::read(row, 0)?, own);
        }
        Ok(sums)
    }

    /// Adds to a unit, and to whatever it counts towards.
    fn add(&mut self, above: &HashMap<UnitCode, Option<UnitCode>>, unit: UnitCode, more: Own) {
        self.of_units.entry(unit.clone()).or_default().0 += more;
        let mut place = Some(&unit);
        for _ in 0..=above.len() {
            let Some(at) = place else { return };
            self.of_units.entry(at.clone()).or_default().1 += more;
            place = above.get(at).and_then(Option::as_ref);
        }
    }

    fn progress(&self, quota: UnitQuota) -> UnitProgress {
        let (own, total) = self.of_units.get(&quota.unit.unit).copied().unwrap_or_default();
        UnitProgress::of(quota, own, total, self.share)
    }
}

impl UnitProgress {
    /// The same as a bulletin tells it.
    fn figures(&self) -> Figures {
        let people = |count: i64| u32::try_from(count).unwrap_or(0);
        let late = [
            (Late::Administrator, self.administrator_overdue),
            (Late::Squad, self.squad_overdue),
            (Late::Earlier, self.late_earlier),
        ];
        Figures {
            unit: self.unit.clone(),
            name: Text::new(&self.name).ok(),
            kind: self.kind,
            required: self.required.unwrap_or(0),
            members: people(self.members),
            registered: people(self.registered_total),
            matched: people(self.matched_total),
            refused: people(self.refused_total),
            open: people(self.waiting_total + self.disputed_total),
            late: late.into_iter().filter(|(_, is)| *is).map(|(late, _)| late).collect(),
        }
    }
}
