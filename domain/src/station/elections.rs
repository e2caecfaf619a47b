//! 推选: the watched do not appoint the watchers (after 村民委员会组织法 §32).
//!
//! Residents choose who supervises; that is recorded with its day, its body, its result and what shows it. An appointment to the
//! supervision group rests on such a record, by another person than the one who recorded it, so that nobody fills the group
//! alone. Neither of them is of those who are supervised, nor is whoever lets a supervisor leave. Its term ends when the years
//! of a term have passed since the election: a new one needs a new election.

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::seats::{LARGEST_GROUP, ends_in_time};
use super::{Appointment, Event, Group, NewElection, Rejection, Station, SupervisorsElected};
use crate::meeting::Body;
use crate::service::Recorder;
use crate::{Evidence, Given, PersonId};

impl Station {
    pub(super) fn record_election(
        &self,
        new: NewElection,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        let NewElection { held_on, body, way, elected, result, evidence, sealed_here } = new;
        if body == Body::Council {
            return Err(Rejection::CouncilElects {});
        }
        let latest = given.today();
        let years = *given.rulebook.rules.deliberation().term_years;
        let earliest = latest.saturating_sub(i32::from(years).years());
        if !(earliest..=latest).contains(&held_on) {
            return Err(Rejection::ElectionDay { earliest, latest });
        }
        let elected: BTreeSet<PersonId> = elected.into_iter().collect();
        if elected.is_empty() {
            return Err(Rejection::NobodyElected {});
        }
        if elected.len() > LARGEST_GROUP {
            return Err(Rejection::GroupFull { limit: LARGEST_GROUP });
        }
        if elected.contains(&self.independent(given)?) {
            return Err(Rejection::ElectedOneself {});
        }
        if evidence.is_empty() {
            return Err(Rejection::NoEvidence {});
        }
        Evidence::check(&evidence)?;
        let last = self.elections.last().map_or(0, |last| last.election);
        let recorder = Recorder { account: given.actor.id.clone(), person: given.actor.person };
        Ok(Event::SupervisorsElected(Box::new(SupervisorsElected {
            election: last.saturating_add(1),
            held_on,
            body,
            way,
            elected: elected.into_iter().collect(),
            result,
            recorder,
            evidence,
            sealed_here,
        })))
    }

    /// The person behind the account, who is none of those who are supervised: neither governs nor sits in the council today.
    /// Two accounts with nobody behind them may be one hand.
    pub(super) fn independent(&self, given: &Given<'_>) -> Result<PersonId, Rejection> {
        let person = given.actor.person.ok_or(Rejection::NobodyBehind {})?;
        let today = given.today();
        let standing = self.standing(Some(person), today);
        if standing.governed_until == Some(today) || standing.is_in(Group::Council) {
            return Err(Rejection::Watched {});
        }
        Ok(person)
    }

    /// Whether a supervisor's appointment rests on an election; nobody else's names one.
    pub(super) fn rests_on_election(
        &self,
        asked: &Appointment,
        given: &Given<'_>,
    ) -> Result<(), Rejection> {
        let number = match (asked.group, asked.election) {
            (Group::Supervision, Some(number)) => number,
            (Group::Supervision, None) => return Err(Rejection::NeedsElection {}),
            (_, Some(_)) => return Err(Rejection::NotByElection {}),
            (_, None) => return Ok(()),
        };
        self.independent(given)?;
        let election = self.elections.iter().find(|one| one.election == number);
        let election = election.ok_or(Rejection::UnknownElection { election: number })?;
        if !election.elected.contains(&asked.member) {
            return Err(Rejection::NotElected { election: number });
        }
        let held_on = election.held_on;
        if asked.from < held_on {
            return Err(Rejection::BeforeElection { held_on });
        }
        let Recorder { account, person } = &election.recorder;
        if given.actor.is_same_as(account, *person) {
            return Err(Rejection::OwnElection {});
        }
        ends_in_time(held_on, asked.until, given)
    }
}
