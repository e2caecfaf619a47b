//! Where the story plays: the service, its clock, the accounts, and a tally of what was refused.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use application::{App, Caller, Error, ManualClock};
use domain::{Actor, ActorId, BadValue, PersonId, Refusal, Role, Text, UnitCode};
use uuid::Uuid;

use super::error::DemoError;

/// The service as the story uses it: commands only.
pub struct Stage {
    /// The service.
    pub app: Arc<App>,
    /// Its clock, set by the story.
    pub clock: Arc<ManualClock>,
    /// The seed of every die.
    pub seed: u64,
    commands: AtomicU64,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
}

/// What a unit's account is for.
#[derive(Debug, Clone, Copy)]
pub enum Desk {
    /// 管理员.
    Administrator,
    /// 记录员.
    Recorder,
    /// 证明人.
    Attester,
}

impl Stage {
    /// A stage on a service.
    #[must_use]
    pub fn new(app: Arc<App>, clock: Arc<ManualClock>, seed: u64) -> Self {
        Self { app, clock, seed, commands: AtomicU64::new(0), refusals: Mutex::default() }
    }

    /// The account with the next command.
    #[must_use]
    pub fn by(&self, actor: Actor) -> Caller {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        Caller::new(actor, self.named(&format!("command-{number}")))
    }

    /// The id of a command that has a name of its own in the story.
    #[must_use]
    pub fn named(&self, name: &str) -> Uuid {
        let space = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"yuanfa:demo");
        Uuid::new_v5(&space, format!("{}/{name}", self.seed).as_bytes())
    }

    /// 县委依法治县办, which also acts for 团县委.
    pub fn office(&self) -> Result<Caller, BadValue> {
        let id = ActorId::new("office.330225")?;
        Ok(self.by(Actor { id, role: Role::CountyOffice, unit: None, person: None }))
    }

    /// An account of a unit.
    pub fn desk(&self, desk: Desk, unit: &UnitCode) -> Result<Caller, BadValue> {
        Ok(self.by(account(desk, unit)?))
    }

    /// The volunteer's own account.
    pub fn volunteer(&self, person: PersonId) -> Result<Caller, BadValue> {
        let id = ActorId::new(&format!("volunteer.{person}"))?;
        Ok(self.by(Actor { id, role: Role::Volunteer, unit: None, person: Some(person) }))
    }

    /// What must be refused, and by this rule.
    pub fn refused<T>(
        &self,
        code: &'static str,
        result: Result<T, Error>,
    ) -> Result<(), DemoError> {
        let got = match result {
            Ok(_) => "no refusal".to_owned(),
            Err(error) => match error.refusal().map(Refusal::code) {
                Some(got) if got == code => {
                    self.count_refusal(code);
                    return Ok(());
                }
                Some(got) => got.to_owned(),
                None => return Err(error.into()),
            },
        };
        Err(DemoError::OtherThanTold { expected: code, got })
    }

    /// What may be refused by this rule, depending on what happened meanwhile.
    pub fn perhaps<T>(
        &self,
        code: &'static str,
        result: Result<T, Error>,
    ) -> Result<Option<T>, DemoError> {
        match result {
            Ok(done) => Ok(Some(done)),
            Err(error) if error.refusal().map(Refusal::code) == Some(code) => {
                self.count_refusal(code);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Counts a refusal.
    pub fn count_refusal(&self, code: &'static str) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        *refusals.entry(code).or_default() += 1;
    }

    /// Refusals so far by code.
    #[must_use]
    pub fn refusals(&self) -> BTreeMap<&'static str, u64> {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// An account of a unit, named after the desk and the unit's code.
pub fn account(desk: Desk, unit: &UnitCode) -> Result<Actor, BadValue> {
    let (name, role) = match desk {
        Desk::Administrator => ("admin", Role::UnitAdministrator),
        Desk::Recorder => ("recorder", Role::Recorder),
        Desk::Attester => ("attester", Role::Attester),
    };
    let id = ActorId::new(&format!("{name}.{unit}"))?;
    Ok(Actor { id, role, unit: Some(unit.clone()), person: None })
}

/// A text of the story.
pub fn text<const MAX: usize>(text: &str) -> Result<Text<MAX>, BadValue> {
    Text::new(text)
}
