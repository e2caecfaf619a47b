use std::collections::HashMap;

use domain::rulebook::{Adopted, Rules};
use domain::unit::Kind;
use domain::{UnitCode, county_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;

use super::{RulesFrom, Unit};
use crate::described;
use crate::engine::column;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select};
use crate::engine::row::Row;

described! {
    /// 任务进度 a unit against its quota: its counts with all that depends on the day and on the rulebook.
    pub struct UnitQuota as "Quota" {
        /// 单位 the counts
        #[serde(flatten)]
        pub unit: Unit,
        /// 应有队员数 members required: the task number or the share of the headcount, whichever is more
        pub required: u32,
        /// 本单位活跃队员数 active members of the unit itself: with an attested service within the active days
        pub active: i64,
        /// 活跃队员数 active members in all
        pub active_total: i64,
        /// 队员比例达标 share of members met: members·100 ≥ headcount·percentage
        pub member_share_met: bool,
        /// 党员和积极分子比例达标 share of party members and activists met: party·100 ≥ members·percentage
        pub party_share_met: bool,
        /// 任务数达标 task number met: members ≥ task
        pub task_met: bool,
        /// 管理员上报逾期 administrator overdue: reported late, or not yet though the deadline is over
        pub administrator_overdue: bool,
        /// 小分队逾期 squad overdue: complete late, or not yet though the deadline is over
        pub squad_overdue: bool,
    }
}

/// Which units a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this unit and those below it, by parent or by attribution.
    pub within: Option<UnitCode>,
    /// Only this kind.
    pub kind: Option<Kind>,
}

/// Units by code, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    at: Timestamp,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<UnitQuota>, QueryError> {
    let county = County::load(conn, at)?;
    let after = page.after.as_deref().unwrap_or_default();
    let mut wanted = county.units.iter().filter(|unit| {
        unit.unit.as_str() > after
            && filter.kind.is_none_or(|kind| unit.kind == kind)
            && filter.within.as_ref().is_none_or(|root| county.is_within(unit, root))
    });
    let items: Vec<UnitQuota> =
        wanted.by_ref().take(page.rows()).map(|unit| county.quota(unit)).collect();
    let more = wanted.next().is_some();
    let next = items.last().filter(|_| more).map(|last| last.unit.unit.to_string());
    Ok(Page { items, next })
}

/// One unit, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn get(
    conn: &Connection,
    unit: &UnitCode,
    at: Timestamp,
) -> Result<Option<UnitQuota>, QueryError> {
    let county = County::load(conn, at)?;
    Ok(county.find(unit).map(|unit| county.quota(unit)))
}

/// Everything a query needs; a county has some hundred units.
struct County {
    at: Timestamp,
    units: Vec<Unit>,
    places: HashMap<UnitCode, usize>,
    rules: Rules,
    /// Active members of each unit itself, and in all.
    active: Vec<(i64, i64)>,
}

impl County {
    fn load(conn: &Connection, at: Timestamp) -> Result<Self, QueryError> {
        let today = county_date(at);
        let rules = rules_on(conn, today)?;
        let mut query = conn.prepare_cached(&format!(
            "SELECT {} FROM {} ORDER BY unit",
            Unit::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", "),
            Unit::TABLE
        ))?;
        let units: Vec<Unit> = query.query_map([], Unit::read)?.collect::<Result<_, _>>()?;
        let places =
            units.iter().enumerate().map(|(place, unit)| (unit.unit.clone(), place)).collect();
        let active = vec![(0, 0); units.len()];
        let mut county = Self { at, units, places, rules, active };
        county.count_active(conn, today)?;
        Ok(county)
    }

    /// Counts of the units themselves come from the table; the way up is short enough to go on every query.
    fn count_active(&mut self, conn: &Connection, today: Date) -> Result<(), QueryError> {
        let days = i32::from(*self.rules.active_days);
        let first = today.saturating_sub(days.days());
        let mut query = conn.prepare_cached(
            "SELECT unit, sum(members) FROM quota_active_day WHERE day BETWEEN ?1 AND ?2 GROUP BY unit",
        )?;
        let mut found = query.query([first.to_string(), today.to_string()])?;
        while let Some(row) = found.next()? {
            let (unit, members): (UnitCode, i64) = (column::read(row, 0)?, row.get(1)?);
            let mut place = self.places.get(&unit).copied();
            if let Some(own) = place {
                self.active[own].0 += members;
            }
            for _ in 0..self.units.len() {
                let Some(at) = place else { break };
                self.active[at].1 += members;
                let above = self.units[at].counts_towards.as_ref();
                place = above.and_then(|code| self.places.get(code)).copied();
            }
        }
        Ok(())
    }

    fn find(&self, unit: &UnitCode) -> Option<&Unit> {
        self.places.get(unit).map(|&place| &self.units[place])
    }

    fn is_within(&self, unit: &Unit, root: &UnitCode) -> bool {
        let by = |next: fn(&Unit) -> Option<&UnitCode>| {
            let up = |unit: &&Unit| next(unit).and_then(|code| self.find(code));
            std::iter::successors(Some(unit), |unit| up(unit))
                .take(self.units.len())
                .any(|unit| unit.unit == *root)
        };
        by(|unit| unit.parent.as_ref()) || by(|unit| unit.counts_towards.as_ref())
    }

    fn quota(&self, unit: &Unit) -> UnitQuota {
        let (active, active_total) =
            self.places.get(&unit.unit).map_or((0, 0), |&at| self.active[at]);
        let people = |count: i64| u32::try_from(count).unwrap_or(0);
        let rules = &self.rules;
        UnitQuota {
            required: rules.required_members(people(unit.headcount_total), people(unit.task_total)),
            active,
            active_total,
            member_share_met: unit.members_total * 100
                >= unit.headcount_total * i64::from(*rules.member_percent),
            party_share_met: unit.party_total * 100
                >= unit.members_total * i64::from(*rules.party_percent),
            task_met: unit.members_total >= unit.task_total,
            administrator_overdue: unit
                .administrator_late
                .unwrap_or(self.at >= *rules.administrator_deadline),
            squad_overdue: unit.squad_late.unwrap_or(self.at >= *rules.squad_deadline),
            unit: unit.clone(),
        }
    }
}

/// The figures in force on a day: the latest version that has come into force, or those shipped.
fn rules_on(conn: &Connection, day: Date) -> Result<Rules, QueryError> {
    let mut rules = Adopted::shipped().rules.clone();
    let latest = Select::<RulesFrom>::ordered(&["version"], Direction::Descending)
        .filter("effective_from", "<=", Some(day.to_string()))?
        .page(conn, &PageRequest { after: None, limit: 1 })?;
    if let Some(adopted) = latest.items.into_iter().next() {
        rules.member_percent.value = adopted.member_percent;
        rules.party_percent.value = adopted.party_percent;
        rules.active_days.value = u16::try_from(adopted.active_days).unwrap_or(u16::MAX);
        rules.administrator_deadline.value = adopted.administrator_deadline;
        rules.squad_deadline.value = adopted.squad_deadline;
    }
    Ok(rules)
}
