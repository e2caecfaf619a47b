use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use application::App;
use application::tokens::Tokens;
use keeper::Keeper;
use projections::AsOf;
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::health::Watched;
use super::idempotency::Keys;
use super::reading::Reads;

/// Requests answered at once; more hear 503.
const AT_ONCE: usize = 1024;
/// Uploads of evidence taken in at once; more hear 503.
const UPLOADS_AT_ONCE: usize = 16;

/// What operators may set.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much residents without an account may file from one address within an hour; 0: without end.
    pub public_filings_per_hour: u32,
    /// How the ledger is kept.
    pub ledger: keeper::Options,
    /// After how many events the read models of the past are brought up; 0: only when somebody asks.
    pub mark_every: u64,
}

impl Options {
    /// Unless the operators set it.
    pub const PUBLIC_FILINGS_PER_HOUR: u32 = 30;
    /// Between two checkpoints of the ledger.
    pub const CHECKPOINT_INTERVAL: Duration = Duration::from_secs(1);
}

impl Default for Options {
    fn default() -> Self {
        let interval = Self::CHECKPOINT_INTERVAL;
        let ledger = keeper::Options { interval, ..keeper::Options::default() };
        Self {
            public_filings_per_hour: Self::PUBLIC_FILINGS_PER_HOUR,
            ledger,
            mark_every: AsOf::EVERY,
        }
    }
}

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
    /// The ledger.
    pub ledger: Arc<Keeper>,
    /// What must be well for the service to be ready.
    pub watched: Watched,
    pub(super) keys: Keys,
    pub(super) failures: Attempts,
    /// None where residents may file without end.
    pub(super) filings: Option<Attempts>,
    pub(super) places: Semaphore,
    /// For uploads, each of which is held in memory.
    pub(super) uploads: Semaphore,
}

impl AppState {
    /// The state of a service whose parts are running.
    pub(super) fn new(
        app: Arc<App>,
        tokens: Tokens,
        reads: Reads,
        ledger: Arc<Keeper>,
        watched: Watched,
        options: &Options,
    ) -> Self {
        let an_hour = options.public_filings_per_hour;
        Self(Arc::new(Shared {
            app,
            tokens,
            reads,
            ledger,
            watched,
            keys: Keys::default(),
            failures: Attempts::failures(),
            filings: (an_hour > 0).then(|| Attempts::filings(an_hour)),
            places: Semaphore::new(AT_ONCE),
            uploads: Semaphore::new(UPLOADS_AT_ONCE),
        }))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
