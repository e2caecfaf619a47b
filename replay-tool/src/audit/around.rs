//! What the rest of the log has told so far, for a fact about one decision.

use std::collections::HashMap;

use domain::unit::Registered;
use domain::{Actor, MeetingId, Role, UnitCode};

use super::meeting::Meeting;
use super::station::Station;

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

/// Units and what is above each.
#[derive(Default)]
pub struct Units(HashMap<UnitCode, Option<UnitCode>>);

impl Units {
    /// Takes a unit in.
    pub fn register(&mut self, unit: &Registered) {
        self.0.insert(unit.unit.clone(), unit.parent.clone());
    }

    /// Whether a unit is registered.
    pub fn knows(&self, unit: &UnitCode) -> bool {
        self.0.contains_key(unit)
    }

    /// Whether a unit is another, or below it.
    pub fn is_within(&self, unit: &UnitCode, root: &UnitCode) -> bool {
        let above = |unit: &&UnitCode| self.0.get(*unit).and_then(Option::as_ref);
        let mut line = std::iter::successors(Some(unit), above).take(self.0.len() + 1);
        line.any(|unit| unit == root)
    }

    /// Whether somebody speaks for the county or for a unit above a station's.
    pub fn is_above(&self, actor: &Actor, station: &UnitCode) -> bool {
        let unit = actor.unit.as_ref();
        let above = unit.is_none_or(|unit| unit != station && self.is_within(station, unit));
        actor.role == Role::CountyOffice || (actor.role == Role::UnitAdministrator && above)
    }
}
