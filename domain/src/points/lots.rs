//! What is left of what was earned, lot by lot, and what it was used for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Account, Portion};
use crate::Points;

/// Last day of use, ordered so that points without one are used last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LastDay {
    On(Date),
    Never,
}

impl From<Option<Date>> for LastDay {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Never, Self::On)
    }
}

impl LastDay {
    fn date(self) -> Option<Date> {
        match self {
            Self::On(day) => Some(day),
            Self::Never => None,
        }
    }
}

/// Points that came in together. Those that expire first are used first, on one day those of the earlier record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lot {
    pub(super) day: LastDay,
    /// The record and its revision; none of what earlier cancellations gave back.
    pub(super) earning: Option<(u32, u32)>,
}

/// A part of what a redemption cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    /// Where the points came from.
    pub(super) lot: Lot,
    pub(super) points: Points,
    /// False once the record that had earned them is reversed, until other points took their place: so much is owed.
    pub(super) paid: bool,
}

impl Account {
    /// What was used of a lot and is not owed already.
    pub(super) fn used_of(&self, lot: Lot) -> Points {
        let uses = self.redemptions.values().flatten();
        uses.filter(|one| one.paid && one.lot == lot).map(|one| one.points).sum()
    }

    /// What is owed because of a redemption.
    pub(super) fn owed_for(&self, redemption: u32) -> Points {
        let uses = self.redemptions.get(&redemption).into_iter().flatten();
        uses.filter(|one| !one.paid).map(|one| one.points).sum()
    }

    /// From where points are taken that pay what is owed: what came back of a reversed record first, for that is owed itself.
    pub(super) fn first_to_pay(&self, points: Points) -> Vec<(Lot, Points)> {
        let of = |standing| self.lots.iter().filter(move |(lot, _)| self.stands(**lot) == standing);
        let lots = of(false).chain(of(true)).map(|(&lot, &there)| (lot, there));
        first_of(points, lots).collect()
    }

    pub(super) fn put(&mut self, lot: Lot, points: Points) {
        if points > Points(0) {
            *self.lots.entry(lot).or_default() += points;
        }
    }

    /// Takes points away, those that expire first before the others; gives from where.
    pub(super) fn take_oldest(&mut self, points: Points) -> Vec<(Lot, Points)> {
        let lots = self.lots.iter().map(|(&lot, &there)| (lot, there));
        let taken = first_of(points, lots).collect();
        self.remove(&taken);
        taken
    }

    /// Takes away what an entry states: on each day what is of `own` first, then what is of reversed records.
    pub(super) fn take_stated(
        &mut self,
        stated: &[Portion],
        own: Option<(u32, u32)>,
    ) -> Vec<(Lot, Points)> {
        let mut taken = Vec::new();
        for portion in stated {
            let day = LastDay::from(portion.expires_on);
            let there = self.lots.iter().filter(|(lot, _)| lot.day == day);
            let mut there: Vec<_> = there.map(|(&lot, &points)| (lot, points)).collect();
            there.sort_by_key(|(lot, _)| {
                (own.is_none() || lot.earning != own, self.stands(*lot), *lot)
            });
            taken.extend(first_of(portion.points, there));
        }
        self.remove(&taken);
        taken
    }

    /// What was used of a reversed record is owed.
    pub(super) fn owe_uses_of(&mut self, record: u32, revision: u32) {
        for one in self.redemptions.values_mut().flatten() {
            if one.lot.earning == Some((record, revision)) {
                one.paid = false;
            }
        }
    }

    /// Lets points that were taken stand for what is owed, the oldest redemption first.
    pub(super) fn pay(&mut self, taken: &[(Lot, Points)]) {
        for &(lot, mut points) in taken {
            if !self.stands(lot) {
                continue;
            }
            for uses in self.redemptions.values_mut() {
                let mut paid = Vec::new();
                for one in uses.iter_mut().filter(|one| !one.paid) {
                    let part = points.min(one.points);
                    points -= part;
                    one.points -= part;
                    paid.push(Use { lot, points: part, paid: true });
                }
                uses.extend(paid);
                uses.retain(|one| one.points > Points(0));
            }
        }
    }

    /// Whether a lot is of no record that was reversed.
    fn stands(&self, lot: Lot) -> bool {
        lot.earning.is_none_or(|earning| self.earned.get(&earning) != Some(&None))
    }

    fn remove(&mut self, taken: &Vec<(Lot, Points)>) {
        for &(lot, points) in taken {
            let left = self.lots.get(&lot).copied().unwrap_or_default() - points;
            if left > Points(0) {
                self.lots.insert(lot, left);
            } else {
                self.lots.remove(&lot);
            }
        }
    }
}

/// What is taken of each lot when points are taken from lots in the order in which they come. They may hold fewer in all.
pub(super) fn first_of<L>(
    mut points: Points,
    lots: impl IntoIterator<Item = (L, Points)>,
) -> impl Iterator<Item = (L, Points)> {
    lots.into_iter().map_while(move |(lot, there)| {
        let part = points.min(there);
        points -= part;
        (part > Points(0)).then_some((lot, part))
    })
}

/// What is left of each lot from which something is taken, when points are taken from lots in the order in which they come: first
/// those that expire first. Lots may hold fewer points in all than are taken; then nothing is left of any.
pub fn after_taking<L>(
    points: Points,
    lots: impl IntoIterator<Item = (L, Points)>,
) -> impl Iterator<Item = (L, Points)> {
    let lots = lots.into_iter().map(|(lot, there)| ((lot, there), there));
    first_of(points, lots).map(|((lot, there), part)| (lot, there - part))
}

/// Points of lots drawn together by their last day of use.
pub(super) fn by_day(lots: impl IntoIterator<Item = (Lot, Points)>) -> Vec<Portion> {
    let mut days: BTreeMap<LastDay, Points> = BTreeMap::new();
    for (lot, points) in lots {
        *days.entry(lot.day).or_default() += points;
    }
    let portions = days.into_iter().filter(|(_, points)| *points > Points(0));
    portions.map(|(day, points)| Portion { expires_on: day.date(), points }).collect()
}
