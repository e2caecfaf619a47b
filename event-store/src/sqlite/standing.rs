//! Whether the log takes writes, as its writer last found.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{HaltReason, Health};

/// Shared by the writer and all who ask. Once halted it stays so.
#[derive(Clone)]
pub(super) struct Standing(Arc<Mutex<Health>>);

impl Standing {
    pub(super) fn new(health: Health) -> Self {
        Self(Arc::new(Mutex::new(health)))
    }

    pub(super) fn health(&self) -> Health {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says that writing stops for good; the first reason stays.
    pub(super) fn halt(&self, reason: HaltReason) -> HaltReason {
        let mut health = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Health::Halted(first) = &*health {
            return first.clone();
        }
        tracing::error!(%reason, "the event log takes no more writes");
        *health = Health::Halted(reason.clone());
        reason
    }

    /// Says that nothing can be written at the moment.
    pub(super) fn pause(&self, reason: HaltReason) {
        let mut health = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*health {
            Health::Writing => tracing::error!(%reason, "the event log pauses"),
            Health::Paused(_) => {}
            Health::Halted(_) | Health::Unreachable(_) => return,
        }
        *health = Health::Paused(reason);
    }

    /// Says that something was written.
    pub(super) fn wrote(&self) {
        let mut health = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Health::Paused(_) = &*health {
            tracing::info!("the event log goes on");
            *health = Health::Writing;
        }
    }
}
