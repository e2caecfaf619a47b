//! 表决: votes by name, ballots in secret, and lists of whole buildings.

use std::collections::HashSet;

use super::attend::at_least_one_at_once;
use super::count::Floor;
use super::topic::Topic;
use super::{
    Ballots, BallotsCast, Convened, CountingList, CountingListsTaken, Electorate, Event, Meeting,
    Rejection, Share, Vote, VotesCast, distinct, rule,
};
use crate::{Evidence, Given, PersonId, Several, Text};

/// Lists of one event, so that it stays below the log's 64 KiB.
pub(super) const MOST_LISTS: usize = 100;

impl Meeting {
    /// Takes the whole batch of votes or refuses it whole, so that no vote is lost unnoticed.
    pub(super) fn cast_votes(
        &self,
        topic: u8,
        votes: Vec<Vote>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        if self.convened().is_some_and(|convened| convened.is_secret(topic)) {
            return Err(Rejection::SecretTopic { topic });
        }
        let voters: Vec<PersonId> = votes.iter().map(|vote| vote.member).collect();
        self.may_vote(topic, &voters, given)?;
        Ok(Event::VotesCast(VotesCast { topic, votes }))
    }

    /// Takes down who put a ballot into the box, and not what was on it. A ballot more after a count that is known would tell.
    pub(super) fn cast_ballots(
        &self,
        topic: u8,
        voters: Vec<PersonId>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        if self.convened().is_some_and(|convened| !convened.is_secret(topic)) {
            return Err(Rejection::OpenTopic { topic });
        }
        self.may_vote(topic, &voters, given)?;
        if self.topic(topic)?.counted {
            return Err(Rejection::BoxOpened { topic });
        }
        Ok(Event::BallotsCast(BallotsCast { topic, voters }))
    }

    fn may_vote(&self, topic: u8, voters: &[PersonId], given: &Given<'_>) -> Result<(), Rejection> {
        let (convened, asked) = self.votable(topic, given)?;
        Floor::of(convened, &self.came, given)?.may_vote(asked, self.here())?;
        at_least_one_at_once(voters.len())?;
        distinct(voters.iter().copied())?;
        for &member in voters {
            if !self.came.contains_key(&member) {
                return Err(Rejection::NotPresent { member });
            }
            if self.gone.contains(&member) {
                return Err(Rejection::Gone { member });
            }
            if asked.votes.contains_key(&member) {
                return Err(Rejection::VotedAlready { member });
            }
        }
        Ok(())
    }

    /// 楼栋计票表 (民法典 §278 counts all owners): the sums of each building, which nobody has to name one by one. A list takes
    /// the place of an earlier one, and one without votes takes it away, with something that shows it and a reason.
    pub(super) fn take_lists(
        &self,
        topic: u8,
        mut lists: Vec<CountingList>,
        evidence: Vec<Evidence>,
        reason: Option<Text<200>>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let (convened, asked) = self.votable(topic, given)?;
        let Some(all) = convened.electorate else { return Err(Rejection::ListsUnasked {}) };
        if !(1..=MOST_LISTS).contains(&lists.len()) {
            return Err(Rejection::NumberOfLists { limit: MOST_LISTS });
        }
        Evidence::check(&evidence)?;
        let by_area = convened.counts_area(rule(convened.body, given)?);
        let mut buildings = HashSet::new();
        for list in &mut lists {
            let building = list.building.clone();
            let fits = list.count.make_fit(by_area);
            let replaced = asked.lists.get(&building).is_some_and(|before| *before != list.count);
            if replaced && (evidence.is_empty() || reason.is_none()) {
                return Err(Rejection::ListReplaced { building });
            }
            let withdrawn = asked.lists.contains_key(&building) && list.count.is_empty();
            if !withdrawn && !fits {
                return Err(Rejection::BadList { building });
            }
            if !buildings.insert(building.clone()) {
                return Err(Rejection::ListTwice { building });
            }
        }
        let others = asked.lists.iter().filter(|(building, _)| !buildings.contains(*building));
        let counts = others.map(|(_, count)| *count).chain(lists.iter().map(|list| list.count));
        let sum = counts.fold(Ballots::default(), Ballots::and).cast();
        let Electorate { heads, area } = all;
        let fits = self.room_for(all, sum, by_area);
        fits.map_err(|_| Rejection::ListsExceed { heads, area })?;
        Ok(Event::CountingListsTaken(CountingListsTaken { topic, lists, evidence, reason }))
    }

    /// A topic that may be voted on: not decided, and with a legal opinion where it needs one.
    fn votable(&self, topic: u8, given: &Given<'_>) -> Result<(&Convened, &Topic), Rejection> {
        let convened = self.begun(given)?;
        let asked = self.undecided(topic)?;
        let procedure = given.rulebook.rules.deliberation().procedure();
        let item = convened.item(topic);
        let needs = item.is_some_and(|item| procedure.required(convened.body, item).opinion);
        if needs && asked.opinions.is_empty() {
            return Err(Rejection::NoOpinion { topic });
        }
        convened.takes_vote(asked, given)?;
        Ok((convened, asked))
    }
}

impl Convened {
    /// 广场议事、楼栋议事、现场议事 hear opinions. A vote that was begun in one of them before the rulebook said so is finished.
    pub(super) fn takes_vote(&self, topic: &Topic, given: &Given<'_>) -> Result<(), Rejection> {
        let forms = given.rulebook.rules.deliberation().procedure().voting_forms();
        if !topic.is_silent() || forms.contains(&self.form) {
            return Ok(());
        }
        Err(Rejection::HearsOnly { form: self.form, voting: Several(forms.to_vec()) })
    }
}

impl Ballots {
    /// Whether there is a vote, and an area wherever it counts and somebody voted so. Where it does not, none is kept.
    fn make_fit(&mut self, by_area: bool) -> bool {
        if !by_area {
            self.drop_area();
        }
        let has_area = |share: Share| !by_area || (share.heads > 0) == (share.area > 0);
        self.cast().heads > 0 && [self.agree, self.against, self.abstain].into_iter().all(has_area)
    }

    pub(super) fn drop_area(&mut self) {
        for share in [&mut self.agree, &mut self.against, &mut self.abstain] {
            share.area = 0;
        }
    }
}
