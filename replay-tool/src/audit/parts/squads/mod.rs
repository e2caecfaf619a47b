//! `audit squads`: whether squads are what they were declared to be, with whose consent, and when.

mod county;
mod squad;

use std::collections::{BTreeMap, BTreeSet};

use domain::campaign::Event as CampaignEvent;
use domain::rulebook::{Event as RulebookEvent, Rules};
use domain::squad::{Event as SquadEvent, Heads};
use domain::unit::Event as UnitEvent;
use domain::{CampaignCode, County as Key, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::{Fact, Fold, reads};
use serde::Serialize;

use crate::audit::finding::{Finding, Weight};
use crate::audit::listed::Listed;
use crate::table::{Column, columns, or_blank};
use county::{County, Duty};
use squad::Squad;

/// Every squad, and every unit that is to raise one.
#[derive(Default)]
pub struct Squads {
    county: County,
    squads: BTreeMap<UnitCode, Squad>,
    /// When each unit reported an administrator, and in which campaign.
    administrators: BTreeMap<UnitCode, Vec<(Option<CampaignCode>, Date)>>,
    found: BTreeMap<UnitCode, Vec<Finding>>,
}

/// A squad, or a unit that is to raise one.
#[derive(Debug, Serialize)]
pub struct Row {
    /// 单位代码.
    pub unit: String,
    /// 任务数, of the campaign that it is in now.
    pub task: u32,
    /// Members that would be required today.
    pub required: u32,
    /// Members today.
    pub members: usize,
    /// Party members and activists among them.
    pub party: usize,
    /// When it was last declared complete.
    pub completed_on: Option<Date>,
    /// Whether that was late.
    pub late: Option<bool>,
    /// When its administrator was first reported.
    pub administrator_on: Option<Date>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of squads shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "unit" "单位" "Unit" left |row, _| row.unit.clone();
    "task" "任务数" "Task" right |row, _| row.task.to_string();
    "required" "应有" "Required" right |row, _| row.required.to_string();
    "members" "队员" "Members" right |row, _| row.members.to_string();
    "party" "党员等" "Party" right |row, _| row.party.to_string();
    "completed_on" "组建完成" "Complete" left |row, _| or_blank(row.completed_on);
    "administrator_on" "管理员上报" "Administrator" left |row, _| or_blank(row.administrator_on);
    "findings" "发现" "Found" left |row, _| row.codes();
};

impl Listed for Row {
    fn about(&self) -> &str {
        &self.unit
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Fold for Squads {
    reads! { Self: rulebook, unit, campaign, squad }

    fn rulebook(_: &Fact, _: &Key, event: &RulebookEvent, to: &mut Self) {
        let RulebookEvent::Adopted(adopted) = event;
        to.county.adopt(adopted);
    }

    fn unit(fact: &Fact, unit: &UnitCode, event: &UnitEvent, to: &mut Self) {
        to.county.unit(unit, event, fact);
        if let UnitEvent::AdministratorReported(reported) = event {
            let on = county_date(fact.recorded_at);
            let first = !to.has_reported(unit, reported.campaign.as_ref());
            let all = to.administrators.entry(unit.clone()).or_default();
            all.push((reported.campaign.clone(), on));
            let due = to.county.duty(unit, on).deadlines.administrator;
            let late = due.filter(|due| first && fact.recorded_at >= *due).map(county_date);
            let found = late.map(|due| {
                Finding::at(
                    fact,
                    "squad.administrator_late",
                    Weight::Late,
                    format!("管理员上报期限为{due},{on}才上报。"),
                    format!(
                        "The administrator was reported only on {on}; the deadline was on {due}."
                    ),
                )
            });
            to.found.entry(unit.clone()).or_default().extend(found);
        } else if let UnitEvent::Succeeded(succeeded) = event
            && let Some(taken) = &succeeded.takes_over
        {
            if let Some(squad) = to.squads.get_mut(&succeeded.by) {
                taken.reopened.iter().for_each(|campaign| squad.reopen(campaign));
            }
            if let Some(squad) = to.squads.get_mut(unit) {
                squad.end(fact.recorded_at);
            }
        }
    }

    fn campaign(fact: &Fact, code: &CampaignCode, event: &CampaignEvent, to: &mut Self) {
        to.county.campaign(code, event, fact);
    }

    fn squad(fact: &Fact, unit: &UnitCode, event: &SquadEvent, to: &mut Self) {
        to.county.squad(unit, fact);
        let others = to.others(unit, to.county.rules(fact.metadata.rulebook));
        to.squads.entry(unit.clone()).or_default().see(unit, event, fact, (&to.county, others));
    }
}

impl Squads {
    /// The list as of a moment, of those that are asked for.
    pub fn rows(mut self, as_of: Timestamp, asked: &dyn Fn(&UnitCode) -> bool) -> Vec<Row> {
        self.owed(as_of);
        let units: BTreeSet<UnitCode> =
            self.squads.keys().chain(self.found.keys()).filter(|it| asked(it)).cloned().collect();
        units.into_iter().map(|unit| self.row(unit, as_of)).collect()
    }

    /// Members of the other squads whose heads count in a unit.
    fn others(&self, unit: &UnitCode, rules: &Rules) -> Heads {
        let mut others = Heads::default();
        let counted = self.squads.iter().filter(|(of, _)| self.county.counts_in(of, unit, rules));
        counted.for_each(|(_, squad)| others += squad.heads());
        others
    }

    /// Whether an administrator was reported, for this campaign or before it, by the unit or by one that it goes on for: who was
    /// reported stays reported.
    fn has_reported(&self, unit: &UnitCode, campaign: Option<&CampaignCode>) -> bool {
        let units = self.county.done_for(unit, campaign);
        units.into_iter().any(|unit| self.administrators.contains_key(unit))
    }

    /// What was due by now and is not there.
    fn owed(&mut self, as_of: Timestamp) {
        for (unit, Duty { campaign, deadlines, .. }) in self.county.owing() {
            let over = |due: Option<Timestamp>| due.filter(|due| *due <= as_of).map(county_date);
            let units = self.county.done_for(&unit, campaign.as_ref());
            let mut squads = units.into_iter().filter_map(|unit| self.squads.get(unit));
            let back_to = campaign.as_ref().and_then(|code| self.county.reaches_back_to(code));
            let complete = squads.any(|squad| squad.is_complete(campaign.as_ref(), back_to));
            let squad = over(deadlines.squad).filter(|_| !complete).map(|due| {
                Finding::missing(
                    "squad.not_complete",
                    due,
                    format!("小分队组建期限为{due},至今没有组建完成。"),
                    format!("The squad is not complete; the deadline was on {due}."),
                )
            });
            let reported = self.has_reported(&unit, campaign.as_ref());
            let administrator = over(deadlines.administrator).filter(|_| !reported).map(|due| {
                Finding::missing(
                    "squad.no_administrator",
                    due,
                    format!("管理员上报期限为{due},至今没有上报。"),
                    format!("No administrator was reported; the deadline was on {due}."),
                )
            });
            self.found.entry(unit).or_default().extend(squad.into_iter().chain(administrator));
        }
    }

    fn row(&mut self, unit: UnitCode, as_of: Timestamp) -> Row {
        let mut squad = self.squads.remove(&unit).unwrap_or_default();
        squad.pass(as_of);
        let hollow = squad.hollow();
        let mut findings = std::mem::take(&mut squad.findings);
        findings.extend(hollow);
        findings.extend(self.found.remove(&unit).unwrap_or_default());
        let (duty, rules) = (self.county.duty(&unit, county_date(as_of)), self.county.rules_now());
        let task = self.county.task(&unit, &duty, rules);
        let required = rules.required_members(self.county.headcount(&unit, rules), task);
        let last = squad.completions.last();
        let reports = self.administrators.get(&unit);
        Row {
            task: duty.task,
            required,
            members: squad.members.len(),
            party: squad.members.values().filter(|member| member.party).count(),
            completed_on: last.map(|it| it.on),
            late: last.map(|it| it.late),
            administrator_on: reports.and_then(|all| all.first()).map(|(_, on)| *on),
            findings,
            unit: unit.to_string(),
        }
    }
}
