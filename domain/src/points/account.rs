//! The arithmetic of an account.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{
    Account, Earned, Event, Expired, LastDay, Redeemed, RedemptionCancelled, Rejection, Reversed,
    Settled,
};
use crate::{Given, Minutes, Points};

impl Account {
    /// What can be used.
    #[must_use]
    pub fn balance(&self) -> Points {
        self.lots.values().copied().sum()
    }

    pub(super) fn earn(
        &self,
        record: u32,
        revision: u32,
        minutes: Minutes,
        given: &Given<'_>,
    ) -> Vec<Event> {
        if self.earned.contains_key(&(record, revision)) {
            return vec![];
        }
        let points = Points::earned_by(minutes, *given.rulebook.rules.points_per_hour);
        let earned = Earned { record, revision, points, expires_on: expiry(given) };
        std::iter::once(Event::Earned(earned)).chain(self.settle(points)).collect()
    }

    /// What comes in pays first what is owed.
    fn settle(&self, incoming: Points) -> Option<Event> {
        let points = self.owed.min(self.balance() + incoming);
        let settled = Settled { points, owed: self.owed - points };
        (points > Points(0)).then_some(Event::Settled(settled))
    }

    pub(super) fn reverse(&self, record: u32, revision: u32) -> Vec<Event> {
        let Some(&Some(earned)) = self.earned.get(&(record, revision)) else {
            return vec![];
        };
        let points = earned.min(self.balance());
        let owed = self.owed + (earned - points);
        vec![Event::Reversed(Reversed { record, revision, points, owed })]
    }

    pub(super) fn redeem(&self, item: &str, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let rules = &given.rulebook.rules;
        let Some(offer) = rules.redeemable(item) else {
            let offers: Vec<&str> = rules.redeemables.iter().map(|offer| &*offer.item).collect();
            return Err(Rejection::UnknownItem { offers: offers.join(", ") });
        };
        let usable = self.usable_on(given.today());
        if usable < offer.points {
            return Err(Rejection::Insufficient { balance: usable, cost: offer.points });
        }
        // What is over must expire before the oldest points are used, or it would pay for the offer.
        let mut events = self.expire(given.today());
        events.push(Event::Redeemed(Redeemed {
            redemption: self.redeemed + 1,
            item: offer.item.clone(),
            name: offer.name.clone(),
            points: offer.points,
        }));
        Ok(events)
    }

    pub(super) fn cancel(
        &self,
        redemption: u32,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let points = *self
            .redemptions
            .get(&redemption)
            .ok_or(Rejection::UnknownRedemption { redemption })?;
        let expires_on = expiry(given);
        let cancelled = RedemptionCancelled { redemption, points, expires_on };
        let returned = Event::RedemptionCancelled(cancelled);
        Ok(std::iter::once(returned).chain(self.settle(points)).collect())
    }

    pub(super) fn expire(&self, today: Date) -> Vec<Event> {
        let over = self.lots.iter().filter_map(|(day, &points)| match day {
            LastDay::On(day) if *day < today => {
                Some(Event::Expired(Expired { points, expires_on: *day }))
            }
            LastDay::On(_) | LastDay::Never => None,
        });
        over.collect()
    }

    fn usable_on(&self, today: Date) -> Points {
        self.lots.range(LastDay::On(today)..).map(|(_, &points)| points).sum()
    }

    pub(super) fn put(&mut self, expires_on: Option<Date>, points: Points) {
        if points > Points(0) {
            *self.lots.entry(expires_on.into()).or_default() += points;
        }
    }

    /// Takes points away, those that expire first before the others.
    pub(super) fn take(&mut self, points: Points) {
        let lots = self.lots.iter().map(|(&day, &points)| (day, points));
        let left: Vec<_> = after_taking(points, lots).collect();
        for (day, points) in left {
            if points == Points(0) {
                self.lots.remove(&day);
            } else {
                self.lots.insert(day, points);
            }
        }
    }
}

/// What is left of each lot from which something is taken, when points are taken from lots in the order in which they come: first
/// those that expire first. Lots may hold fewer points in all than are taken; then nothing is left of any.
pub fn after_taking<Lot>(
    mut points: Points,
    lots: impl IntoIterator<Item = (Lot, Points)>,
) -> impl Iterator<Item = (Lot, Points)> {
    lots.into_iter().map_while(move |(lot, there)| {
        let part = points.min(there);
        points -= part;
        (part > Points(0)).then_some((lot, there - part))
    })
}

/// Last day of use of points that come in today.
fn expiry(given: &Given<'_>) -> Option<Date> {
    let months = (*given.rulebook.rules.points_valid_months)?;
    given.today().checked_add(i32::from(months).months()).ok()
}
