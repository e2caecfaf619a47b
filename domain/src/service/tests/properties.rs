//! Whatever is asked in whatever order: no two live records overlap, and the total is their sum.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// One thing asked: what, about which record, and (for a report) from which quarter to which.
fn asked() -> impl Strategy<Value = (u8, u32, u8, u8, bool)> {
    (0_u8..9, 0_u32..8, 0_u8..9, 0_u8..9, any::<bool>())
}

fn quarters(from: u8, to: u8) -> Box<Report> {
    let clock = |quarter: u8| format!("{:02}:{:02}", 9 + quarter / 4, quarter % 4 * 15);
    let minutes = u32::from(to.saturating_sub(from)) * 15;
    report(&clock(from), &clock(to), minutes)
}

fn command((what, record, from, to, _): (u8, u32, u8, u8, bool)) -> Command {
    match what {
        0 | 1 => Command::Record(quarters(from, to)),
        2 => backfill(quarters(from, to)),
        3 => Command::ApproveBackfill { record },
        4 | 5 => attest(record),
        6 => correct(record, quarters(from, to)),
        7 => dispute(record),
        _ => void(record),
    }
}

/// What a reader of the events alone believes: span, minutes that count, voided or not.
#[derive(Default)]
struct Believed(BTreeMap<u32, (Entry, Minutes, bool)>);

impl Believed {
    fn take_in(&mut self, event: &Event) -> Minutes {
        match event {
            Event::Recorded(made) => self.put(made.record, &made.entry),
            Event::BackfillRequested(made) => self.put(made.record, &made.entry),
            Event::Corrected(made) => self.put(made.record, &made.entry),
            Event::Attested(made) => self.change(made.record, |one| one.1 = made.minutes),
            Event::Voided(made) => self.change(made.record, |one| {
                one.1 = Minutes(0);
                one.2 = true;
            }),
            Event::CheckedIn(_)
            | Event::CheckedOut(_)
            | Event::BackfillApproved(_)
            | Event::DueSettled(_)
            | Event::Disputed(_)
            | Event::DisputeDismissed(_) => {}
        }
        Minutes(self.0.values().map(|(_, minutes, _)| minutes.0).sum())
    }

    fn put(&mut self, record: u32, entry: &Entry) {
        self.0.insert(record, (entry.clone(), Minutes(0), false));
    }

    fn change(&mut self, record: u32, change: impl FnOnce(&mut (Entry, Minutes, bool))) {
        change(self.0.get_mut(&record).unwrap());
    }

    fn overlaps(&self) -> bool {
        let live: Vec<&Entry> =
            self.0.values().filter(|(.., voided)| !voided).map(|(entry, ..)| entry).collect();
        live.iter().enumerate().any(|(index, one)| {
            live.iter()
                .skip(index + 1)
                .any(|other| one.started_at < other.ended_at && other.started_at < one.ended_at)
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn live_records_never_overlap_and_the_total_is_their_sum(
        asked in proptest::collection::vec(asked(), 1..60),
    ) {
        let mut scene = given::<Service>([]);
        let mut believed = Believed::default();
        for one in asked {
            let now = if one.4 { "2021-11-30T12:00:00+08:00" } else { "2022-01-10T12:00:00+08:00" };
            let who = if one.3 % 2 == 0 { recorder() } else { attester() };
            let (after, facts) = scene.at(now).by(who).when(command(one)).whatever();
            scene = after;
            for fact in &facts {
                let total = believed.take_in(fact);
                prop_assert_eq!(scene.state().attested(), total);
            }
            prop_assert!(!believed.overlaps());
        }
    }

    /// Whoever checked in gives no more time in all than they were there.
    #[test]
    fn attested_minutes_never_exceed_presence(
        stays in proptest::collection::vec((0_u32..121, 0_u32..121), 1..4),
        asked in proptest::collection::vec(asked(), 1..30),
    ) {
        let start = time("2021-11-29T09:00:00+08:00");
        let at = |minute: u32| start + jiff::Span::new().minutes(minute);
        let activity = activity_id(1);
        let (mut checks, mut present, mut last) = (vec![], 0, 0);
        for (from, to) in stays {
            let (from, to) = (last.max(from.min(to)), last.max(from.max(to)));
            checks.push(Event::CheckedIn(CheckedIn { activity, at: at(from) }));
            checks.push(Event::CheckedOut(CheckedOut { activity, at: at(to), forgotten: false }));
            present += to - from;
            last = to;
        }
        let mut scene = given::<Service>(checks).at("2021-11-30T12:00:00+08:00");
        for one in asked {
            let who = if one.3 % 2 == 0 { recorder() } else { attester() };
            (scene, _) = scene.by(who).when(command(one)).whatever();
            prop_assert!(scene.state().attested() <= Minutes(present));
        }
    }
}
