//! What the rest of the log has told so far, for a fact about one decision.

use std::collections::HashMap;

use domain::unit::{Registered, Succeeded};
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
pub struct Units {
    above: HashMap<UnitCode, Option<UnitCode>>,
    /// Who took a unit over with all that was open there.
    heirs: HashMap<UnitCode, UnitCode>,
}

impl Units {
    /// Takes a unit in.
    pub fn register(&mut self, unit: &Registered) {
        self.above.insert(unit.unit.clone(), unit.parent.clone());
    }

    /// Takes in that another unit took over.
    pub fn succeed(&mut self, unit: &UnitCode, succeeded: &Succeeded) {
        if succeeded.takes_over.is_some() {
            self.heirs.insert(unit.clone(), succeeded.by.clone());
        }
    }

    /// The unit that acts for a unit: itself, or whoever took it over.
    pub fn acting<'a>(&'a self, unit: &'a UnitCode) -> &'a UnitCode {
        let heir = |at: &&'a UnitCode| self.heirs.get(*at);
        let heirs = std::iter::successors(Some(unit), heir).take(self.heirs.len() + 1);
        heirs.last().unwrap_or(unit)
    }

    /// Whether a unit is registered.
    pub fn knows(&self, unit: &UnitCode) -> bool {
        self.above.contains_key(unit)
    }

    /// Whether a unit is another, or below it.
    pub fn is_within(&self, unit: &UnitCode, root: &UnitCode) -> bool {
        let parent = |unit: &&UnitCode| self.above.get(*unit).and_then(Option::as_ref);
        let above = |unit: &&UnitCode| self.heirs.get(*unit).or_else(|| parent(unit));
        let mut line = std::iter::successors(Some(unit), above).take(self.above.len() + 1);
        line.any(|unit| unit == root)
    }

    /// Whether somebody speaks for the county or for a unit above a station's.
    pub fn is_above(&self, actor: &Actor, station: &UnitCode) -> bool {
        let unit = actor.unit.as_ref();
        let above = unit.is_none_or(|unit| unit != station && self.is_within(station, unit));
        actor.role == Role::CountyOffice || (actor.role == Role::UnitAdministrator && above)
    }
}
