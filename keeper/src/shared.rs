//! What the threads of a keeper and those who ask it share.

use std::sync::{Mutex, PoisonError};

use crate::tiles::Tiles;

/// How a keeper fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// It follows the log.
    Following,
    /// It has not begun, or the log cannot be read at the moment; it goes on when it can.
    Waiting {
        /// What it waits for.
        reason: String,
    },
    /// It has ended, and goes on when it is opened again.
    Stopped {
        /// Why.
        reason: String,
    },
    /// It has stopped for good and signs nothing until an operator acts.
    Halted {
        /// Why.
        reason: String,
    },
}

/// What the threads and those who ask share.
pub(crate) struct Shared {
    pub tiles: Tiles,
    health: Mutex<Health>,
}

impl Shared {
    pub fn new(tiles: Tiles, health: Health) -> Self {
        Self { tiles, health: Mutex::new(health) }
    }

    pub fn say(&self, health: Health) {
        *self.health.lock().unwrap_or_else(PoisonError::into_inner) = health;
    }

    pub fn health(&self) -> Health {
        self.health.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
