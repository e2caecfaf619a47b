//! Whatever is asked in whatever order, and whoever leaves and comes back: nothing is adopted without quorum and majority of
//! those there for the vote, nobody votes twice or absent, and sealed minutes are whole and final.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

const TOPICS: u8 = 2;
/// Members are 0 to 6, and 7 comes along. The estate has as many owners, and 70 m² in all.
const HEADS: u32 = 7;
const WHOLE_AREA: u32 = 7_000;
const AREAS: [u32; 8] = [100, 400, 700, 1_000, 1_300, 1_600, 1_900, 100];

#[derive(Debug, Clone, Copy)]
struct Asked {
    what: u8,
    topic: u8,
    people: u8,
    choice: u8,
}

fn asked() -> impl Strategy<Value = Asked> {
    let topic = prop_oneof![9 => 1..=TOPICS, 1 => Just(0), 1 => Just(TOPICS + 1)];
    (0_u8..40, topic, any::<u8>(), 0_u8..6).prop_map(|(what, topic, people, choice)| Asked {
        what,
        topic,
        people,
        choice,
    })
}

fn held(body: Body) -> Convened {
    let agenda = vec![item(None, false, Matter::Ordinary), item(Some(1), true, Matter::Major)];
    let counted = Electorate { heads: HEADS, area: Area(WHOLE_AREA) };
    match body {
        Body::Council | Body::Representatives => {
            let members = (0..7).map(person).collect();
            Convened { body, members, ..council(0, agenda) }
        }
        Body::Villagers | Body::Owners => {
            Convened { body, electorate: Some(counted), ..council(0, agenda) }
        }
    }
}

/// The people whose bits are set.
fn named(people: u8) -> impl Iterator<Item = u64> {
    (0..8).filter(move |bit| people >> bit & 1 == 1)
}

fn attendance(people: u8) -> Command {
    let present = named(people).map(|one| attendee(one, Some(AREAS[one as usize])));
    Command::TakeAttendance { present: present.collect() }
}

/// One person's vote; now and then those of several.
fn voting(topic: u8, people: u8, choice: u8) -> Command {
    let choice = match choice {
        0 => Choice::Against,
        1 => Choice::Abstain,
        _ => Choice::Agree,
    };
    match people {
        0..64 => vote(topic, choice, named(people)),
        _ => vote(topic, choice, [u64::from(people % 8)]),
    }
}

fn command(Asked { what, topic, people, choice }: Asked) -> Command {
    match what {
        0..=1 => attendance(people),
        2..=3 => advise(topic, ADVISER + u64::from(people % 2), people % 16 > 0),
        4 if choice == 0 => cancel(),
        4 if choice == 1 => defer(topic),
        4 => correct(topic),
        5..=6 => seal((1..=TOPICS).filter(|number| topic != 0 || *number == 1)),
        7 if choice == 0 => Command::ReopenCount { topic, reason: text("漏计") },
        7 if choice < 3 => decide(topic),
        7 => confirm(topic),
        8 => Command::Depart { people: named(people).map(person).collect() },
        9 => Command::Return { people: named(people).map(person).collect() },
        _ => voting(topic, people, choice),
    }
}

/// What the events alone tell.
#[derive(Default)]
struct Told {
    came: BTreeSet<PersonId>,
    present: BTreeSet<PersonId>,
    /// Those there when votes on a topic were last taken down, and all who voted.
    there: BTreeMap<u8, BTreeSet<PersonId>>,
    unlawful: BTreeMap<u8, BTreeMap<PersonId, bool>>,
    votes: BTreeMap<u8, BTreeMap<PersonId, Choice>>,
    decided: BTreeMap<u8, Outcome>,
    /// Whether a vote ever decided a topic.
    counted: bool,
    sealed: bool,
    cancelled: bool,
}

/// `num`/`den` of the whole, by heads and where it counts by area: at least, or more than that.
fn part(body: Body, some: &BTreeSet<PersonId>, whole: (u64, u64), part: (u64, u64, bool)) -> bool {
    let (num, den, more) = part;
    let enough =
        |have: u64, all: u64| if more { have * den > all * num } else { have * den >= all * num };
    let area = some.iter().map(|one| u64::from(AREAS[one.bits() as usize])).sum();
    enough(some.len() as u64, whole.0) && (body != Body::Owners || enough(area, whole.1))
}

impl Told {
    fn whole(some: &BTreeSet<PersonId>) -> (u64, u64) {
        let area = some.iter().map(|one| u64::from(AREAS[one.bits() as usize])).sum();
        (some.len() as u64, area)
    }

    fn may_be_adopted(&self, body: Body, topic: u8) -> bool {
        let half = (1, 2, true);
        let (quorum, major) = match body {
            Body::Council => (half, (2, 3, false)),
            Body::Villagers => (half, half),
            Body::Representatives => ((2, 3, false), half),
            Body::Owners => ((2, 3, false), (3, 4, false)),
        };
        let majority = if topic == 1 { half } else { major };
        let votes = self.votes.get(&topic).cloned().unwrap_or_default();
        let agree = votes.into_iter().filter(|(_, choice)| *choice == Choice::Agree);
        let agree: BTreeSet<PersonId> = agree.map(|(who, _)| who).collect();
        let there = self.taking_part(body, topic);
        part(body, &there, (u64::from(HEADS), u64::from(WHOLE_AREA)), quorum)
            && part(body, &agree, Self::whole(&there), majority)
    }

    /// Owners take part by voting, others by being there.
    fn taking_part(&self, body: Body, topic: u8) -> BTreeSet<PersonId> {
        if body == Body::Owners {
            self.votes.get(&topic).into_iter().flat_map(BTreeMap::keys).copied().collect()
        } else {
            self.there.get(&topic).cloned().unwrap_or_default()
        }
    }

    fn take_in(&mut self, body: Body, fact: &Event) -> Result<(), TestCaseError> {
        prop_assert!(!self.cancelled, "{fact:?} after cancelling");
        prop_assert!(!self.sealed || matches!(fact, Event::MinutesCorrected(_)), "{fact:?}");
        match fact {
            Event::Convened(_) => prop_assert!(false, "convened twice"),
            Event::AttendanceTaken(taken) => {
                for one in &taken.present {
                    prop_assert!(self.came.insert(one.member), "taken down twice");
                    self.present.insert(one.member);
                    let members = matches!(body, Body::Council | Body::Representatives);
                    prop_assert!(!members || one.member != person(7), "no member");
                }
            }
            Event::Departed(departed) => {
                for member in &departed.members {
                    prop_assert!(self.present.remove(member), "left without being there");
                }
            }
            Event::Returned(returned) => {
                for member in &returned.members {
                    prop_assert!(self.came.contains(member) && self.present.insert(*member));
                }
            }
            Event::CountReopened(reopened) => {
                prop_assert!(self.decided.remove(&reopened.topic).is_some(), "nothing to reopen");
            }
            Event::BallotsCast(_) | Event::CountingListsTaken(_) => {
                prop_assert!(false, "no topic is secret, and nothing lists buildings");
            }
            Event::OpinionGiven(given) => {
                let opinions = self.unlawful.entry(given.topic).or_default();
                opinions.insert(given.adviser, !given.lawful);
            }
            Event::VotesCast(cast) => {
                prop_assert!(!self.decided.contains_key(&cast.topic));
                prop_assert!(self.unlawful.contains_key(&cast.topic), "no opinion");
                for vote in &cast.votes {
                    prop_assert!(self.present.contains(&vote.member), "absent");
                    let votes = self.votes.entry(cast.topic).or_default();
                    prop_assert_eq!(votes.insert(vote.member, vote.choice), None);
                }
                self.there.entry(cast.topic).or_default().extend(&self.present);
            }
            Event::TopicDecided(decided) => self.judge(body, decided)?,
            Event::MinutesSealed(minutes) => {
                let told = minutes.topics.iter().map(|topic| (topic.topic, topic.outcome));
                prop_assert_eq!(
                    told.collect::<Vec<_>>(),
                    self.decided.clone().into_iter().collect::<Vec<_>>()
                );
                prop_assert_eq!(minutes.topics.len(), usize::from(TOPICS));
                self.sealed = true;
            }
            Event::MinutesCorrected(_) => prop_assert!(self.sealed),
            Event::Cancelled(_) => {
                prop_assert!(!self.counted, "cancelled after a decision");
                self.cancelled = true;
            }
        }
        Ok(())
    }

    fn judge(&mut self, body: Body, decided: &TopicDecided) -> Result<(), TestCaseError> {
        let topic = decided.topic;
        let opinions = self.unlawful.get(&topic);
        let unlawful = opinions.is_some_and(|all| all.values().any(|unlawful| *unlawful));
        prop_assert_eq!(self.decided.insert(topic, decided.outcome), None);
        self.counted |= decided.outcome != Outcome::Deferred;
        match decided.outcome {
            Outcome::Adopted => {
                prop_assert!(self.may_be_adopted(body, topic) && !unlawful);
            }
            Outcome::NotAdopted => {
                prop_assert!(!self.may_be_adopted(body, topic));
                let votes = self.taking_part(body, topic).len();
                prop_assert!(body != Body::Owners || votes >= 5, "{votes} of seven");
            }
            Outcome::Deferred => {
                let votes = self.votes.get(&topic);
                let decides = votes.is_some_and(|votes| {
                    let mut there = self.there[&topic].union(&self.present);
                    there.all(|one| votes.contains_key(one))
                });
                prop_assert!(!decides || unlawful || body == Body::Owners, "votes were put off");
            }
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]
    #[test]
    fn nothing_is_adopted_without_quorum_and_majority(
        body in proptest::sample::select(Body::ALL),
        (here, too) in (0_u8..128, 0_u8..128),
        asked in proptest::collection::vec(asked(), 1..120),
    ) {
        let mut scene = convened(held(body));
        let mut told = Told::default();
        let opening = [attendance(here | too), advise(1, ADVISER, true), advise(2, ADVISER, true)];
        for asked in opening.into_iter().chain(asked.into_iter().map(command)) {
            let (next, facts) = scene.when(asked).whatever();
            scene = next;
            for fact in &facts {
                told.take_in(body, fact)?;
            }
        }
        let adopted: Vec<u8> = scene.state().adopted().map(|adoption| adoption.topic).collect();
        let expected = told.sealed && told.decided.get(&1) == Some(&Outcome::Adopted);
        prop_assert_eq!(adopted, if expected { vec![1] } else { vec![] });
    }
}
