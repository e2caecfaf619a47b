//! 运行: what operators state of the service itself, so that whoever replays the history sees it too. The rules are our default:
//! no document speaks of clocks and backups.

mod events;
#[cfg(test)]
mod tests;

pub use events::{ClockConfirmed, Event, VaultLossAccepted};

use jiff::Timestamp;

use crate::{Aggregate, Given, Text};

/// What was stated; no rule of another stream rests on it.
#[derive(Debug, Clone, Default)]
pub struct Operation;

/// What operators may state.
#[derive(Debug, Clone)]
pub enum Command {
    /// 时钟确认.
    ConfirmClock {
        /// The last moment at which the service ran; none where that is not known.
        last_ran: Option<Timestamp>,
        /// Why.
        reason: Text<200>,
    },
    /// 个人信息缺失认定.
    AcceptVaultLoss {
        /// Of how many persons.
        persons: u64,
        /// Why.
        reason: Text<200>,
    },
}

refusals! {
    /// Why a statement is not taken.
    pub enum Rejection {
        NothingLost {} "operation.nothing_lost" at "persons" =>
            "个人信息库与日志相符,没有缺失可以认定。",
            "The vault holds all that the log refers to: nothing is lost.";
    }
}

impl Aggregate for Operation {
    const CATEGORY: &'static str = "operation";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::ConfirmClock { last_ran, reason } => {
                Ok(vec![Event::ClockConfirmed(ClockConfirmed { last_ran, reason })])
            }
            Command::AcceptVaultLoss { persons: 0, .. } => Err(Rejection::NothingLost {}),
            Command::AcceptVaultLoss { persons, reason } => {
                Ok(vec![Event::VaultLossAccepted(VaultLossAccepted { persons, reason })])
            }
        }
    }

    fn evolve(&mut self, _: &Event) {}
}
