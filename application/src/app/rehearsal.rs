//! Commands on units and squads tried one after another, storing nothing: what one would say stands for the next.

use std::collections::HashMap;

use domain::squad::Squad;
use domain::unit::Unit;
use domain::{Aggregate, UnitCode, squad, unit};

use super::App;
use super::caller::Caller;
use super::error::Error;
use super::reference::ReferenceData;

/// What is known, and what would be after the commands tried so far.
pub struct Rehearsal<'a> {
    app: &'a App,
    caller: &'a Caller,
    known: ReferenceData,
    units: HashMap<UnitCode, Unit>,
    squads: HashMap<UnitCode, Squad>,
}

impl<'a> Rehearsal<'a> {
    /// Begins with what is known now.
    pub fn new(app: &'a App, caller: &'a Caller) -> Self {
        let known = (*app.reference_data()).clone();
        Self { app, caller, known, units: HashMap::new(), squads: HashMap::new() }
    }

    /// A unit as it would be.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn unit(&mut self, code: &UnitCode) -> Result<&mut Unit, Error> {
        if !self.units.contains_key(code) {
            let unit = self.app.read_state::<Unit, _>(code.as_str(), Unit::clone).await?;
            self.units.insert(code.clone(), unit);
        }
        Ok(self.units.entry(code.clone()).or_default())
    }

    /// Whether a command would change anything of a unit.
    ///
    /// # Errors
    /// [`Error::Refused`] with the rule, or when the log cannot be read.
    pub async fn change_unit(
        &mut self,
        code: &UnitCode,
        command: unit::Command,
    ) -> Result<bool, Error> {
        self.unit(code).await?;
        let unit = self.units.entry(code.clone()).or_default();
        tried(self.app, self.caller, &mut self.known, code, unit, command)
    }

    /// Whether a command would change anything of a squad.
    ///
    /// # Errors
    /// [`Error::Refused`] with the rule, or when the log cannot be read.
    pub async fn change_squad(
        &mut self,
        code: &UnitCode,
        command: squad::Command,
    ) -> Result<bool, Error> {
        if !self.squads.contains_key(code) {
            let squad = self.app.read_state::<Squad, _>(code.as_str(), Squad::clone).await?;
            self.squads.insert(code.clone(), squad);
        }
        let squad = self.squads.entry(code.clone()).or_default();
        tried(self.app, self.caller, &mut self.known, code, squad, command)
    }
}

fn tried<A: Aggregate>(
    app: &App,
    caller: &Caller,
    known: &mut ReferenceData,
    code: &UnitCode,
    state: &mut A,
    command: A::Command,
) -> Result<bool, Error> {
    let given = app.given(app.clock.now(), known, caller);
    let events = state.decide(command, &given).map_err(Error::refused)?;
    for event in &events {
        state.evolve(event);
        known.units.evolve(code.as_str(), &event.clone().into());
    }
    Ok(!events.is_empty())
}
