//! 村: a village of the story, who sits in its groups, and what waits there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use application::NewMember;
use domain::{Actor, ActorId, BadValue, IssueId, PersonId, ResolutionId, UnitCode};

use super::course::Course;
use super::office::Office;
use super::plans::Plan;
use super::subjects::Subject;

/// A village with a station.
#[derive(Debug)]
pub struct Village {
    /// Its number in the story, from 0.
    pub number: usize,
    /// The village or community.
    pub unit: UnitCode,
    /// 单位名称.
    pub name: String,
    /// The town it lies in.
    pub town: UnitCode,
    /// Whether it has an estate.
    pub estate: bool,
    /// Who sits where.
    pub seats: Seats,
    /// Owners of the estate, who get their numbers when they come to a meeting.
    pub owners: Vec<NewMember>,
    waiting: Mutex<Waiting>,
}

/// Who sits in which group.
#[derive(Debug, Default)]
pub struct Seats {
    /// 领导小组: the secretary of the party branch and two of the committees; they sit in the council too.
    pub leaders: Vec<PersonId>,
    /// 议事会, the leaders first, then grid worker, mediator and others.
    pub council: Vec<PersonId>,
    /// 监督小组. The third is a near relative of the grid worker, the fourth also lends a hand.
    pub supervisors: Vec<PersonId>,
    /// 党支部.
    pub branch: Vec<PersonId>,
    /// 法律顾问.
    pub advisers: Vec<PersonId>,
    /// 村民代表.
    pub representatives: Vec<PersonId>,
}

/// What the next meeting has before it.
#[derive(Debug, Default)]
pub struct Waiting {
    /// Accepted issues, oldest first.
    pub issues: Vec<Topic>,
    /// Resolutions that are not completed.
    pub resolutions: BTreeSet<ResolutionId>,
    /// Those of which the party branch knows and no meeting yet.
    pub to_report: BTreeMap<ResolutionId, Arc<Course>>,
    /// 急事急议 that no meeting will be asked to ratify.
    pub forgotten: Option<IssueId>,
}

/// An issue for an agenda.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Which.
    pub issue: IssueId,
    /// What it is about.
    pub subject: &'static Subject,
    /// Whether it was dealt with before the meeting.
    pub ratifies: bool,
}

impl Village {
    /// A village whose station was just opened.
    pub fn new(plan: Plan, seats: Seats) -> Self {
        let Plan { number, unit, name, town, estate, owners, .. } = plan;
        let waiting = Mutex::default();
        Self { number, unit, name, town, estate, seats, owners, waiting }
    }

    /// What waits; never held over an `await`.
    pub fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who holds an office; none where the seat is empty.
    pub fn holder(&self, office: Office) -> Option<PersonId> {
        let (group, place) = match office {
            Office::Secretary => (&self.seats.leaders, 0),
            Office::Committee => (&self.seats.leaders, 1),
            Office::GridWorker => (&self.seats.council, 3),
            Office::Mediator => (&self.seats.council, 4),
            Office::Recorder => (&self.seats.council, 5),
            Office::Volunteer => (&self.seats.supervisors, 3),
            Office::Adviser => (&self.seats.advisers, 0),
            Office::Supervisor(place) => (&self.seats.supervisors, place),
            Office::Branch => (&self.seats.branch, 1),
        };
        group.get(place).copied()
    }

    /// The account of an office.
    pub fn account(&self, office: Office) -> Result<Actor, BadValue> {
        let (name, role) = office.account();
        let place = match office {
            Office::Supervisor(place) => place + 1,
            Office::Secretary
            | Office::Committee
            | Office::GridWorker
            | Office::Mediator
            | Office::Recorder
            | Office::Volunteer
            | Office::Adviser
            | Office::Branch => 1,
        };
        let id = ActorId::new(&format!("{name}{place}.{}", self.unit))?;
        let person = self.holder(office);
        Ok(Actor { id, role, unit: Some(self.unit.clone()), person })
    }
}
