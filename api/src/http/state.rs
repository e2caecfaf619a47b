use std::ops::Deref;
use std::sync::Arc;

use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::health::Watched;
use super::idempotency::Keys;
use super::reading::Reads;
use crate::app::App;
use crate::tokens::Tokens;

/// Requests answered at once; more hear 503.
const AT_ONCE: usize = 1024;

/// What every request may need. Cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The parts of an [`AppState`].
pub struct Shared {
    /// Commands and what decides them.
    pub app: Arc<App>,
    /// Who may come in.
    pub tokens: Tokens,
    /// The read models.
    pub reads: Reads,
    /// What must be well for the service to be ready.
    pub watched: Watched,
    pub(super) keys: Keys,
    pub(super) attempts: Attempts,
    pub(super) places: Semaphore,
}

impl AppState {
    /// The state of a service whose parts are running.
    pub(super) fn new(app: Arc<App>, tokens: Tokens, reads: Reads, watched: Watched) -> Self {
        Self(Arc::new(Shared {
            app,
            tokens,
            reads,
            watched,
            keys: Keys::default(),
            attempts: Attempts::default(),
            places: Semaphore::new(AT_ONCE),
        }))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
