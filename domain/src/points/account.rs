//! The arithmetic of an account.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lots::{by_day, first_of};
use super::{
    Account, Earned, Event, Expired, LastDay, Lot, Redeemed, RedemptionCancelled, Rejection,
    Reversed, Settled,
};
use crate::{Aggregate as _, Given, Minutes, Points};

/// What one command does to an account: each fact is taken in before the next is decided.
struct Draft {
    account: Account,
    events: Vec<Event>,
}

impl Draft {
    fn of(account: &Account) -> Self {
        Self { account: account.clone(), events: Vec::new() }
    }

    fn push(&mut self, event: Event) {
        self.account.evolve(&event);
        self.events.push(event);
    }

    /// What is over expires: it pays for nothing that comes after it.
    fn expire(&mut self, today: Date) {
        for event in self.account.expire(today) {
            self.push(event);
        }
    }

    /// What came in pays what is owed, or so much of it.
    fn settle(&mut self, most: Points) {
        let points = most.min(self.account.owed).min(self.account.balance());
        if points > Points(0) {
            let owed = self.account.owed - points;
            let lots = by_day(self.account.first_to_pay(points));
            self.push(Event::Settled(Settled { points, owed, lots: Some(lots) }));
        }
    }
}

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
        let mut draft = Draft::of(self);
        let expires_on = expiry(given);
        draft.push(Event::Earned(Earned { record, revision, points, expires_on }));
        draft.settle(draft.account.owed);
        draft.events
    }

    /// 冲正: what is left of the record's points goes first. Only what was used of them is owed besides, and paid from what
    /// else is there; what expired unused is owed by nobody.
    pub(super) fn reverse(&self, record: u32, revision: u32, given: &Given<'_>) -> Vec<Event> {
        let Some(&Some(day)) = self.earned.get(&(record, revision)) else {
            return vec![];
        };
        let mut draft = Draft::of(self);
        draft.expire(given.today());
        let known = &draft.account;
        let lot = Lot { day, earning: Some((record, revision)) };
        let left = known.lots.get(&lot).copied().unwrap_or_default();
        let used = known.used_of(lot);
        let paid = used.min(known.balance() - left);
        let others = known.lots.iter().filter(|(other, _)| **other != lot);
        let taken = first_of(paid, others.map(|(&lot, &there)| (lot, there))).chain([(lot, left)]);
        let lots = Some(by_day(taken));
        let (points, owed) = (left + paid, known.owed + (used - paid));
        draft.push(Event::Reversed(Reversed { record, revision, points, owed, lots }));
        draft.events
    }

    pub(super) fn redeem(&self, item: &str, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let rules = &given.rulebook.rules;
        let Some(offer) = rules.redeemable(item) else {
            let offers: Vec<&str> = rules.redeemables.iter().map(|offer| &*offer.item).collect();
            return Err(Rejection::UnknownItem { offers: offers.join(", ") });
        };
        // What is over must expire before the oldest points are used, or it would pay for the offer.
        let mut draft = Draft::of(self);
        draft.expire(given.today());
        let usable = draft.account.balance();
        if usable < offer.points {
            return Err(Rejection::Insufficient { balance: usable, cost: offer.points });
        }
        draft.push(Event::Redeemed(Redeemed {
            redemption: self.redeemed + 1,
            item: offer.item.clone(),
            name: offer.name.clone(),
            points: offer.points,
        }));
        Ok(draft.events)
    }

    /// 撤销兑换: the points come back as what they were, with their own last day. What of them was owed is owed no more; of what else
    /// is owed they pay only what they could still be used for.
    pub(super) fn cancel(
        &self,
        redemption: u32,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let uses =
            self.redemptions.get(&redemption).ok_or(Rejection::UnknownRedemption { redemption })?;
        let points = uses.iter().map(|one| one.points).sum();
        let lots = by_day(uses.iter().map(|one| (one.lot, one.points)));
        let expires_on = lots.first().and_then(|first| first.expires_on);
        let mut draft = Draft::of(self);
        draft.expire(given.today());
        let cancelled = RedemptionCancelled { redemption, points, expires_on, lots: Some(lots) };
        draft.push(Event::RedemptionCancelled(cancelled));
        draft.settle(self.owed_for(redemption));
        draft.expire(given.today());
        draft.settle(draft.account.owed);
        Ok(draft.events)
    }

    pub(super) fn expire(&self, today: Date) -> Vec<Event> {
        let mut over: BTreeMap<Date, Points> = BTreeMap::new();
        for (lot, &points) in &self.lots {
            match lot.day {
                LastDay::On(day) if day < today => *over.entry(day).or_default() += points,
                LastDay::On(_) | LastDay::Never => {}
            }
        }
        let expired = |(expires_on, points)| Event::Expired(Expired { points, expires_on });
        over.into_iter().map(expired).collect()
    }
}

/// Last day of use of points that come in today.
fn expiry(given: &Given<'_>) -> Option<Date> {
    let months = (*given.rulebook.rules.points_valid_months)?;
    given.today().checked_add(i32::from(months).months()).ok()
}
