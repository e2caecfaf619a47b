//! Double entry: every account's balance is computed in two ways, and all accounts with the issuer must add up to zero.

use std::collections::HashMap;

use domain::points::{Account, Event, Portion};
use domain::{Aggregate as _, Points};

use super::finding::{Finding, Report};

/// No entry of a county moves more: 10 billion points, in hundredths.
const LARGEST: i64 = 1_000_000_000_000;

/// One volunteer's account: by signed entries here, by lots in the domain.
#[derive(Default)]
pub struct Ledger {
    balance: i64,
    account: Account,
    /// What the redemptions that stand cost.
    redeemed: HashMap<u32, Points>,
    owed: Points,
    /// Whether a reversal named no lots.
    early: bool,
}

/// All accounts and the issuer.
#[derive(Default)]
pub struct Books {
    issuer: i128,
    accounts: i128,
}

impl Books {
    /// Takes an entry in, or says what is wrong with it.
    pub fn take(&mut self, ledger: &mut Ledger, event: &Event) -> Option<Finding> {
        let (points, sign) = entry(event);
        let moved = lots(event).unwrap_or_default().iter().map(|lot| lot.points).chain([points]);
        if let Some(points) = moved.into_iter().find(|moved| !(0..=LARGEST).contains(&moved.0)) {
            return Some(Finding::new(
                "points.amount",
                format!("积分数{points}不可能。"),
                format!("{points} points cannot be."),
            ));
        }
        let change = points.0 * sign;
        self.issuer -= i128::from(change);
        ledger.balance += change;
        ledger.account.evolve(event);
        let (balance, usable) = (Points(ledger.balance), ledger.account.balance());
        if balance < Points(0) {
            return Some(Finding::new(
                "points.negative",
                format!("余额变为{balance},低于零。"),
                format!("The balance falls to {balance}, below zero."),
            ));
        }
        if balance != usable {
            return Some(Finding::new(
                "points.balance",
                format!("分录合计{balance}分,可用批次合计{usable}分,两者不符。"),
                format!("The entries sum to {balance} points, what can be used to {usable}."),
            ));
        }
        ledger.debt(event)
    }

    /// Adds an account's balance at its end.
    pub fn close(&mut self, ledger: &Ledger) {
        self.accounts += i128::from(ledger.account.balance().0);
    }

    /// All accounts and the issuer together are zero.
    pub fn finish(self, report: &mut Report) {
        let sum = self.accounts + self.issuer;
        if sum != 0 {
            let sum =
                i64::try_from(sum).map_or_else(|_| sum.to_string(), |sum| Points(sum).to_string());
            report.find(Finding::new(
                "points.sum",
                format!("全部账户与发行方合计为{sum}分,应为零。"),
                format!("All accounts and the issuer sum to {sum} points instead of zero."),
            ));
        }
    }
}

impl Ledger {
    /// Nobody owes more than the redemptions that stand cost: what expired was not used. The earliest reversals, which name no
    /// lots, could say otherwise.
    fn debt(&mut self, event: &Event) -> Option<Finding> {
        if let (Some(lots), (points, _)) = (lots(event), entry(event)) {
            let stated: Points = lots.iter().map(|lot| lot.points).sum();
            if stated != points {
                return Some(Finding::new(
                    "points.lots",
                    format!("分录{points}分,所列批次合计{stated}分,两者不符。"),
                    format!("The entry moves {points} points, the lots it names sum to {stated}."),
                ));
            }
        }
        match event {
            Event::Redeemed(redeemed) => {
                self.redeemed.insert(redeemed.redemption, redeemed.points);
            }
            Event::RedemptionCancelled(cancelled) => {
                self.redeemed.remove(&cancelled.redemption);
            }
            Event::Reversed(reversed) => {
                self.owed = reversed.owed;
                self.early |= reversed.lots.is_none();
            }
            Event::Settled(settled) => self.owed = settled.owed,
            Event::Earned(_) | Event::Expired(_) => {}
        }
        // A cancellation is followed by what it pays.
        let settles = matches!(event, Event::Reversed(_) | Event::Settled(_));
        let (owed, spent) = (self.owed, self.redeemed.values().copied().sum());
        (settles && !self.early && !(Points(0)..=spent).contains(&owed)).then(|| {
            Finding::new(
                "points.debt",
                format!("欠{owed}分,而有效兑换只用去{spent}分。"),
                format!("{owed} points are owed, and the redemptions that stand cost {spent}."),
            )
        })
    }
}

/// Which lots an event names, where it does.
fn lots(event: &Event) -> Option<&[Portion]> {
    match event {
        Event::RedemptionCancelled(cancelled) => cancelled.lots.as_deref(),
        Event::Reversed(reversed) => reversed.lots.as_deref(),
        Event::Settled(settled) => settled.lots.as_deref(),
        Event::Earned(_) | Event::Redeemed(_) | Event::Expired(_) => None,
    }
}

/// How many points an event moves, and to (1) or from (-1) the volunteer.
fn entry(event: &Event) -> (Points, i64) {
    match event {
        Event::Earned(earned) => (earned.points, 1),
        Event::RedemptionCancelled(cancelled) => (cancelled.points, 1),
        Event::Redeemed(redeemed) => (redeemed.points, -1),
        Event::Expired(expired) => (expired.points, -1),
        Event::Reversed(reversed) => (reversed.points, -1),
        Event::Settled(settled) => (settled.points, -1),
    }
}
