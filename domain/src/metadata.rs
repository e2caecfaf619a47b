use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Actor;

/// What stands beside every fact: who asked, by which command, for which reason, under which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Who asked.
    pub actor: Actor,
    /// The command; the same command again states nothing new.
    pub command: Uuid,
    /// The event that a policy answered with this command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Uuid>,
    /// Version of the rulebook in force.
    pub rulebook: u32,
}
