//! Double entry: every account's balance is computed in two ways, and all accounts with the issuer must add up to zero.

use domain::points::{Account, Event};
use domain::{Aggregate as _, Points};

use super::finding::{Finding, Report};

/// No entry of a county moves more: 10 billion points, in hundredths.
const LARGEST: i64 = 1_000_000_000_000;

/// One volunteer's account: by signed entries here, by lots in the domain.
#[derive(Default)]
pub struct Ledger {
    balance: i64,
    account: Account,
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
        if !(0..=LARGEST).contains(&points.0) {
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
        (balance != usable).then(|| {
            Finding::new(
                "points.balance",
                format!("分录合计{balance}分,可用批次合计{usable}分,两者不符。"),
                format!("The entries sum to {balance} points, what can be used to {usable}."),
            )
        })
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
