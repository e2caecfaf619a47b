use std::sync::{Arc, PoisonError, RwLock};

use domain::calendar::{self, Holidays};
use domain::rulebook::{self, Rulebook};
use domain::{
    Aggregate, CampaignCode, Category, County, Directory, UnitCode, campaign, squad, unit,
};
use event_store::{EventStore, Position};
use jiff::Timestamp;
use projections::{Fact, Fold, reads};

use super::error::Error;

/// Events read at once.
const PAGE: u32 = 4096;

/// What every decision stands on: the tree of units with the campaigns, the rulebook and the calendar, folded from the log.
#[derive(Default)]
pub struct ReferenceCache {
    known: RwLock<Arc<ReferenceData>>,
    turn: tokio::sync::Mutex<()>,
}

/// A state of the ground.
#[derive(Debug, Clone, Default)]
pub struct ReferenceData {
    /// The tree of units.
    pub units: Directory,
    /// All versions of the rulebook.
    pub rulebook: Rulebook,
    /// Working days, as far as they are known.
    pub holidays: Holidays,
    /// The last event taken in.
    pub position: Position,
    /// When it was recorded; none before the first.
    pub recorded_at: Option<Timestamp>,
}

impl ReferenceCache {
    /// What is known now.
    pub fn current(&self) -> Arc<ReferenceData> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the log to its head; callers take turns, so each event is folded once.
    pub async fn catch_up(&self, store: &dyn EventStore) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        loop {
            let page = store.read_all(self.current().position, PAGE).await?;
            let Some(last) = page.last() else { return Ok(()) };
            let (position, recorded_at) = (last.position, Some(last.recorded_at));
            let told = page.iter().filter(|event| ReferenceData::reads(event.stream.category()));
            let facts: Vec<Fact> = told.map(Fact::read).collect::<Result<_, _>>()?;
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            let known = Arc::make_mut(&mut known);
            (known.position, known.recorded_at) = (position, recorded_at);
            for fact in &facts {
                ReferenceData::apply(fact, known);
            }
        }
    }
}

impl ReferenceData {
    fn reads(category: &str) -> bool {
        Category::named(category).is_some_and(|category| Self::READS.contains(&category))
    }
}

impl Fold for ReferenceData {
    reads! { Self: rulebook, calendar, campaign, unit, squad }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, known: &mut Self) {
        known.rulebook.evolve(event);
    }

    fn calendar(_: &Fact, _: &County, event: &calendar::Event, known: &mut Self) {
        known.holidays.evolve(event);
    }

    fn campaign(_: &Fact, code: &CampaignCode, event: &campaign::Event, known: &mut Self) {
        known.units.evolve(code.as_str(), &event.clone().into());
    }

    fn unit(_: &Fact, code: &UnitCode, event: &unit::Event, known: &mut Self) {
        known.units.evolve(code.as_str(), &event.clone().into());
    }

    fn squad(_: &Fact, code: &UnitCode, event: &squad::Event, known: &mut Self) {
        known.units.evolve(code.as_str(), &event.clone().into());
    }
}
