//! What a squad's figures rest on: units, headcounts, tasks, deadlines, percentages.

use std::collections::{BTreeMap, HashMap};

use domain::campaign::{self, Deadlines, KindDeadlines};
use domain::rulebook::{Adopted, Rules};
use domain::unit::{self, Kind, Succeeded};
use domain::{CampaignCode, Directory, UnitCode, county_date};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::Fact;

use crate::audit::finding::place_of;

/// Units, campaigns and rulebooks, as far as the log has told.
#[derive(Default)]
pub struct County {
    units: HashMap<UnitCode, Unit>,
    /// Whose heads count where.
    tree: Directory,
    /// In the order in which they were adopted.
    campaigns: Vec<Campaign>,
    rules: HashMap<u32, Rules>,
    latest: Option<u32>,
}

struct Unit {
    kind: Kind,
    attributed_to: Option<UnitCode>,
    headcount: u32,
    /// The last time that it was declared lower than before: when, by which event, and what it was.
    lowered: Option<Lowered>,
    /// Task without a campaign.
    task: u32,
    succeeded: Option<Date>,
}

/// A headcount that was declared lower than before.
#[derive(Clone)]
pub struct Lowered {
    /// When.
    pub on: Date,
    /// By which event.
    pub event: String,
    /// What it was.
    pub from: u32,
    /// What it is since.
    pub to: u32,
}

struct Campaign {
    code: CampaignCode,
    starts_on: Date,
    ends_on: Option<Date>,
    ended: Option<Date>,
    deadlines: Deadlines,
    by_kind: Vec<KindDeadlines>,
    tasks: BTreeMap<UnitCode, u32>,
    /// Whose task a unit without one took over: what was done for it in time was done for the successor.
    goes_on_for: BTreeMap<UnitCode, UnitCode>,
}

/// What a unit owes.
pub struct Duty {
    /// In which campaign; none where the county has none.
    pub campaign: Option<CampaignCode>,
    /// 任务数.
    pub task: u32,
    /// Until when.
    pub deadlines: Deadlines,
}

impl Campaign {
    fn deadlines_of(&self, kind: Kind) -> Deadlines {
        let own = self.by_kind.iter().find(|of| of.kind == kind).map(|of| of.deadlines);
        let own = own.unwrap_or_default();
        Deadlines {
            administrator: own.administrator.or(self.deadlines.administrator),
            squad: own.squad.or(self.deadlines.squad),
        }
    }

    fn over_from(&self) -> Option<Date> {
        let after_last = self.ends_on.and_then(|last| last.tomorrow().ok());
        self.ended.into_iter().chain(after_last).min()
    }

    fn runs(&self, on: Date) -> bool {
        self.starts_on <= on && self.over_from().is_none_or(|over| on < over)
    }
}

impl County {
    /// Takes a version of the rulebook in.
    pub fn adopt(&mut self, adopted: &Adopted) {
        self.rules.insert(adopted.version, adopted.rules.clone());
        self.latest = Some(adopted.version);
    }

    /// The figures under which a fact was learned; the shipped ones for a version that the log does not hold.
    pub fn rules(&self, version: u32) -> &Rules {
        self.rules.get(&version).unwrap_or_else(|| &Adopted::shipped().rules)
    }

    /// The figures that were adopted last.
    pub fn rules_now(&self) -> &Rules {
        self.latest.map_or(&Adopted::shipped().rules, |version| self.rules(version))
    }

    /// Takes in what happened to a unit.
    pub fn unit(&mut self, code: &UnitCode, event: &unit::Event, fact: &Fact) {
        let on = county_date(fact.recorded_at);
        self.tree.evolve(code.as_str(), &fact.event);
        if let unit::Event::Registered(registered) = event {
            let (kind, attributed_to) = (registered.kind, None);
            let new =
                Unit { kind, attributed_to, headcount: 0, lowered: None, task: 0, succeeded: None };
            self.units.insert(code.clone(), new);
        }
        if let unit::Event::QuotaAssigned(assigned) = event
            && let Some(named) = &assigned.campaign
            && let Some(campaign) = self.campaigns.iter_mut().find(|it| it.code == *named)
        {
            campaign.tasks.insert(code.clone(), assigned.task);
        }
        if let unit::Event::Succeeded(succeeded) = event {
            self.take_over(code, succeeded);
        }
        let Some(unit) = self.units.get_mut(code) else { return };
        match event {
            unit::Event::HeadcountDeclared(declared) => {
                let (from, to) = (unit.headcount, declared.headcount);
                if to < from {
                    let event = place_of(fact);
                    unit.lowered = Some(Lowered { on, event, from, to });
                }
                unit.headcount = to;
            }
            unit::Event::QuotaAssigned(assigned) => {
                if assigned.campaign.is_none() {
                    unit.task = assigned.task;
                }
            }
            unit::Event::Attributed(attributed) => unit.attributed_to = Some(attributed.to.clone()),
            unit::Event::Reclassified(changed) => unit.kind = changed.kind,
            unit::Event::Succeeded(_) => unit.succeeded = Some(on),
            unit::Event::Registered(_)
            | unit::Event::AdministratorReported(_)
            | unit::Event::Renamed(_)
            | unit::Event::ParentChanged(_)
            | unit::Event::PopulationStated(_) => {}
        }
    }

    /// The successor owes what is still to be done, and the unit that is gone what was due until then. The county raises no squad.
    fn take_over(&mut self, code: &UnitCode, succeeded: &Succeeded) {
        let by = &succeeded.by;
        if self.units.get(by).is_none_or(|unit| unit.kind == Kind::County) {
            return;
        }
        for taken in succeeded.takes_over.iter().flat_map(|taken| &taken.tasks) {
            let its = self.campaigns.iter_mut();
            for campaign in its.filter(|it| Some(&it.code) == taken.campaign.as_ref()) {
                let own = campaign.task_of(by);
                if own == 0 {
                    campaign.goes_on_for.insert(by.clone(), code.clone());
                }
                campaign.tasks.insert(by.clone(), own.saturating_add(taken.task));
            }
            if taken.campaign.is_none()
                && let Some(unit) = self.units.get_mut(by)
            {
                unit.task = unit.task.saturating_add(taken.task);
            }
        }
    }

    /// Takes in that a unit has a squad.
    pub fn squad(&mut self, unit: &UnitCode, fact: &Fact) {
        self.tree.evolve(unit.as_str(), &fact.event);
    }

    /// Takes in what happened to a campaign.
    pub fn campaign(&mut self, code: &CampaignCode, event: &campaign::Event, fact: &Fact) {
        self.tree.evolve(code.as_str(), &fact.event);
        if let campaign::Event::Adopted(adopted) = event {
            self.campaigns.push(Campaign {
                code: code.clone(),
                starts_on: adopted.starts_on,
                ends_on: adopted.ends_on,
                ended: None,
                deadlines: adopted.deadlines,
                by_kind: adopted.by_kind.clone(),
                tasks: adopted.tasks.iter().map(|of| (of.unit.clone(), of.task)).collect(),
                goes_on_for: BTreeMap::new(),
            });
        }
        let Some(campaign) = self.campaigns.iter_mut().find(|it| it.code == *code) else { return };
        match event {
            campaign::Event::Adopted(_) => {}
            campaign::Event::DeadlinesMoved(moved) => {
                campaign.deadlines = moved.deadlines;
                campaign.by_kind.clone_from(&moved.by_kind);
            }
            campaign::Event::Ended(ended) => campaign.ended = Some(ended.on),
        }
    }

    /// The last time that a unit's own headcount was lowered.
    pub fn lowered(&self, unit: &UnitCode) -> Option<&Lowered> {
        self.units.get(unit)?.lowered.as_ref()
    }

    /// A unit's headcount with that of all whose heads count in it.
    pub fn headcount(&self, unit: &UnitCode, rules: &Rules) -> u32 {
        self.tree.counted_headcount(unit, rules)
    }

    /// A unit's headcount with that of those attributed to it: what was counted before towns counted their villages.
    pub fn attributed_headcount(&self, unit: &UnitCode) -> u32 {
        let own = self.units.get(unit).map_or(0, |unit| unit.headcount);
        let theirs = self.units.values().filter(|it| it.attributed_to.as_ref() == Some(unit));
        theirs.map(|it| it.headcount).fold(own, u32::saturating_add)
    }

    /// 任务数 that a duty comes to, with those that count in the unit.
    pub fn task(&self, unit: &UnitCode, duty: &Duty, rules: &Rules) -> u32 {
        match duty.task {
            0 => 0,
            _ => self.tree.counted_task(unit, duty.campaign.as_ref(), rules),
        }
    }

    /// Whether the heads of another unit count in this one.
    pub fn counts_in(&self, other: &UnitCode, unit: &UnitCode, rules: &Rules) -> bool {
        other != unit && self.tree.counts_in(other, unit, rules)
    }

    /// The unit itself, and those whose task it took over without one of its own.
    pub fn done_for(&self, unit: &UnitCode, campaign: Option<&CampaignCode>) -> Vec<&UnitCode> {
        let known = self.campaigns.iter().find(|it| Some(&it.code) == campaign);
        let next = |at: &&UnitCode| known?.goes_on_for.get(*at);
        let first = self.units.get_key_value(unit).map(|(unit, _)| unit);
        std::iter::successors(first, next).take(self.units.len()).collect()
    }

    /// What a unit owes on a day.
    pub fn duty(&self, unit: &UnitCode, on: Date) -> Duty {
        if self.campaigns.is_empty() {
            return self.duty_without_campaign(unit);
        }
        let its = self.campaigns.iter().filter(|it| it.runs(on) && it.task_of(unit) > 0);
        let kind = self.units.get(unit).map(|it| it.kind);
        match its.max_by_key(|it| it.starts_on).zip(kind) {
            Some((campaign, kind)) => Duty {
                campaign: Some(campaign.code.clone()),
                task: campaign.task_of(unit),
                deadlines: campaign.deadlines_of(kind),
            },
            None => Duty { campaign: None, task: 0, deadlines: Deadlines::default() },
        }
    }

    /// A rulebook of earlier days may state deadlines.
    fn duty_without_campaign(&self, unit: &UnitCode) -> Duty {
        let rules = self.latest.map(|version| self.rules(version));
        let task = self.units.get(unit).map_or(0, |unit| unit.task);
        let stated = rules.filter(|_| task > 0).map(|rules| Deadlines {
            administrator: rules.administrator_deadline.as_ref().map(|rule| rule.value),
            squad: rules.squad_deadline.as_ref().map(|rule| rule.value),
        });
        Duty { campaign: None, task, deadlines: stated.unwrap_or_default() }
    }

    /// The first day of a campaign that is the county's first: it counts what was done before it was adopted.
    pub fn reaches_back_to(&self, code: &CampaignCode) -> Option<Date> {
        self.campaigns.first().filter(|first| first.code == *code).map(|first| first.starts_on)
    }

    /// Every unit with a task, once for each campaign whose deadlines it was still held to.
    pub fn owing(&self) -> Vec<(UnitCode, Duty)> {
        if self.campaigns.is_empty() {
            let units = self.units.keys().map(|unit| (unit.clone(), self.duty(unit, Date::MIN)));
            return units.filter(|(_, duty)| duty.task > 0).collect();
        }
        let mut owing = Vec::new();
        for campaign in &self.campaigns {
            for (code, task) in campaign.tasks.iter().filter(|(_, task)| **task > 0) {
                let Some(unit) = self.units.get(code) else { continue };
                let held = |due: &Timestamp| {
                    let on = county_date(*due);
                    campaign.over_from().is_none_or(|over| on < over)
                        && unit.succeeded.is_none_or(|gone| on <= gone)
                };
                let Deadlines { administrator, squad } = campaign.deadlines_of(unit.kind);
                let deadlines = Deadlines {
                    administrator: administrator.filter(held),
                    squad: squad.filter(held),
                };
                let campaign = Some(campaign.code.clone());
                owing.push((code.clone(), Duty { campaign, task: *task, deadlines }));
            }
        }
        owing
    }
}

impl Campaign {
    fn task_of(&self, unit: &UnitCode) -> u32 {
        self.tasks.get(unit).copied().unwrap_or(0)
    }
}
