//! Station.

mod commands;
mod events;
mod standing;

pub use commands::*;
pub use events::*;
pub use standing::Standing;

use crate::{Aggregate, Given};

/// State.
#[derive(Debug, Clone, Default)]
pub struct Station {}

refusals! {
    /// Why it is refused.
    pub enum Rejection {
        Unfounded {} "station.unfounded" at "station" => "没有。", "There is none.";
    }
}

impl Aggregate for Station {
    const CATEGORY: &'static str = "station";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, _: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Err(Rejection::Unfounded {})
    }

    fn evolve(&mut self, _: &Event) {}
}
