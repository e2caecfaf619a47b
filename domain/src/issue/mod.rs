//! Issue.

mod commands;
mod events;

pub use commands::*;
pub use events::*;

use crate::{Aggregate, Given};

/// State.
#[derive(Debug, Clone, Default)]
pub struct Issue {}

refusals! {
    /// Why it is refused.
    pub enum Rejection {
        Unfounded {} "issue.unfounded" at "issue" => "没有。", "There is none.";
    }
}

impl Aggregate for Issue {
    const CATEGORY: &'static str = "issue";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, _: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Err(Rejection::Unfounded {})
    }

    fn evolve(&mut self, _: &Event) {}
}
