//! Whatever is asked in whatever order: nobody supervises what they govern, and kinship is mutual.

use proptest::prelude::*;

use super::*;

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
    (0_u8..12, 0..PEOPLE, 0..PEOPLE, -20_i32..20, 1_i32..40)
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
            relatives: if whom % 2 == 0 { vec![person(whom)] } else { vec![] },
            sealed_here: None,
        })),
        7 => Command::DeclareRelatives { member: person(who), relatives: vec![person(whom)] },
        _ => seats::leave(who, group),
    }
}

/// The seats and the kinship that the events alone tell of.
#[derive(Default)]
struct Told {
    seats: Vec<MemberAppointed>,
    kin: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

impl Told {
    fn take_in(&mut self, event: &Event) {
        match event {
            Event::MemberAppointed(appointed) => {
                self.kin.entry(appointed.member).or_default().extend(&appointed.relatives);
                self.seats.push((**appointed).clone());
            }
            Event::MemberLeft(left) => {
                self.seats.retain(|seat| (seat.group, seat.member) != (left.group, left.member))
            }
            Event::RelativesDeclared(declared) => {
                self.kin.entry(declared.member).or_default().extend(&declared.relatives);
            }
            Event::Opened(_)
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

    fn kin(&self, one: PersonId, other: PersonId) -> bool {
        let told = |by, of| self.kin.get(&by).is_some_and(|kin: &BTreeSet<_>| kin.contains(&of));
        told(one, other) || told(other, one)
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
    fn newest_is_kin(&self, (watching, governing): (&MemberAppointed, &MemberAppointed)) -> bool {
        let newest = |seat| self.seats.last().is_some_and(|last| std::ptr::eq(last, seat));
        (newest(watching) || newest(governing)) && self.kin(watching.member, governing.member)
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
                    prop_assert!(!(appointing && told.newest_is_kin(pair)), "{one:?} on {on}");
                }
            }
            let standing = |one| scene.state().standing(Some(person(one)), after(0));
            for (a, b) in (0..PEOPLE).flat_map(|a| (0..PEOPLE).map(move |b| (a, b))) {
                let kin = a != b && told.kin(person(a), person(b));
                prop_assert_eq!(standing(a).relatives.contains(&person(b)), kin);
                prop_assert_eq!(standing(b).relatives.contains(&person(a)), kin);
            }
        }
    }
}
