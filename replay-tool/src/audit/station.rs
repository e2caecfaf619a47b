//! Who is in office at a station, who is near to whom, and which meetings it held.

use std::collections::{BTreeSet, HashMap};

use domain::meeting::Body;
use domain::station::{Capacity, Event, Group, MemberAppointed};
use domain::{MeetingId, PersonId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A station as its stream and its meetings tell it.
#[derive(Default)]
pub struct Station {
    terms: Vec<Term>,
    /// What each person ever declared: a tie that was declared once counts on.
    relatives: HashMap<PersonId, BTreeSet<PersonId>>,
    /// Meetings with sealed minutes, in the order of sealing.
    pub held: Vec<HeldMeeting>,
}

struct Term {
    group: Group,
    member: PersonId,
    capacity: Capacity,
    from: Date,
    until: Date,
    /// The day on which the member left before the end.
    left: Option<Date>,
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
}

impl Term {
    fn of(appointed: &MemberAppointed) -> Self {
        let &MemberAppointed { group, member, capacity, from, until, .. } = appointed;
        Self { group, member, capacity, from, until, left: None }
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
    pub fn see(&mut self, event: &Event, on: Date) {
        match event {
            Event::MemberAppointed(appointed) => {
                self.terms.push(Term::of(appointed));
                self.declared(appointed.member, &appointed.relatives);
            }
            Event::MemberLeft(left) => {
                let terms = self.terms.iter_mut();
                terms
                    .filter(|term| term.group == left.group && term.member == left.member)
                    .for_each(|term| term.left = term.left.or(Some(on)));
            }
            Event::RelativesDeclared(it) => self.declared(it.member, &it.relatives),
            Event::Opened(_)
            | Event::ItemEvidenced(_)
            | Event::ItemLost(_)
            | Event::TopicListed(_)
            | Event::HouseholdsStated(_)
            | Event::MeetingHeld(_)
            | Event::MeetingMissed(_) => {}
        }
    }

    fn declared(&mut self, member: PersonId, relatives: &[PersonId]) {
        self.relatives.entry(member).or_default().extend(relatives);
    }

    /// Whether somebody is in office in a group.
    pub fn is_in(&self, group: Group, member: PersonId, on: Date) -> bool {
        let mut terms =
            self.terms.iter().filter(|term| term.group == group && term.member == member);
        terms.any(|term| term.left.is_none() && term.from <= on && on <= term.until)
    }

    /// Whether somebody governed on a day of these.
    pub fn governed(&self, member: PersonId, from: Date, to: Date) -> bool {
        let mut terms = self.terms.iter().filter(|term| term.member == member && term.governs());
        terms.any(|term| term.from <= to && from <= term.last_day())
    }

    /// Whether either of two has declared the other as a near relative.
    pub fn are_related(&self, one: PersonId, other: PersonId) -> bool {
        let declared = |by, whom| self.relatives.get(&by).is_some_and(|near| near.contains(whom));
        declared(one, &other) || declared(other, &one)
    }

    /// The first council meeting held of those that were called after a moment.
    pub fn first_called_after(&self, at: Timestamp) -> Option<&HeldMeeting> {
        let after =
            self.held.iter().filter(|held| held.body == Body::Council && held.convened_at > at);
        after.min_by_key(|held| held.starts_at)
    }

    /// A meeting, if it was held.
    pub fn held(&self, meeting: MeetingId) -> Option<&HeldMeeting> {
        self.held.iter().find(|held| held.meeting == meeting)
    }
}
