//! 援法议事工作站: what a village needs for deliberating, who sits in its groups, and that it meets
//! every month.

mod commands;
mod elections;
mod events;
mod kinship;
mod months;
mod rejection;
mod seat;
mod seats;
#[cfg(test)]
mod tests;
mod topics;

pub use commands::*;
pub use events::*;
pub use kinship::Relative;
pub use rejection::Rejection;
pub use seats::Standing;

use std::collections::BTreeSet;

use kinship::Kinship;
use seat::Seat;

use crate::unit::Kind;
use crate::{Aggregate, Evidence, Given, MeetingId, Month, Text, TopicCode, UnitCode};

/// More is a slip of the pen: no village or community has so many households.
const MOST_HOUSEHOLDS: u32 = 100_000;

/// A station as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Station {
    opened: Option<Opened>,
    items: BTreeSet<Item>,
    seats: Vec<Seat>,
    kinship: Kinship,
    elections: Vec<SupervisorsElected>,
    /// Items beside the shipped lists.
    topics: BTreeSet<TopicCode>,
    households: Option<u32>,
    meetings: BTreeSet<MeetingId>,
    held: BTreeSet<Month>,
    missed: BTreeSet<Month>,
}

impl Station {
    /// Whether it was opened.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.opened.is_some()
    }

    /// The village or community.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitCode> {
        self.opened.as_ref().map(|opened| &opened.unit)
    }

    /// How many households it has, as last stated.
    #[must_use]
    pub fn households(&self) -> Option<u32> {
        self.households
    }

    fn state_households(
        &self,
        stated: HouseholdsStated,
        above: bool,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        if !above {
            return Err(Rejection::OwnHouseholds {});
        }
        if !(1..=MOST_HOUSEHOLDS).contains(&stated.households) {
            return Err(Rejection::Households { most: MOST_HOUSEHOLDS });
        }
        let today = given.today();
        if stated.as_of > today {
            return Err(Rejection::HouseholdsInFuture { today });
        }
        Ok(Event::HouseholdsStated(stated))
    }

    fn opened(&self) -> Result<&Opened, Rejection> {
        self.opened.as_ref().ok_or(Rejection::NotOpen {})
    }

    fn open(&self, unit: UnitCode, estate: bool, given: &Given<'_>) -> Result<Event, Rejection> {
        if self.is_open() {
            return Err(Rejection::AlreadyOpen {});
        }
        let node = given.units.get(&unit).ok_or(Rejection::UnknownUnit { unit: unit.clone() })?;
        if let Some(successor) = &node.succeeded_by {
            return Err(Rejection::EndedUnit { successor: successor.clone() });
        }
        if node.kind == Kind::County {
            return Err(Rejection::County {});
        }
        let level = if node.kind == Kind::Town { Level::Town } else { Level::Village };
        Ok(Event::Opened(Opened { unit, level, estate, opened_on: given.today() }))
    }

    /// Those of 五有 that nothing shows to be there.
    #[must_use]
    pub fn missing_items(&self) -> Vec<Item> {
        Item::ALL.iter().copied().filter(|item| !self.items.contains(item)).collect()
    }

    fn evidence_item(
        &self,
        item: Item,
        note: Text<200>,
        evidence: Vec<Evidence>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        if evidence.is_empty() {
            return Err(Rejection::NoEvidence {});
        }
        Evidence::check(&evidence)?;
        Ok(Event::ItemEvidenced(ItemEvidenced { item, note, evidence }))
    }

    fn lose_item(&self, item: Item, reason: Text<200>) -> Result<Event, Rejection> {
        self.opened()?;
        if self.items.contains(&item) {
            Ok(Event::ItemLost(ItemLost { item, reason }))
        } else {
            Err(Rejection::ItemNotThere { item })
        }
    }
}

impl Aggregate for Station {
    const CATEGORY: &'static str = "station";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Open { unit, estate } => self.open(unit, estate, given)?,
            Command::EvidenceItem { item, note, evidence } => {
                self.evidence_item(item, note, evidence)?
            }
            Command::LoseItem { item, reason } => self.lose_item(item, reason)?,
            Command::RecordElection(new) => self.record_election(*new, given)?,
            Command::Appoint(asked) => self.appoint(*asked, given)?,
            Command::Leave { group, member, reason } => self.leave(group, member, reason, given)?,
            Command::DeclareRelatives { member, relatives } => {
                self.declare_relatives(member, relatives)?
            }
            Command::EndKinship { member, relative, ended_on } => {
                self.end_kinship(member, relative, ended_on, given)?
            }
            Command::ListTopic(asked) => self.list_topic(asked, given)?,
            Command::StateHouseholds { stated, above } => {
                self.state_households(stated, above, given)?
            }
            Command::HoldMeeting(held) => return self.hold_meeting(held),
            Command::MissMeeting { month } => return self.miss_meeting(month, given),
        };
        Ok(vec![event])
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Opened(opened) => self.opened = Some(opened.clone()),
            Event::ItemEvidenced(evidenced) => {
                self.items.insert(evidenced.item);
            }
            Event::ItemLost(lost) => {
                self.items.remove(&lost.item);
            }
            Event::SupervisorsElected(elected) => self.elections.push((**elected).clone()),
            Event::MemberAppointed(appointed) => {
                self.seats.push(Seat::of(appointed));
                self.kinship.declare(appointed.member, &appointed.relatives);
            }
            Event::MemberLeft(left) => {
                self.seats.iter_mut().for_each(|seat| seat.vacate(left));
            }
            Event::RelativesDeclared(declared) => {
                self.kinship.declare(declared.member, &declared.relatives);
            }
            Event::KinshipEnded(ended) => self.kinship.end(ended),
            Event::TopicListed(listed) => {
                self.topics.insert(listed.code.clone());
            }
            Event::HouseholdsStated(stated) => self.households = Some(stated.households),
            Event::MeetingHeld(held) => {
                self.meetings.insert(held.meeting);
                self.held.insert(Month::of(held.held_on));
            }
            Event::MeetingMissed(missed) => {
                self.missed.insert(missed.month);
            }
        }
    }
}
