use domain::{Actor, ActorId, BadValue, ImportId};
use event_store::Version;
use uuid::Uuid;

/// Who asks, and which asking this is.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub actor: Actor,
    /// The command; the same again changes nothing and answers as the first time.
    pub command: Uuid,
    /// The version the caller has seen, where they insist on it (`If-Match`).
    pub seen: Option<Version>,
    /// The event that a policy answers.
    pub cause: Option<Uuid>,
    /// The import that the command is part of, or takes back.
    pub import: Option<ImportId>,
}

impl Caller {
    /// An account with a command of its own making.
    #[must_use]
    pub fn new(actor: Actor, command: Uuid) -> Self {
        Self { actor, command, seen: None, cause: None, import: None }
    }

    /// The service itself; `name` tells which part, for example `policy:points`.
    ///
    /// # Errors
    /// When the name is no account id.
    pub fn system(name: &str, command: Uuid) -> Result<Self, BadValue> {
        Ok(Self::new(Actor::system(ActorId::new(name)?), command))
    }

    /// A resident 居民 without an account: a secret code stands for what is theirs.
    #[must_use]
    pub fn resident(command: Uuid) -> Self {
        Self::new(Actor::resident(), command)
    }

    /// The same caller with a command of its own for one step of several.
    #[must_use]
    pub fn step(&self, step: &str) -> Self {
        Self { command: Uuid::new_v5(&self.command, step.as_bytes()), ..self.clone() }
    }
}
