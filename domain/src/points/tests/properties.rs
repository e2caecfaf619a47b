//! Whatever is asked on whatever day: the account balances, and never falls below zero.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

fn command((what, record, amount): (u8, u32, u32)) -> Command {
    match what {
        0..=2 => Command::Earn { record, revision: 1 + amount % 2, minutes: Minutes(amount * 10) },
        3 => reverse(record, 1 + amount % 2),
        4 | 5 => redeem(),
        6 => cancel(record),
        _ => Command::Expire,
    }
}

/// The account as a reader of the entries alone keeps it.
#[derive(Default)]
struct Books {
    earned: Points,
    redeemed: Points,
    returned: Points,
    expired: Points,
    reversed: Points,
    settled: Points,
    owed: Points,
    earnings: HashSet<(u32, u32)>,
}

impl Books {
    /// Takes an entry in; says whether it is one that may stand there.
    fn take_in(&mut self, event: &Event) -> bool {
        match event {
            Event::Earned(one) => {
                self.earned += one.points;
                self.earnings.insert((one.record, one.revision))
            }
            Event::Redeemed(one) => {
                self.redeemed += one.points;
                self.owed == Points(0) && one.points > Points(0)
            }
            Event::RedemptionCancelled(one) => {
                self.returned += one.points;
                self.returned <= self.redeemed
            }
            Event::Expired(one) => {
                self.expired += one.points;
                one.points > Points(0)
            }
            Event::Reversed(one) => {
                self.reversed += one.points;
                self.owed = one.owed;
                one.points >= Points(0) && one.owed >= Points(0)
            }
            Event::Settled(one) => {
                self.settled += one.points;
                let fits = self.owed - one.points == one.owed && one.points > Points(0);
                self.owed = one.owed;
                fits && one.owed >= Points(0)
            }
        }
    }

    fn balance(&self) -> Points {
        self.earned - self.redeemed + self.returned - self.expired - self.reversed - self.settled
    }
}

proptest! {
    #[test]
    fn the_account_balances_whatever_is_asked(
        asked in proptest::collection::vec((0_u8..8, 1_u32..6, 0_u32..120, 0_i32..70), 1..50),
    ) {
        let mut scene = given::<Account>([]);
        let mut books = Books::default();
        let mut today = day("2021-11-30");
        for (what, record, amount, days) in asked {
            today = today.saturating_add(jiff::Span::new().days(days));
            let now = format!("{today}T12:00:00+08:00");
            let (after, facts) = scene.at(&now).when(command((what, record, amount))).whatever();
            scene = after;
            for fact in &facts {
                prop_assert!(books.take_in(fact), "{fact:?}");
            }
            let balance = scene.state().balance();
            prop_assert!(balance >= Points(0));
            prop_assert_eq!(balance, books.balance());
            prop_assert!(books.owed == Points(0) || balance == Points(0), "owes and holds points");
        }
    }
}
