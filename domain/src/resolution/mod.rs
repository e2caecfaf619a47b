//! Resolution.

mod commands;
mod events;

pub use commands::*;
pub use events::*;

use crate::{Aggregate, Given};

/// State.
#[derive(Debug, Clone, Default)]
pub struct Resolution {}

refusals! {
    /// Why it is refused.
    pub enum Rejection {
        Unfounded {} "resolution.unfounded" at "resolution" => "没有。", "There is none.";
    }
}

impl Aggregate for Resolution {
    const CATEGORY: &'static str = "resolution";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, _: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Err(Rejection::Unfounded {})
    }

    fn evolve(&mut self, _: &Event) {}
}
