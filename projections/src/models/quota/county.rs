//! The whole county, loaded for one question.

use std::collections::HashMap;

use domain::rulebook::{Adopted, PopulationShare, Rule, Rules};
use domain::unit::Kind;
use domain::{CampaignCode, UnitCode, county_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;

use super::answer::{Standing, UnitQuota};
use super::shown::{Owed, Shown};
use super::{RulesFrom, Unit, tree};
use crate::engine::column;
use crate::engine::query::{Direction, PageRequest, QueryError, Select};
use crate::engine::row::Row;

/// Everything a query needs; a county has some hundred units.
pub(super) struct County {
    at: Timestamp,
    pub(super) units: Vec<Unit>,
    places: HashMap<UnitCode, usize>,
    rules: Rules,
    /// The campaign asked for, and those before it.
    campaigns: Shown,
    /// Active members of each unit itself, and in all.
    active: Vec<(i64, i64)>,
}

impl County {
    pub(super) fn load(
        conn: &Connection,
        at: Timestamp,
        campaign: Option<&CampaignCode>,
    ) -> Result<Self, QueryError> {
        let today = county_date(at);
        let rules = rules_on(conn, today)?;
        let mut query = conn.prepare_cached(&format!(
            "SELECT {} FROM {} ORDER BY unit",
            Unit::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", "),
            Unit::TABLE
        ))?;
        let mut units: Vec<Unit> = query.query_map([], Unit::read)?.collect::<Result<_, _>>()?;
        let campaigns = Shown::load(conn, campaign, today)?;
        if !rules.towns_count_villages() {
            tree::set_villages_apart(&mut units);
            tree::set_tasks(&mut units, |unit| unit.task);
        }
        if campaigns.is_earlier() {
            tree::set_tasks(&mut units, |unit| campaigns.task_of(unit));
        }
        let places =
            units.iter().enumerate().map(|(place, unit)| (unit.unit.clone(), place)).collect();
        let active = vec![(0, 0); units.len()];
        let mut county = Self { at, units, places, rules, campaigns, active };
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

    pub(super) fn find(&self, unit: &UnitCode) -> Option<&Unit> {
        self.places.get(unit).map(|&place| &self.units[place])
    }

    pub(super) fn is_within(&self, unit: &Unit, root: &UnitCode) -> bool {
        let by = |next: fn(&Unit) -> Option<&UnitCode>| {
            let up = |unit: &&Unit| next(unit).and_then(|code| self.find(code));
            std::iter::successors(Some(unit), |unit| up(unit))
                .take(self.units.len())
                .any(|unit| unit.unit == *root)
        };
        by(|unit| unit.parent.as_ref()) || by(|unit| unit.counts_towards.as_ref())
    }

    pub(super) fn quota(&self, unit: &Unit) -> UnitQuota {
        let (active, active_total) =
            self.places.get(&unit.unit).map_or((0, 0), |&at| self.active[at]);
        let people = |count: i64| u32::try_from(count).unwrap_or(0);
        let rules = &self.rules;
        let mut unit = unit.clone();
        let owed = self.owed(&unit);
        let now = self.last_moment(&unit);
        let late = |done: Option<Timestamp>, deadline: Option<Timestamp>| {
            deadline.is_some_and(|deadline| done.unwrap_or(now) >= deadline)
        };
        let (administrator_overdue, squad_overdue) = if self.campaigns.shown().is_some() {
            unit.squad_completed_at = owed.completed_at;
            unit.squad_late = owed.completed_at.map(|done| late(Some(done), owed.squad));
            (
                late(unit.administrator_reported_at, owed.administrator),
                late(owed.completed_at, owed.squad),
            )
        } else {
            (
                unit.administrator_late.unwrap_or(late(None, owed.administrator)),
                unit.squad_late.unwrap_or(late(None, owed.squad)),
            )
        };
        let has_task = unit.task_total > 0;
        let task_met = has_task && unit.members_total >= unit.task_total;
        let percent = i64::from(*rules.member_percent);
        let member_share_met =
            unit.headcount_total > 0 && unit.members_total * 100 >= unit.headcount_total * percent;
        let party_share_met = unit.members_total > 0
            && unit.party_total * 100 >= unit.members_total * i64::from(*rules.party_percent);
        let over = self.deadline_is_over(&unit);
        let standing = match (has_task, task_met && member_share_met && party_share_met) {
            (false, _) => Standing::NoTask,
            (true, true) => Standing::Met,
            (true, false) if over || (squad_overdue && unit.squad_completed_at.is_none()) => {
                Standing::Overdue
            }
            (true, false) => Standing::Open,
        };
        let total = self
            .campaigns
            .shown()
            .map_or(rules.county_total.as_ref().map(|rule| rule.value), |_| {
                self.campaigns.county_total()
            });
        let county_total = total.filter(|_| unit.kind == Kind::County);
        UnitQuota {
            county_total,
            county_total_met: county_total.map(|total| unit.members_total >= i64::from(total)),
            campaign: self.campaigns.shown().cloned(),
            standing,
            has_task,
            administrator_deadline: owed.administrator,
            squad_deadline: owed.squad,
            late_earlier: self.late_earlier(&unit),
            required: rules.required_members(people(unit.headcount_total), people(unit.task_total)),
            active,
            active_total,
            member_share_met,
            party_share_met,
            task_met,
            administrator_overdue,
            squad_overdue,
            unit,
        }
    }

    /// What the unit itself owes: nothing without a task of its own. The county as a whole raises no squad.
    fn owed(&self, unit: &Unit) -> Owed {
        // The task of a unit that was taken over is its successor's; what it owed until then it owed itself.
        let tasked = unit.task > 0 || unit.taken_over_at.is_some();
        if unit.kind == Kind::County || !tasked {
            return Owed { completed_at: unit.squad_completed_at, ..Owed::default() };
        }
        self.campaigns.owed(unit).unwrap_or_else(|| Owed {
            administrator: self.rules.administrator_deadline.as_ref().map(|rule| rule.value),
            squad: self.rules.squad_deadline.as_ref().map(|rule| rule.value),
            completed_at: unit.squad_completed_at,
        })
    }

    /// Whether the squads of the unit and those below it should have been complete.
    fn deadline_is_over(&self, unit: &Unit) -> bool {
        let stated = self.rules.squad_deadline.as_ref().map(|rule| rule.value);
        let deadline = match self.campaigns.shown() {
            Some(_) => self.campaigns.squad_deadline(unit),
            None => stated,
        };
        deadline.is_some_and(|deadline| self.last_moment(unit) >= deadline)
    }

    /// Until when something could become overdue: nothing does that of a unit which is gone.
    fn last_moment(&self, unit: &Unit) -> Timestamp {
        unit.taken_over_at.map_or(self.at, |ended| ended.min(self.at))
    }

    fn late_earlier(&self, unit: &Unit) -> bool {
        let mut earlier = self.campaigns.owed_earlier(unit);
        let none_yet = self.campaigns.shown().is_none();
        let now = self.last_moment(unit);
        (!none_yet && unit.late_before_campaigns)
            || earlier.any(|owed| {
                let late = |done: Option<Timestamp>, deadline: Option<Timestamp>| {
                    deadline.is_some_and(|deadline| done.unwrap_or(now) >= deadline)
                };
                late(unit.administrator_reported_at, owed.administrator)
                    || late(owed.completed_at, owed.squad)
            })
    }
}

/// What share of the inhabitants is to register, by the figures in force on a day.
pub(super) fn population_share_on(
    conn: &Connection,
    day: Date,
) -> Result<PopulationShare, QueryError> {
    Ok(rules_on(conn, day)?.population_share().value)
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
        let stated =
            |value: Option<Timestamp>| value.map(|value| Rule { value, source: Box::default() });
        rules.administrator_deadline = stated(adopted.administrator_deadline);
        rules.squad_deadline = stated(adopted.squad_deadline);
        let figure = |value: u32| Rule { value, source: Box::default() };
        rules.county_total = adopted.county_total.map(figure);
        let (percent, by) = (adopted.population_percent, adopted.population_by);
        let value = PopulationShare { percent, by };
        rules.population_share = Some(Rule { value, source: Box::default() });
        let value = adopted.towns_count_villages;
        rules.towns_count_villages = Some(Rule { value, source: Box::default() });
    }
    Ok(rules)
}
