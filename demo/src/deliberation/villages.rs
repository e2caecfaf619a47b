//! The villages of the story, and what is planted in them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::planted::Planted;
use super::village::Village;

/// What the story knows of its villages.
#[derive(Debug, Default)]
pub struct Deliberation {
    villages: Mutex<BTreeMap<usize, Arc<Village>>>,
    /// By stream.
    planted: Mutex<BTreeMap<String, Planted>>,
}

impl Deliberation {
    /// A village with a station from now on.
    pub fn enter(&self, village: &Arc<Village>) {
        let mut villages = self.villages.lock().unwrap_or_else(PoisonError::into_inner);
        villages.insert(village.number, Arc::clone(village));
    }

    /// Notes what was planted; on one stream the latest counts.
    pub fn plant(&self, planted: Planted) {
        let mut all = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(planted.stream.clone(), planted);
    }

    /// The first village with a station.
    pub fn first(&self) -> Option<Arc<Village>> {
        let villages = self.villages.lock().unwrap_or_else(PoisonError::into_inner);
        villages.values().next().cloned()
    }

    /// What was planted so far.
    pub fn planted(&self) -> Vec<Planted> {
        let planted = self.planted.lock().unwrap_or_else(PoisonError::into_inner);
        planted.values().cloned().collect()
    }
}
