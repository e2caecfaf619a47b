//! Carrying a change up the tree of units.

use std::collections::HashMap;

use domain::UnitCode;
use domain::unit::Kind;

use super::Unit;
use crate::Rows;

/// No county has so many levels; a circle in history ends here.
const DEEPEST: usize = 16;

/// Counts that are summed from the bottom to the top.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Heads {
    pub(super) headcount: i64,
    pub(super) members: i64,
    pub(super) verified: i64,
    pub(super) party: i64,
}

impl std::ops::Sub for Heads {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            headcount: self.headcount - other.headcount,
            members: self.members - other.members,
            verified: self.verified - other.verified,
            party: self.party - other.party,
        }
    }
}

impl Unit {
    fn total(&self) -> Heads {
        Heads {
            headcount: self.headcount_total,
            members: self.members_total,
            verified: self.verified_total,
            party: self.party_total,
        }
    }

    fn own(&self) -> Heads {
        Heads {
            headcount: self.headcount,
            members: self.members,
            verified: self.verified,
            party: self.party,
        }
    }

    fn add_own(&mut self, more: Heads) {
        self.headcount += more.headcount;
        self.members += more.members;
        self.verified += more.verified;
        self.party += more.party;
    }

    fn add_total(&mut self, more: Heads) {
        self.headcount_total += more.headcount;
        self.members_total += more.members;
        self.verified_total += more.verified;
        self.party_total += more.party;
    }
}

/// Adds to a unit's own counts and to the totals from there to the top.
pub(super) fn add(rows: &mut Rows<'_>, unit: &UnitCode, more: Heads) {
    if more != Heads::default() {
        rows.update::<Unit, _>(unit, |unit| unit.add_own(more));
        add_totals(rows, Some(unit.clone()), more);
    }
}

fn add_totals(rows: &mut Rows<'_>, mut from: Option<UnitCode>, more: Heads) {
    for _ in 0..DEEPEST {
        let Some(unit) = from else { return };
        from = rows
            .update::<Unit, _>(&unit, |unit| {
                unit.add_total(more);
                unit.counts_towards.clone()
            })
            .flatten();
    }
}

/// Sets a unit's own task number; those above contain it.
pub(super) fn set_task(rows: &mut Rows<'_>, unit: &UnitCode, task: i64) {
    let changed = rows.update::<Unit, _>(unit, |unit| {
        unit.task = task;
        (unit.recount_task(), unit.counts_towards.clone())
    });
    if let Some((more, above)) = changed {
        add_tasks(rows, above, more);
    }
}

impl Unit {
    /// A parent's task contains its children's. Gives by how much the total rose.
    fn recount_task(&mut self) -> i64 {
        let before = self.task_total;
        self.task_total = self.task.max(self.task_below);
        self.task_total - before
    }
}

fn add_tasks(rows: &mut Rows<'_>, mut from: Option<UnitCode>, mut more: i64) {
    for _ in 0..DEEPEST {
        let Some(unit) = from.filter(|_| more != 0) else { return };
        let changed = rows.update::<Unit, _>(&unit, |unit| {
            unit.task_below += more;
            (unit.recount_task(), unit.counts_towards.clone())
        });
        let Some((rise, above)) = changed else { return };
        (more, from) = (rise, above);
    }
}

/// 归口: a unit counts towards a department from now on.
pub(super) fn attribute(rows: &mut Rows<'_>, unit: &UnitCode, to: &UnitCode) {
    count_towards(rows, unit, to, |unit| unit.attributed_to = Some(to.clone()));
}

/// 上级变更: a unit counts towards another parent, unless a department has it.
pub(super) fn change_parent(rows: &mut Rows<'_>, unit: &UnitCode, parent: &UnitCode) {
    let attributed_to = rows.get::<Unit>(unit).and_then(|unit| unit.attributed_to.clone());
    let to = attributed_to.as_ref().unwrap_or(parent);
    count_towards(rows, unit, to, |unit| unit.parent = Some(parent.clone()));
}

/// 承接: a unit counts towards its successor from now on.
pub(super) fn take_over(rows: &mut Rows<'_>, unit: &UnitCode, by: &UnitCode) {
    count_towards(rows, unit, by, |_| {});
}

/// Takes a unit with all that counts towards it out of one chain and into another.
fn count_towards(
    rows: &mut Rows<'_>,
    unit: &UnitCode,
    to: &UnitCode,
    change: impl FnOnce(&mut Unit),
) {
    let Some(moving) = rows.get::<Unit>(unit).cloned() else { return };
    let (total, task, old) = (moving.total(), moving.task_total, moving.counts_towards);
    add_totals(rows, old.clone(), Heads::default() - total);
    add_tasks(rows, old, -task);
    rows.update::<Unit, _>(unit, |unit| {
        change(unit);
        unit.counts_towards = Some(to.clone());
    });
    add_totals(rows, Some(to.clone()), total);
    add_tasks(rows, Some(to.clone()), task);
}

/// Sets the own tasks of all units at once, and with them those of the units above: the tasks of an earlier campaign.
pub(super) fn set_tasks(units: &mut [Unit], task_of: impl Fn(&Unit) -> i64) {
    let mut below: HashMap<UnitCode, Vec<usize>> = HashMap::new();
    for (place, unit) in units.iter().enumerate() {
        if let Some(above) = &unit.counts_towards {
            below.entry(above.clone()).or_default().push(place);
        }
    }
    for unit in units.iter_mut() {
        unit.task = task_of(unit);
        (unit.task_below, unit.task_total) = (0, unit.task);
    }
    // Each round carries the sums one level further up.
    for _ in 0..DEEPEST {
        let totals: Vec<i64> = units.iter().map(|unit| unit.task_total).collect();
        let mut settled = true;
        for unit in units.iter_mut() {
            let children = below.get(&unit.unit).map(Vec::as_slice).unwrap_or_default();
            let sum = children.iter().map(|&place| totals[place]).sum();
            settled &= unit.task_below == sum;
            unit.task_below = sum;
            unit.task_total = unit.task.max(sum);
        }
        if settled {
            return;
        }
    }
}

/// 镇乡街道不含村社区: villages count past their towns, and the heads of all units are summed up anew.
pub(super) fn set_villages_apart(units: &mut [Unit]) {
    let towns: HashMap<UnitCode, Option<UnitCode>> = units
        .iter()
        .filter(|unit| unit.kind == Kind::Town)
        .map(|town| (town.unit.clone(), town.counts_towards.clone()))
        .collect();
    for unit in units.iter_mut().filter(|unit| unit.kind == Kind::Village) {
        let town =
            unit.counts_towards.as_ref().filter(|to| unit.succeeded_by.as_ref() != Some(*to));
        if let Some(past) = town.and_then(|town| towns.get(town)) {
            unit.counts_towards = past.clone();
        }
    }
    let places: HashMap<UnitCode, usize> =
        units.iter().enumerate().map(|(place, unit)| (unit.unit.clone(), place)).collect();
    for unit in units.iter_mut() {
        let total = unit.total();
        unit.add_total(Heads::default() - total);
    }
    for place in 0..units.len() {
        let own = units[place].own();
        let mut at = Some(place);
        for _ in 0..DEEPEST {
            let Some(here) = at else { break };
            units[here].add_total(own);
            let above = units[here].counts_towards.as_ref();
            at = above.and_then(|above| places.get(above)).copied();
        }
    }
}
