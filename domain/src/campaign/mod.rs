//! 组建行动: a campaign to raise squads (组建2021) or to enlarge them (增补2027), with its own deadlines, its quota, the units
//! that have a task, and an end.

mod events;
mod known;
#[cfg(test)]
mod tests;

pub use events::{Adopted, Deadlines, DeadlinesMoved, Ended, Event, KindDeadlines, Task};
pub use known::{Campaigns, Duties, Known, deadlines_of};

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::unit::{Kind, LARGEST_HEADCOUNT};
use crate::{Aggregate, Given, Moment, Text, UnitCode, county_date};

/// A campaign as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Campaign {
    adopted: Option<Box<Adopted>>,
    ended: Option<Date>,
}

/// What may be asked of a campaign.
#[derive(Debug, Clone)]
pub enum Command {
    /// 发起.
    Adopt {
        /// Name, period, deadlines and quota.
        plan: Box<Adopted>,
        /// Whether the tasks that units were given while there was no campaign become tasks of this one, beside those listed.
        take_over: bool,
    },
    /// 延长期限; what is left out stays.
    MoveDeadlines {
        /// Those of the campaign.
        deadlines: Deadlines,
        /// Those of some kinds of units.
        by_kind: Vec<KindDeadlines>,
        /// Why.
        reason: Text<200>,
    },
    /// 结束.
    End {
        /// Why.
        reason: Text<200>,
    },
}

refusals! {
    /// Why a campaign's command is refused.
    pub enum Rejection {
        Unknown {} "campaign.unknown" absent at "campaign" =>
            "没有此行动;请先发起。", "There is no such campaign; adopt it first.";
        Known { name: Text<80> } "campaign.known" at "campaign" =>
            "该代码已用于“{name}”,内容不同;延长期限、下达任务请用相应命令,新的行动请用新代码。",
            "The code stands for \"{name}\", which says something else; put its deadlines off or give tasks by their own commands, and adopt another campaign under another code.";
        Over { on: Date } "campaign.over" at "campaign" =>
            "该行动自{on}起已结束;请发起新的行动。",
            "The campaign is over since {on}; adopt another one.";
        Backwards {} "campaign.backwards" at "ends_on" =>
            "结束日期不能早于开始日期。", "A campaign does not end before it starts.";
        Outside { deadline: Moment } "campaign.deadline_outside" at "deadlines" =>
            "期限{deadline}不在行动的起止日期之内。",
            "The deadline {deadline} does not lie within the campaign.";
        Past { deadline: Moment, now: Moment } "campaign.deadline_past" at "deadlines" =>
            "期限{deadline}已过(现在{now});县里第一个行动可以追溯,以后的不溯及既往。",
            "The deadline {deadline} is over; now it is {now}. The county's first campaign may reach back, later ones do not.";
        Passed { deadline: Moment } "campaign.deadline_passed" at "deadlines" =>
            "期限{deadline}已过,不能再改;已逾期的仍为逾期。需要时请发起新的行动。",
            "The deadline {deadline} is over and stays: who was late stays late. Adopt another campaign where one is needed.";
        Earlier { deadline: Moment } "campaign.deadline_earlier" at "deadlines" =>
            "期限只能延长,不能早于{deadline}。", "A deadline is only put off, to later than {deadline}.";
        KindTwice { kind: Kind } "campaign.kind_twice" at "by_kind" =>
            "{kind}列了两次;每类单位只列一次。", "The kind {kind:#} is listed twice; list each kind once.";
        UnknownUnit { unit: UnitCode } "campaign.unknown_unit" at "tasks" =>
            "单位代码{unit}不存在;请先登记,或不列入任务。",
            "There is no unit {unit}; register it first, or give it no task.";
        EndedUnit { unit: UnitCode, successor: UnitCode } "campaign.succeeded_unit" at "tasks" =>
            "{unit}已由{successor}承接;请把任务下达给承接单位。",
            "{unit} was succeeded by {successor}; give the task to the successor.";
        UnitTwice { unit: UnitCode } "campaign.unit_twice" at "tasks" =>
            "{unit}列了两次;每个单位只列一次。", "{unit} is listed twice; list each unit once.";
        Figure { limit: u32 } "campaign.figure" at "tasks" =>
            "任务数应在0到{limit}之间。", "A task lies between 0 and {limit}.";
    }
}

impl Campaign {
    /// The campaign as it was adopted, with the deadlines as they are now; none before.
    #[must_use]
    pub fn adopted(&self) -> Option<&Adopted> {
        self.adopted.as_deref()
    }

    fn adopt(
        &self,
        mut plan: Adopted,
        take_over: bool,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if take_over {
            take_over_tasks(&mut plan.tasks, given);
        }
        plan.tasks.retain(|task| task.task > 0);
        plan.tasks.sort_by(|a, b| a.unit.cmp(&b.unit));
        match self.adopted() {
            Some(known) if known.says_the_same(&plan) => return Ok(vec![]),
            Some(known) => return Err(Rejection::Known { name: known.name.clone() }),
            None => {}
        }
        check_period(&plan, given)?;
        check_tasks(&plan, given)?;
        Ok(vec![Event::Adopted(Box::new(plan))])
    }

    /// The campaign, if it still runs.
    fn running(&self, given: &Given<'_>) -> Result<&Adopted, Rejection> {
        let adopted = self.adopted().ok_or(Rejection::Unknown {})?;
        if let Some(on) = self.ended {
            return Err(Rejection::Over { on });
        }
        match adopted.ends_on {
            Some(last) if last < given.today() => {
                Err(Rejection::Over { on: last.tomorrow().unwrap_or(last) })
            }
            _ => Ok(adopted),
        }
    }

    fn move_deadlines(
        &self,
        asked: Deadlines,
        asked_by_kind: Vec<KindDeadlines>,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let adopted = self.running(given)?;
        each_kind_once(&asked_by_kind)?;
        let deadlines = put_off(adopted.deadlines, asked, given.now)?;
        let mut by_kind = adopted.by_kind.clone();
        for KindDeadlines { kind, deadlines: asked } in asked_by_kind {
            put_off(adopted.deadlines_of(kind), asked, given.now)?;
            match by_kind.iter_mut().find(|of| of.kind == kind) {
                Some(of) => of.deadlines = asked.or(of.deadlines),
                None => by_kind.push(KindDeadlines { kind, deadlines: asked }),
            }
        }
        let moved = DeadlinesMoved { deadlines, by_kind, reason };
        let mut after = adopted.clone();
        (after.deadlines, after.by_kind) = (moved.deadlines, moved.by_kind.clone());
        if after == *adopted {
            return Ok(vec![]);
        }
        within_period(&after)?;
        Ok(vec![Event::DeadlinesMoved(moved)])
    }
}

/// Adds the tasks that units were given while there was no campaign.
fn take_over_tasks(tasks: &mut Vec<Task>, given: &Given<'_>) {
    if !given.units.campaigns().all().is_empty() {
        return;
    }
    let listed: HashSet<UnitCode> = tasks.iter().map(|task| task.unit.clone()).collect();
    let acting = given.units.iter().filter(|(unit, node)| {
        node.task > 0 && node.succeeded_by.is_none() && !listed.contains(unit)
    });
    tasks.extend(acting.map(|(unit, node)| Task { unit: unit.clone(), task: node.task }));
}

fn check_period(plan: &Adopted, given: &Given<'_>) -> Result<(), Rejection> {
    if plan.ends_on.is_some_and(|last| last < plan.starts_on) {
        return Err(Rejection::Backwards {});
    }
    each_kind_once(&plan.by_kind)?;
    within_period(plan)?;
    let is_first = given.units.campaigns().all().is_empty();
    let mut all = deadlines(plan);
    match all.find(|deadline| *deadline <= given.now && !is_first) {
        Some(deadline) => Err(Rejection::Past { deadline: deadline.into(), now: given.now.into() }),
        None => Ok(()),
    }
}

fn within_period(plan: &Adopted) -> Result<(), Rejection> {
    // 11月30日之前 may be written as the first moment of the day after.
    let last = plan.ends_on.map(|last| last.tomorrow().unwrap_or(last));
    let outside = |deadline: &Timestamp| {
        let day = county_date(*deadline);
        day < plan.starts_on || last.is_some_and(|last| day > last)
    };
    match deadlines(plan).find(outside) {
        Some(deadline) => Err(Rejection::Outside { deadline: deadline.into() }),
        None => Ok(()),
    }
}

/// Every deadline of a campaign.
fn deadlines(plan: &Adopted) -> impl Iterator<Item = Timestamp> {
    let of_kinds = plan.by_kind.iter().flat_map(|of| of.deadlines.each());
    plan.deadlines.each().chain(of_kinds)
}

fn each_kind_once(by_kind: &[KindDeadlines]) -> Result<(), Rejection> {
    let mut seen: HashSet<Kind> = HashSet::new();
    match by_kind.iter().find(|of| !seen.insert(of.kind)) {
        Some(of) => Err(Rejection::KindTwice { kind: of.kind }),
        None => Ok(()),
    }
}

fn check_tasks(plan: &Adopted, given: &Given<'_>) -> Result<(), Rejection> {
    let mut seen = HashSet::new();
    for Task { unit, task } in &plan.tasks {
        let unknown = || Rejection::UnknownUnit { unit: unit.clone() };
        let node = given.units.get(unit).ok_or_else(unknown)?;
        if let Some(successor) = &node.succeeded_by {
            let (unit, successor) = (unit.clone(), successor.clone());
            return Err(Rejection::EndedUnit { unit, successor });
        }
        if !seen.insert(unit) {
            return Err(Rejection::UnitTwice { unit: unit.clone() });
        }
        figure(*task)?;
    }
    plan.county_total.map_or(Ok(()), figure)
}

fn figure(task: u32) -> Result<(), Rejection> {
    if task > LARGEST_HEADCOUNT {
        return Err(Rejection::Figure { limit: LARGEST_HEADCOUNT });
    }
    Ok(())
}

/// Puts deadlines off: only those that are not over yet, and only to later.
fn put_off(before: Deadlines, asked: Deadlines, now: Timestamp) -> Result<Deadlines, Rejection> {
    let one = |before: Option<Timestamp>, asked: Option<Timestamp>| match (before, asked) {
        (before, None) => Ok(before),
        (Some(before), Some(asked)) if before == asked => Ok(Some(before)),
        (Some(deadline), Some(_)) if deadline <= now => {
            Err(Rejection::Passed { deadline: deadline.into() })
        }
        (Some(deadline), Some(asked)) if asked < deadline => {
            Err(Rejection::Earlier { deadline: deadline.into() })
        }
        (_, Some(deadline)) if deadline <= now => {
            Err(Rejection::Past { deadline: deadline.into(), now: now.into() })
        }
        (_, Some(asked)) => Ok(Some(asked)),
    };
    Ok(Deadlines {
        administrator: one(before.administrator, asked.administrator)?,
        squad: one(before.squad, asked.squad)?,
    })
}

impl Aggregate for Campaign {
    const CATEGORY: &'static str = "campaign";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Adopt { plan, take_over } => self.adopt(*plan, take_over, given),
            Command::MoveDeadlines { deadlines, by_kind, reason } => {
                self.move_deadlines(deadlines, by_kind, reason, given)
            }
            Command::End { reason } => {
                self.running(given)?;
                Ok(vec![Event::Ended(Ended { on: given.today(), reason })])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Adopted(adopted) => self.adopted = Some(adopted.clone()),
            Event::DeadlinesMoved(moved) => {
                if let Some(adopted) = &mut self.adopted {
                    adopted.deadlines = moved.deadlines;
                    adopted.by_kind.clone_from(&moved.by_kind);
                }
            }
            Event::Ended(ended) => self.ended = Some(ended.on),
        }
    }
}
