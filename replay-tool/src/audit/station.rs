//! Who is in office at a station, who is near to whom, and which meetings it held.

use std::collections::HashMap;

use domain::meeting::Body;
use domain::station::{Capacity, Event, Group, MemberAppointed, SupervisorsElected};
use domain::{MeetingId, PersonId};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::Fact;

/// A station as its stream and its meetings tell it.
#[derive(Default)]
pub struct Station {
    terms: Vec<Term>,
    elections: Vec<SupervisorsElected>,
    /// Everybody's near relatives.
    relatives: HashMap<PersonId, HashMap<PersonId, Tie>>,
    /// Meetings with sealed minutes, in the order of sealing.
    pub held: Vec<HeldMeeting>,
}

/// Two people who are, or were, near relatives.
#[derive(Default)]
struct Tie {
    /// The last day for which it counts, where it ended.
    until: Option<Date>,
    /// The day on which its end was told.
    ended: Option<Date>,
    /// From when to when it was told to have ended, until it was declared again.
    pauses: Vec<(Date, Date)>,
}

impl Tie {
    fn end(&mut self, until: Date, on: Date) {
        (self.until, self.ended) = (Some(until), Some(on));
    }

    fn declare(&mut self, on: Date) {
        self.until = None;
        self.pauses.extend(self.ended.take().map(|ended| (ended, on)));
    }
}

struct Term {
    group: Group,
    member: PersonId,
    capacity: Capacity,
    from: Date,
    until: Date,
    /// The day on which the member left before the end.
    left: Option<Date>,
    basis: Basis,
}

/// What an appointment to the supervision group rests on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// An election that names the member, recorded by another account.
    Election,
    /// It says nothing, and no election of the station had been recorded by then.
    Untold,
    /// No such election, though there had been elections or it names one.
    Nothing,
}

/// A meeting with sealed minutes.
pub struct HeldMeeting {
    /// Which.
    pub meeting: MeetingId,
    /// Of which body.
    pub body: Body,
    /// When it was called.
    pub convened_at: Timestamp,
    /// When it was to begin.
    pub starts_at: Timestamp,
    /// The day on which it was held.
    pub held_on: Date,
    /// Whether it was entered later, from paper: then its calling says nothing of what it could ratify.
    pub backfilled: bool,
}

impl Term {
    fn of(appointed: &MemberAppointed, basis: Basis) -> Self {
        let &MemberAppointed { group, member, capacity, from, until, .. } = appointed;
        Self { group, member, capacity, from, until, left: None, basis }
    }

    /// Whether they act for the group on a day: not any more on the day on which they leave.
    fn is_held(&self, on: Date) -> bool {
        self.from <= on && on <= self.until && self.left.is_none_or(|left| on < left)
    }

    /// The leading group governs, and so do the two committees (两委) wherever they sit.
    fn governs(&self) -> bool {
        let of_committee =
            matches!(self.capacity, Capacity::BranchSecretary | Capacity::CommitteeMember);
        self.group == Group::LeadingGroup || of_committee
    }

    fn last_day(&self) -> Date {
        self.left.map_or(self.until, |left| left.min(self.until))
    }
}

impl Station {
    /// Takes an event of a day in.
    pub fn see(&mut self, event: &Event, fact: &Fact, on: Date) {
        match event {
            Event::SupervisorsElected(elected) => self.elections.push((**elected).clone()),
            Event::MemberAppointed(appointed) => {
                self.terms.push(Term::of(appointed, self.basis_of(appointed, fact)));
                self.declared(appointed.member, &appointed.relatives, on);
            }
            Event::MemberLeft(left) => {
                let terms = self.terms.iter_mut();
                terms
                    .filter(|term| term.group == left.group && term.member == left.member)
                    .for_each(|term| term.left = term.left.or(Some(on)));
            }
            Event::RelativesDeclared(it) => self.declared(it.member, &it.relatives, on),
            Event::KinshipEnded(it) => {
                self.tie(it.member, it.relative, |tie| tie.end(it.counts_until(), on));
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

    fn basis_of(&self, appointed: &MemberAppointed, fact: &Fact) -> Basis {
        let actor = &fact.metadata.actor;
        let names = |one: &&SupervisorsElected| {
            Some(one.election) == appointed.election
                && one.elected.contains(&appointed.member)
                && one.held_on <= appointed.from
                && !actor.is_same_as(&one.recorder.account, one.recorder.person)
        };
        if self.elections.iter().any(|one| names(&one)) {
            Basis::Election
        } else if appointed.election.is_none() && self.elections.is_empty() {
            Basis::Untold
        } else {
            Basis::Nothing
        }
    }

    fn declared(&mut self, member: PersonId, relatives: &[PersonId], on: Date) {
        relatives.iter().for_each(|&relative| self.tie(member, relative, |tie| tie.declare(on)));
    }

    fn tie(&mut self, one: PersonId, other: PersonId, change: impl Fn(&mut Tie)) {
        for (who, whom) in [(one, other), (other, one)] {
            change(self.relatives.entry(who).or_default().entry(whom).or_default());
        }
    }

    /// Whether somebody is in office in a group.
    pub fn is_in(&self, group: Group, member: PersonId, on: Date) -> bool {
        self.held_in(group, member, on).next().is_some()
    }

    /// Whether somebody is in office in any group.
    pub fn has(&self, member: PersonId, on: Date) -> bool {
        self.terms.iter().any(|term| term.member == member && term.is_held(on))
    }

    /// What somebody's office in the supervision group rests on; none for who has none on the day.
    pub fn basis(&self, member: PersonId, on: Date) -> Option<Basis> {
        self.held_in(Group::Supervision, member, on).map(|term| term.basis).next()
    }

    fn held_in(&self, group: Group, member: PersonId, on: Date) -> impl Iterator<Item = &Term> {
        let theirs = move |term: &&Term| term.group == group && term.member == member;
        self.terms.iter().filter(theirs).filter(move |term| term.is_held(on))
    }

    /// Whether somebody governed on a day of these.
    pub fn governed(&self, member: PersonId, from: Date, to: Date) -> bool {
        let mut terms = self.terms.iter().filter(|term| term.member == member && term.governs());
        terms.any(|term| term.from <= to && from <= term.last_day())
    }

    /// Whether a near relative of somebody governed on a day of these, while they were near.
    pub fn kin_governed(&self, member: PersonId, from: Date, to: Date) -> bool {
        let mut kin = self.relatives.get(&member).into_iter().flatten();
        kin.any(|(who, tie)| {
            let last = tie.until.map_or(to, |until| until.min(to));
            from <= last && self.governed(*who, from, last)
        })
    }

    /// Whether two were near relatives on a day or later, whoever of them declared it.
    pub fn are_related(&self, one: PersonId, other: PersonId, since: Date) -> bool {
        self.near(one, other).is_some_and(|tie| tie.until.is_none_or(|until| until >= since))
    }

    /// Whether two were said to be near relatives no more by a day, and declared to be it again on the day or later.
    pub fn resumed_after(&self, one: PersonId, other: PersonId, day: Date) -> bool {
        let tie = self.near(one, other);
        tie.is_some_and(|tie| tie.pauses.iter().any(|(from, to)| (*from..=*to).contains(&day)))
    }

    fn near(&self, one: PersonId, other: PersonId) -> Option<&Tie> {
        self.relatives.get(&one)?.get(&other)
    }

    /// The first council meeting held of those that were called after a moment.
    pub fn first_called_after(&self, at: Timestamp) -> Option<&HeldMeeting> {
        let after = self
            .held
            .iter()
            .filter(|held| held.body == Body::Council && !held.backfilled && held.convened_at > at);
        after.min_by_key(|held| held.starts_at)
    }

    /// A meeting, if it was held.
    pub fn held(&self, meeting: MeetingId) -> Option<&HeldMeeting> {
        self.held.iter().find(|held| held.meeting == meeting)
    }
}
