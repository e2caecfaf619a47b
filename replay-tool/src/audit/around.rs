use std::collections::HashMap;

use domain::MeetingId;

use super::meeting::Meeting;
use super::station::Station;
use super::units::Units;

/// What the rest of the log has told so far, for a fact about one decision.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The decision's station, if the log has told of it.
    pub station: Option<&'a Station>,
    /// Every meeting.
    pub meetings: &'a HashMap<MeetingId, Meeting>,
    /// Every unit.
    pub units: &'a Units,
}
