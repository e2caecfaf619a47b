//! Who is in office at a station, who is near to whom, and which meetings it held.

use std::collections::{BTreeSet, HashMap};

use domain::station::{Event, Group};
use domain::{MeetingId, PersonId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A station as its stream and its meetings tell it.
#[derive(Default)]
pub struct Station {
    terms: Vec<Term>,
    /// What each person declared last.
    relatives: HashMap<PersonId, BTreeSet<PersonId>>,
    /// Meetings with sealed minutes, in the order of sealing.
    pub held: Vec<Held>,
}

struct Term {
    group: Group,
    member: PersonId,
    from: Date,
    until: Date,
    left: bool,
}

/// A meeting with sealed minutes.
pub struct Held {
    /// Which.
    pub meeting: MeetingId,
    /// When it was to begin.
    pub starts_at: Timestamp,
    /// The day on which it was held.
    pub held_on: Date,
}

impl Station {
    /// Takes an event in.
    pub fn see(&mut self, event: &Event) {
        match event {
            Event::MemberAppointed(appointed) => {
                let (group, member) = (appointed.group, appointed.member);
                let (from, until) = (appointed.from, appointed.until);
                self.terms.push(Term { group, member, from, until, left: false });
                self.relatives.entry(member).or_default().extend(&appointed.relatives);
            }
            Event::MemberLeft(left) => {
                let terms = self.terms.iter_mut();
                terms
                    .filter(|term| term.group == left.group && term.member == left.member)
                    .for_each(|term| term.left = true);
            }
            Event::RelativesDeclared(declared) => {
                let relatives = declared.relatives.iter().copied().collect();
                self.relatives.insert(declared.member, relatives);
            }
            Event::Opened(_)
            | Event::ItemEvidenced(_)
            | Event::ItemLost(_)
            | Event::TopicListed(_)
            | Event::MeetingHeld(_)
            | Event::MeetingMissed(_) => {}
        }
    }

    /// Whether somebody is in office in a group.
    pub fn is_in(&self, group: Group, member: PersonId, on: Date) -> bool {
        let mut terms =
            self.terms.iter().filter(|term| term.group == group && term.member == member);
        terms.any(|term| !term.left && term.from <= on && on <= term.until)
    }

    /// Whether either of two has declared the other as a near relative.
    pub fn are_related(&self, one: PersonId, other: PersonId) -> bool {
        let declared = |by, whom| self.relatives.get(&by).is_some_and(|near| near.contains(whom));
        declared(one, &other) || declared(other, &one)
    }

    /// The first meeting held after a moment.
    pub fn first_after(&self, at: Timestamp) -> Option<&Held> {
        let after = self.held.iter().filter(|held| held.starts_at > at);
        after.min_by_key(|held| held.starts_at)
    }
}
