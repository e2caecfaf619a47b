//! What rules of units and squads must know of campaigns: which one a unit is in, and until when it owes what.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Adopted, Deadlines, Event, KindDeadlines, Task};
use crate::unit::Kind;
use crate::{CampaignCode, Given, UnitCode};

/// All campaigns of the county, in the order in which they were adopted.
#[derive(Debug, Clone, Default)]
pub struct Campaigns {
    all: Vec<Known>,
}

/// A campaign as others know it.
#[derive(Debug, Clone)]
pub struct Known {
    /// 行动代码.
    pub code: CampaignCode,
    /// What was adopted, with the deadlines as they are now.
    pub adopted: Adopted,
    /// The day from which it is over, once it was ended.
    pub ended: Option<Date>,
    /// Task of each unit that was given one; 0 where it was taken back.
    tasks: HashMap<UnitCode, u32>,
    /// Whose squad was complete in it, and whether that still holds: not where the unit took over from one whose squad was not.
    squads: HashMap<UnitCode, bool>,
}

/// What a unit owes under the campaign that it is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Duties {
    /// The campaign; none where the unit has no task in any.
    pub campaign: Option<CampaignCode>,
    /// 任务数; 0: 无任务.
    pub task: u32,
    /// Until when.
    pub deadlines: Deadlines,
}

impl Known {
    /// Task of a unit; 0: 无任务.
    #[must_use]
    pub fn task_of(&self, unit: &UnitCode) -> u32 {
        self.tasks.get(unit).copied().unwrap_or(0)
    }

    /// Whether a unit's squad was complete in it, and does not have to be so anew.
    #[must_use]
    pub fn is_complete(&self, unit: &UnitCode) -> bool {
        self.squads.get(unit) == Some(&true)
    }

    /// Whether a unit's squad, complete before, has to be so anew.
    #[must_use]
    pub fn is_reopened(&self, unit: &UnitCode) -> bool {
        self.squads.get(unit) == Some(&false)
    }

    /// Whether the campaign is over on a day.
    #[must_use]
    pub fn is_over(&self, on: Date) -> bool {
        self.ended.is_some_and(|ended| ended <= on)
            || self.adopted.ends_on.is_some_and(|last| last < on)
    }

    fn runs(&self, on: Date) -> bool {
        self.adopted.starts_on <= on && !self.is_over(on)
    }
}

impl Adopted {
    /// Whether what is asked for says the same; a task that is not listed again is not another one.
    #[must_use]
    pub fn says_the_same(&self, asked: &Self) -> bool {
        let bare = |plan: &Self| Self { tasks: vec![], ..plan.clone() };
        let listed = |task: &Task| task.task == 0 || self.tasks.contains(task);
        asked.tasks.iter().all(listed) && bare(self) == bare(asked)
    }

    /// The deadlines of a kind of unit.
    #[must_use]
    pub fn deadlines_of(&self, kind: Kind) -> Deadlines {
        deadlines_of(kind, self.deadlines, &self.by_kind)
    }
}

/// The deadlines of a kind of unit: its own, else the campaign's.
#[must_use]
pub fn deadlines_of(kind: Kind, general: Deadlines, by_kind: &[KindDeadlines]) -> Deadlines {
    let own = by_kind.iter().find(|of| of.kind == kind).map(|of| of.deadlines).unwrap_or_default();
    own.or(general)
}

impl Deadlines {
    /// Each of these, else of the others.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            administrator: self.administrator.or(others.administrator),
            squad: self.squad.or(others.squad),
        }
    }

    /// Both, each if there is one.
    pub fn each(self) -> impl Iterator<Item = Timestamp> {
        [self.administrator, self.squad].into_iter().flatten()
    }
}

impl Campaigns {
    /// A campaign by its code.
    #[must_use]
    pub fn get(&self, code: &CampaignCode) -> Option<&Known> {
        self.all.iter().find(|known| known.code == *code)
    }

    /// All, in the order in which they were adopted.
    #[must_use]
    pub fn all(&self) -> &[Known] {
        &self.all
    }

    /// The campaign in which a task is given where nobody names one: of those that are not over, the one adopted last.
    #[must_use]
    pub fn open(&self, on: Date) -> Option<&Known> {
        self.all.iter().rev().find(|known| !known.is_over(on))
    }

    /// The campaign that a unit is in: of those that run and gave it a task, the one that started last.
    #[must_use]
    pub fn of_unit(&self, unit: &UnitCode, on: Date) -> Option<&Known> {
        let its = self.all.iter().filter(|known| known.runs(on) && known.task_of(unit) > 0);
        its.max_by_key(|known| known.adopted.starts_on)
    }

    /// Takes in what happened to a campaign.
    pub(crate) fn evolve(&mut self, code: &CampaignCode, event: &Event) {
        if let Event::Adopted(adopted) = event {
            let tasks = adopted.tasks.iter().map(|of| (of.unit.clone(), of.task)).collect();
            let (code, adopted) = (code.clone(), (**adopted).clone());
            self.all.push(Known { code, adopted, ended: None, tasks, squads: HashMap::new() });
            return;
        }
        let Some(known) = self.all.iter_mut().find(|known| known.code == *code) else { return };
        match event {
            Event::Adopted(_) => {}
            Event::DeadlinesMoved(moved) => {
                known.adopted.deadlines = moved.deadlines;
                known.adopted.by_kind.clone_from(&moved.by_kind);
            }
            Event::Ended(ended) => known.ended = Some(ended.on),
        }
    }

    /// A unit was given a task in a campaign.
    pub(crate) fn assign(&mut self, code: &CampaignCode, unit: &UnitCode, task: u32) {
        if let Some(known) = self.all.iter_mut().find(|known| known.code == *code) {
            known.tasks.insert(unit.clone(), task);
        }
    }

    /// A unit's squad is complete in a campaign, or has to be so anew.
    pub(crate) fn complete(&mut self, code: &CampaignCode, unit: &UnitCode, complete: bool) {
        if let Some(known) = self.all.iter_mut().find(|known| known.code == *code) {
            known.squads.insert(unit.clone(), complete);
        }
    }
}

impl Given<'_> {
    /// What a unit owes now. Where the county never adopted a campaign, a rulebook of earlier days may still state deadlines;
    /// they hold for units that were given a task.
    #[must_use]
    pub fn duties_of(&self, unit: &UnitCode) -> Duties {
        let Some(node) = self.units.get(unit) else { return Duties::default() };
        let campaigns = self.units.campaigns();
        if campaigns.all().is_empty() {
            let rules = &self.rulebook.rules;
            let stated = Deadlines {
                administrator: rules.administrator_deadline.as_ref().map(|rule| rule.value),
                squad: rules.squad_deadline.as_ref().map(|rule| rule.value),
            };
            let deadlines = if node.task > 0 { stated } else { Deadlines::default() };
            return Duties { campaign: None, task: node.task, deadlines };
        }
        match campaigns.of_unit(unit, self.today()) {
            None => Duties::default(),
            Some(known) => Duties {
                campaign: Some(known.code.clone()),
                task: known.task_of(unit),
                deadlines: known.adopted.deadlines_of(node.kind),
            },
        }
    }
}
