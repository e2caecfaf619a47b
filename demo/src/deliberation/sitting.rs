//! A meeting, from the plan to the minutes.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::meeting::{Body, Outcome};
use domain::{MeetingId, ResolutionId};
use jiff::civil::Date;

use super::course::Course;
use super::village::Topic;

/// A meeting that is to be held.
#[derive(Debug)]
pub struct Sitting {
    /// Its month in 2022.
    pub month: i8,
    /// Which body.
    pub body: Body,
    /// The day.
    pub held_on: Date,
}

/// A meeting that was called.
#[derive(Debug)]
pub struct Called {
    /// Which was to be held.
    pub sitting: Sitting,
    /// Its id.
    pub id: MeetingId,
    /// What is on the agenda.
    pub agenda: Vec<Topic>,
    /// Resolutions of which it is to be told.
    pub announced: BTreeSet<ResolutionId>,
}

/// A meeting that was held.
#[derive(Debug)]
pub struct Held {
    /// Which was to be held.
    pub sitting: Sitting,
    /// Its id.
    pub id: MeetingId,
    /// What was decided on each topic.
    pub topics: Vec<(Topic, Outcome)>,
    /// Resolutions of which it was told.
    pub reported: Vec<Arc<Course>>,
}

/// Days between calling a body and its meeting.
pub fn notice_days(body: Body) -> u32 {
    match body {
        Body::Council => 4,
        Body::Representatives => 6,
        Body::Villagers => 10,
        Body::Owners => 16,
    }
}
