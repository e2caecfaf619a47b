//! What the events alone tell.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::*;
use super::asked::{AREAS, TOPICS, entitled};
use crate::service::Recorder;
use crate::testing::Outcome as Answered;

pub struct Told {
    pub body: Body,
    secret: [bool; TOPICS as usize],
    came: BTreeSet<PersonId>,
    present: BTreeSet<PersonId>,
    /// Owners, and who is there for them.
    proxies: BTreeMap<PersonId, PersonId>,
    /// Those who were there whenever votes on a topic were taken down.
    there: BTreeMap<u8, BTreeSet<PersonId>>,
    unlawful: BTreeMap<u8, BTreeMap<PersonId, bool>>,
    /// Who voted, and how, where it is known.
    votes: BTreeMap<u8, BTreeMap<PersonId, Option<Choice>>>,
    lists: BTreeMap<u8, BTreeMap<Text<40>, Ballots>>,
    pub decided: BTreeMap<u8, Outcome>,
    /// Whether a vote ever decided a topic.
    counted: bool,
    /// Whether it is entered from paper, and minutes that wait for a second person then.
    late: bool,
    waiting: Option<MinutesSealed>,
    pub sealed: bool,
    cancelled: bool,
}

/// At least `num`/`den` of the whole, or more than that, by heads and where it counts by area.
fn part(body: Body, some: Share, whole: Share, (num, den, more): (u64, u64, bool)) -> bool {
    let enough =
        |have: u64, all: u64| if more { have * den > all * num } else { have * den >= all * num };
    enough(some.heads.into(), whole.heads.into())
        && (body != Body::Owners || enough(some.area, whole.area))
}

impl Told {
    pub fn of(body: Body, secret: [bool; TOPICS as usize], late: bool) -> Self {
        Self {
            body,
            secret,
            came: BTreeSet::new(),
            present: BTreeSet::new(),
            proxies: BTreeMap::new(),
            there: BTreeMap::new(),
            unlawful: BTreeMap::new(),
            votes: BTreeMap::new(),
            lists: BTreeMap::new(),
            decided: BTreeMap::new(),
            counted: false,
            late,
            waiting: None,
            sealed: false,
            cancelled: false,
        }
    }

    pub fn is_secret(&self, topic: u8) -> bool {
        let place = usize::from(topic).checked_sub(1);
        place.and_then(|place| self.secret.get(place)).is_some_and(|secret| *secret)
    }

    pub fn voters(&self, topic: u8) -> BTreeSet<PersonId> {
        self.votes.get(&topic).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// Who agreed, where it is known.
    pub fn in_favour(&self, topic: u8) -> Option<Vec<PersonId>> {
        let votes = self.votes.get(&topic).cloned().unwrap_or_default();
        let agreed = votes.into_iter().filter(|(_, choice)| *choice == Some(Choice::Agree));
        (!self.is_secret(topic)).then(|| agreed.map(|(who, _)| who).collect())
    }

    /// Heads, and among owners their area.
    pub fn share(&self, people: &BTreeSet<PersonId>) -> Share {
        let area = people.iter().map(|one| u64::from(AREAS[one.bits() as usize])).sum();
        Share {
            heads: u32::try_from(people.len()).unwrap(),
            area: if self.body == Body::Owners { area } else { 0 },
        }
    }

    fn listed(&self, topic: u8) -> Ballots {
        let lists = self.lists.get(&topic).into_iter().flat_map(BTreeMap::values);
        lists.fold(Ballots::default(), |sum, list| sum.and(*list))
    }

    /// The scene after what was answered, once the facts are held to all that was told before.
    pub fn take_in(
        &mut self,
        answered: Answered<Meeting>,
    ) -> Result<Scene<Meeting>, TestCaseError> {
        let (scene, facts) = answered.whatever();
        for fact in &facts {
            self.hold(fact)?;
        }
        for topic in 1..=TOPICS {
            let counted = self.share(&self.came).and(self.listed(topic).cast());
            let all = entitled(self.body);
            prop_assert!(counted.heads <= all.heads && counted.area <= all.area, "{counted:?}");
        }
        Ok(scene)
    }

    fn hold(&mut self, fact: &Event) -> Result<(), TestCaseError> {
        prop_assert!(!self.cancelled, "{fact:?} after cancelling");
        prop_assert!(!self.sealed || matches!(fact, Event::MinutesCorrected(_)), "{fact:?}");
        let judged = matches!(
            fact,
            Event::BackfillApproved(_) | Event::BackfillRefused(_) | Event::MinutesSealed(_)
        );
        prop_assert!(self.waiting.is_none() || judged, "{fact:?} while it waits");
        match fact {
            Event::Convened(_) => prop_assert!(false, "convened twice"),
            Event::AttendanceTaken(taken) => self.attended(taken)?,
            Event::Departed(departed) => self.departed(departed)?,
            Event::Returned(returned) => {
                for member in &returned.members {
                    prop_assert!(self.came.contains(member) && self.present.insert(*member));
                }
            }
            Event::CountReopened(reopened) => {
                prop_assert!(self.decided.remove(&reopened.topic).is_some(), "nothing to reopen");
            }
            Event::OpinionGiven(given) => {
                let opinions = self.unlawful.entry(given.topic).or_default();
                opinions.insert(given.adviser, !given.lawful);
            }
            Event::VotesCast(cast) => {
                prop_assert!(!self.is_secret(cast.topic), "a secret vote is told by nobody's name");
                let votes = cast.votes.iter().map(|vote| (vote.member, Some(vote.choice)));
                self.voted(cast.topic, votes)?;
            }
            Event::BallotsCast(cast) => {
                prop_assert!(self.is_secret(cast.topic));
                self.voted(cast.topic, cast.voters.iter().map(|voter| (*voter, None)))?;
            }
            Event::CountingListsTaken(taken) => self.listed_by_building(taken)?,
            Event::TopicDecided(decided) => self.judge(decided)?,
            Event::BackfillRequested(asked) => {
                prop_assert!(self.late, "nothing was entered from paper");
                self.waiting = Some(asked.minutes.clone());
            }
            Event::BackfillApproved(approved) => {
                prop_assert!(self.waiting.is_some());
                prop_assert_ne!(&approved.approver, &Recorder::of(&recorder()));
            }
            Event::BackfillRefused(_) => prop_assert!(self.waiting.take().is_some()),
            Event::MinutesSealed(minutes) => {
                prop_assert_eq!(self.waiting.take(), self.late.then(|| (**minutes).clone()));
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
                prop_assert!(!self.counted || self.late, "cancelled after a decision");
                self.cancelled = true;
            }
        }
        Ok(())
    }

    fn attended(&mut self, taken: &AttendanceTaken) -> Result<(), TestCaseError> {
        for one in &taken.present {
            prop_assert!(self.came.insert(one.member), "taken down twice");
            self.present.insert(one.member);
            let members = matches!(self.body, Body::Council | Body::Representatives);
            prop_assert!(!members || one.member != person(7), "no member");
            let Some(proxy) = one.proxy else { continue };
            prop_assert!(self.body == Body::Owners && proxy != one.member, "in person");
            prop_assert!(self.proxies.values().all(|other| *other != proxy), "for two");
            self.proxies.insert(one.member, proxy);
        }
        Ok(())
    }

    /// With somebody who is there for another, that one leaves.
    fn departed(&mut self, departed: &Departed) -> Result<(), TestCaseError> {
        let gone: BTreeSet<PersonId> = departed.members.iter().copied().collect();
        for (owner, proxy) in &self.proxies {
            let leaves = gone.contains(proxy) && !self.proxies.contains_key(proxy);
            let left = !self.present.contains(owner) || gone.contains(owner);
            prop_assert!(!leaves || left, "{owner} stays without {proxy}");
        }
        for member in &departed.members {
            prop_assert!(self.present.remove(member), "left without being there");
        }
        Ok(())
    }

    fn may_vote(&self, topic: u8) -> Result<(), TestCaseError> {
        prop_assert!(!self.decided.contains_key(&topic));
        prop_assert!(self.unlawful.contains_key(&topic), "no opinion");
        Ok(())
    }

    fn voted(
        &mut self,
        topic: u8,
        votes: impl Iterator<Item = (PersonId, Option<Choice>)>,
    ) -> Result<(), TestCaseError> {
        self.may_vote(topic)?;
        for (member, choice) in votes {
            prop_assert!(self.present.contains(&member), "absent");
            prop_assert_eq!(self.votes.entry(topic).or_default().insert(member, choice), None);
        }
        self.there.entry(topic).or_default().extend(&self.present);
        Ok(())
    }

    fn listed_by_building(&mut self, taken: &CountingListsTaken) -> Result<(), TestCaseError> {
        self.may_vote(taken.topic)?;
        prop_assert!(matches!(self.body, Body::Owners | Body::Villagers), "votes by name");
        for list in &taken.lists {
            let Ballots { agree, against, abstain } = list.count;
            let before = self.lists.get(&taken.topic).and_then(|all| all.get(&list.building));
            let replaced = before.is_some_and(|before| *before != list.count);
            prop_assert!(!replaced || (taken.reason.is_some() && !taken.evidence.is_empty()));
            prop_assert!(list.count.cast().heads > 0 || before.is_some());
            for share in [agree, against, abstain] {
                let has_area = self.body == Body::Owners && share.heads > 0;
                prop_assert_eq!(share.area > 0, has_area);
            }
            let lists = self.lists.entry(taken.topic).or_default();
            if list.count.cast().heads > 0 {
                lists.insert(list.building.clone(), list.count);
            } else {
                lists.remove(&list.building);
            }
        }
        Ok(())
    }

    fn judge(&mut self, decided: &TopicDecided) -> Result<(), TestCaseError> {
        let TopicDecided { topic, outcome, tally, .. } = *decided;
        let (voters, listed) = (self.voters(topic), self.listed(topic));
        let there = if voters.is_empty() { &self.present } else { self.there.get(&topic).unwrap() };
        let present = self.share(there).and(listed.cast());
        let cast = tally.agree.and(tally.against).and(tally.abstain);
        prop_assert_eq!(tally.present, present);
        let is_closed = self.is_secret(topic) && outcome == Outcome::Deferred;
        let voted = if is_closed { cast } else { self.share(&voters).and(listed.cast()) };
        prop_assert_eq!(cast, voted, "a vote lost or added");
        if let Some(in_favour) = self.in_favour(topic) {
            let in_favour = in_favour.into_iter().collect();
            prop_assert_eq!(tally.agree, self.share(&in_favour).and(listed.agree));
        }

        let taking_part = if self.body == Body::Owners { cast } else { present };
        let half = (1, 2, true);
        let (quorum, major) = match self.body {
            Body::Council => (half, (2, 3, false)),
            Body::Villagers => (half, half),
            Body::Representatives => ((2, 3, false), half),
            Body::Owners => ((2, 3, false), (3, 4, false)),
        };
        let majority = if topic == 1 { half } else { major };
        let enough = part(self.body, taking_part, entitled(self.body), quorum);
        let agreed = part(self.body, tally.agree, taking_part, majority);
        let opinions = self.unlawful.get(&topic);
        let unlawful = opinions.is_some_and(|all| all.values().any(|unlawful| *unlawful));
        match outcome {
            Outcome::Adopted => prop_assert!(enough && agreed && !unlawful),
            Outcome::NotAdopted => prop_assert!(enough && !agreed),
            Outcome::Deferred => {
                let mut there = self.there.get(&topic).into_iter().flatten().chain(&self.present);
                let decides = !voters.is_empty() && there.all(|one| voters.contains(one));
                let owners = self.body == Body::Owners;
                prop_assert!(!decides || unlawful || !enough || owners, "votes were put off");
            }
        }
        prop_assert_eq!(self.decided.insert(topic, outcome), None);
        self.counted |= outcome != Outcome::Deferred;
        Ok(())
    }
}
