use std::sync::{Arc, PoisonError, RwLock};

use domain::rulebook::Rulebook;
use domain::{Aggregate, Directory, Event};
use event_store::{EventStore, Position};
use projections::Fact;

use super::error::Error;

/// Events read at once.
const PAGE: u32 = 4096;

/// What every decision stands on: the tree of units and the rulebook, folded from the log.
#[derive(Default)]
pub struct Ground {
    known: RwLock<Arc<Known>>,
    turn: tokio::sync::Mutex<()>,
}

/// A state of the ground.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The tree of units.
    pub units: Directory,
    /// All versions of the rulebook.
    pub rulebook: Rulebook,
    /// The last event taken in.
    pub position: Position,
}

impl Ground {
    /// What is known now.
    pub fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the log to its head; callers take turns, so each event is folded once.
    pub async fn catch_up(&self, store: &dyn EventStore) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        loop {
            let page = store.read_all(self.known().position, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            let position = last.position;
            let told = page.iter().filter(|event| tells_of_ground(event.stream.as_str()));
            let facts: Vec<Fact> = told.map(Fact::read).collect::<Result<_, _>>()?;
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            let known = Arc::make_mut(&mut known);
            known.position = position;
            for fact in &facts {
                known.evolve(fact);
            }
        }
    }
}

fn tells_of_ground(stream: &str) -> bool {
    ["unit-", "squad-", "rulebook-"].iter().any(|category| stream.starts_with(category))
}

impl Known {
    fn evolve(&mut self, fact: &Fact) {
        if let Event::Rulebook(event) = &fact.event {
            self.rulebook.evolve(event);
        }
        self.units.evolve(fact.key(), &fact.event);
    }
}
