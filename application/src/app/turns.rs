//! One at a time for each person.

use domain::PersonId;
use tokio::sync::{Mutex, MutexGuard};

const TURNS: usize = 64;

/// Whoever does something about a person waits for the others who do. A person shares a turn with few others.
#[derive(Debug)]
pub struct Turns([Mutex<()>; TURNS]);

impl Default for Turns {
    fn default() -> Self {
        Self([const { Mutex::const_new(()) }; TURNS])
    }
}

impl Turns {
    /// The person's turn, until it is dropped.
    pub async fn of(&self, person: PersonId) -> MutexGuard<'_, ()> {
        self.0[(person.bits() % TURNS as u64) as usize].lock().await
    }
}
