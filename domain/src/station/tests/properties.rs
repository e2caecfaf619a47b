//! Whatever is asked in whatever order: nobody supervises what they govern, and kinship is mutual.

use proptest::prelude::*;

use std::collections::BTreeMap;

use super::*;
use crate::PersonId;

const PEOPLE: u64 = 5;

#[derive(Debug, Clone, Copy)]
struct Asked {
    what: u8,
    who: u64,
    whom: u64,
    begins: i32,
    lasts: i32,
}

fn asked() -> impl Strategy<Value = Asked> {
    (0_u8..14, 0..PEOPLE, 0..PEOPLE, -20_i32..20, 1_i32..40)
        .prop_map(|(what, who, whom, begins, lasts)| Asked { what, who, whom, begins, lasts })
}

fn after(days: i32) -> Date {
    day("2021-11-30").saturating_add(jiff::Span::new().days(days))
}

fn command(asked: Asked) -> Command {
    let Asked { what, who, whom, begins, lasts } = asked;
    let (group, capacity) = match what {
        0..=2 | 8 => (Group::Supervision, Capacity::Representative),
        3 | 4 | 9 => (Group::LeadingGroup, Capacity::GridWorker),
        5 => (Group::Council, Capacity::CommitteeMember),
        _ => (Group::Council, Capacity::Representative),
    };
    match what {
        0..=6 => Command::Appoint(Box::new(Appointment {
            group,
            member: person(who),
            capacity,
            from: after(begins),
            until: after(begins + lasts),
            election: (group == Group::Supervision).then_some(1),
            relatives: if whom % 2 == 0 { vec![person(whom)] } else { vec![] },
            sealed_here: None,
        })),
        7 => Command::DeclareRelatives { member: person(who), relatives: vec![person(whom)] },
        12 | 13 => {
            let (member, relative, ended_on) = (person(who), person(whom), after(begins));
            Command::EndKinship { member, relative, ended_on }
        }
        _ => seats::leave(who, group),
    }
}

/// The seats and the kinship that the events alone tell of.
#[derive(Default)]
struct Told {
    seats: Vec<MemberAppointed>,
    /// The last day for which each tie counts, where it ended.
    kin: BTreeMap<[PersonId; 2], Option<Date>>,
}

fn pair(one: PersonId, other: PersonId) -> [PersonId; 2] {
    [one.min(other), one.max(other)]
}

impl Told {
    fn take_in(&mut self, event: &Event) {
        match event {
            Event::MemberAppointed(appointed) => {
                self.declare(appointed.member, &appointed.relatives);
                self.seats.push((**appointed).clone());
            }
            // Who left acts no more on that day, and had acted until then.
            Event::MemberLeft(left) => {
                let theirs = self
                    .seats
                    .iter_mut()
                    .filter(|seat| (seat.group, seat.member) == (left.group, left.member));
                let last = left.left_on.unwrap().yesterday().unwrap();
                theirs.for_each(|seat| seat.until = seat.until.min(last));
            }
            Event::RelativesDeclared(declared) => {
                self.declare(declared.member, &declared.relatives);
            }
            Event::KinshipEnded(ended) => {
                self.kin.insert(pair(ended.member, ended.relative), ended.told_on);
            }
            Event::SupervisorsElected(_)
            | Event::Opened(_)
            | Event::ItemEvidenced(_)
            | Event::ItemLost(_)
            | Event::TopicListed(_)
            | Event::HouseholdsStated(_)
            | Event::MeetingHeld(_)
            | Event::MeetingMissed(_) => {}
        }
    }

    fn governs(seat: &MemberAppointed) -> bool {
        seat.group == Group::LeadingGroup || seat.capacity == Capacity::CommitteeMember
    }

    fn declare(&mut self, member: PersonId, relatives: &[PersonId]) {
        self.kin.extend(relatives.iter().map(|one| (pair(member, *one), None)));
    }

    fn kin(&self, one: PersonId, other: PersonId, on: Date) -> bool {
        let tie = self.kin.get(&pair(one, other));
        tie.is_some_and(|until| until.is_none_or(|until| until >= on))
    }

    /// Pairs of a seat in supervision and one that governs, both held on this day.
    fn opposite(&self, on: Date) -> Vec<(&MemberAppointed, &MemberAppointed)> {
        let held = |seat: &&MemberAppointed| seat.from <= on && on <= seat.until;
        let watching = self.seats.iter().filter(held).filter(|s| s.group == Group::Supervision);
        watching
            .flat_map(|one| {
                let governing = self.seats.iter().filter(held).filter(|s| Self::governs(s));
                governing.map(move |other| (one, other))
            })
            .collect()
    }

    /// Whether the seat that was taken last opposes one of a near relative.
    fn newest_is_kin(
        &self,
        (watching, governing): (&MemberAppointed, &MemberAppointed),
        on: Date,
    ) -> bool {
        let newest = |seat| self.seats.last().is_some_and(|last| std::ptr::eq(last, seat));
        (newest(watching) || newest(governing)) && self.kin(watching.member, governing.member, on)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn nobody_supervises_what_they_govern_and_kinship_is_mutual(
        asked in proptest::collection::vec(asked(), 1..50),
    ) {
        let mut scene = station();
        let mut told = Told::default();
        for one in asked {
            let (next, facts) = scene.when(command(one)).whatever();
            scene = next;
            facts.iter().for_each(|fact| told.take_in(fact));
            let appointing = facts.iter().any(|fact| matches!(fact, Event::MemberAppointed(_)));
            // Seats that are ever held on one day are so when the later of them begins.
            for on in told.seats.iter().map(|seat| seat.from) {
                for pair in told.opposite(on) {
                    prop_assert_ne!(pair.0.member, pair.1.member);
                    prop_assert!(!(appointing && told.newest_is_kin(pair, on)), "{one:?} on {on}");
                }
            }
            let standing = |one| scene.state().standing(Some(person(one)), after(0));
            for (a, b) in (0..PEOPLE).flat_map(|a| (0..PEOPLE).map(move |b| (a, b))) {
                for on in [after(-5), after(0)] {
                    let kin = a == b || told.kin(person(a), person(b), on);
                    prop_assert_eq!(standing(a).is_close_to(person(b), on), kin);
                    prop_assert_eq!(standing(b).is_close_to(person(a), on), kin);
                }
            }
        }
    }
}
