//! What a page needs beyond the event at hand.

use std::collections::{BTreeMap, HashMap};

use domain::MeetingId;
use jiff::civil::Date;
use projections::Fact;

/// What other streams say of a resolution.
#[derive(Default)]
pub(super) struct Around {
    /// The meeting that adopted it.
    pub(super) meeting: Vec<Fact>,
    /// The issue it comes from.
    pub(super) issue: Vec<Fact>,
    /// The name of the village.
    pub(super) village: Option<String>,
    /// The days of the meetings that were told of it.
    pub(super) held: HashMap<MeetingId, Date>,
}

/// What is remembered from one sentence to a later one.
#[derive(Default)]
pub(super) struct Story {
    /// The last day of the execution.
    pub(super) due: Option<Date>,
    /// Objections that wait for an answer, with its last day.
    pub(super) answers: BTreeMap<u32, Date>,
    /// Whether the period's objections are told one by one.
    pub(super) one_by_one: bool,
}

/// Whole days from one day to a later one.
pub(super) fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
