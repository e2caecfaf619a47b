//! Survey.

mod commands;
mod events;

pub use commands::*;
pub use events::*;

use crate::{Aggregate, Given};

/// State.
#[derive(Debug, Clone, Default)]
pub struct Survey {}

refusals! {
    /// Why it is refused.
    pub enum Rejection {
        Unfounded {} "survey.unfounded" at "survey" => "没有。", "There is none.";
    }
}

impl Aggregate for Survey {
    const CATEGORY: &'static str = "survey";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, _: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Err(Rejection::Unfounded {})
    }

    fn evolve(&mut self, _: &Event) {}
}
