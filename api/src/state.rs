use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use application::queries::Queries;
use application::tokens::Tokens;
use application::{App, Aside, Running, Service, ServiceOptions, StartError};
use keeper::Keeper;
use projections::AsOf;
use tokio::sync::{Mutex, Semaphore};

use crate::request::attempts::Attempts;
use crate::request::idempotency::Keys;
use crate::request::shares::Shares;
use crate::watch::tally::Tally;

/// Requests answered at once; more hear 503.
const AT_ONCE: usize = 1024;
/// Requests of one account answered at once, and of all without one who come from an address; more hear 503.
const OF_ONE_ASKER: usize = 256;
/// Uploads of evidence taken in at once; more hear 503.
const UPLOADS_AT_ONCE: usize = 16;

/// What operators may set.
#[derive(Debug, Clone)]
pub struct Options {
    /// How much residents without an account may file from one address within an hour; 0: without end.
    pub public_filings_per_hour: u32,
    /// How the service behind it runs.
    pub service: ServiceOptions,
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
            service: ServiceOptions { ledger, mark_every: AsOf::EVERY },
        }
    }
}

/// What every request may need. Cloning is cheap.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The parts of an [`AppState`].
pub struct Shared {
    /// What one can do.
    pub app: Arc<App>,
    /// What one can ask.
    pub queries: Queries,
    /// Who may come in.
    pub tokens: Tokens,
    /// The ledger.
    pub ledger: Arc<Keeper>,
    /// What must be well for the service to be ready.
    pub running: Running,
    pub(super) tally: Mutex<Tally>,
    pub(super) keys: Keys,
    pub(super) failures: Attempts,
    /// None where residents may file without end.
    pub(super) filings: Option<Attempts>,
    pub(super) places: Semaphore,
    /// For what takes the processor: proofs, codes, long tables.
    pub(super) aside: Aside,
    pub(super) shares: Shares,
    /// For uploads, each of which is held in memory.
    pub(super) uploads: Semaphore,
}

impl AppState {
    /// Starts the service, for [`router`](crate::router) to serve. Whoever started it ends it with [`stop`](Self::stop).
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub async fn start(app: Arc<App>, options: Options) -> Result<Self, StartError> {
        let service = Service::start(app, &options.service).await?;
        Ok(Self::of(service, options.public_filings_per_hour))
    }

    /// Ends what runs beside HTTP, each part after the work at hand.
    pub async fn stop(&self) {
        self.running.stop().await;
    }

    fn of(service: Service, filings_per_hour: u32) -> Self {
        let Service { app, queries, tokens, ledger, running } = service;
        Self(Arc::new(Shared {
            app,
            queries,
            tokens,
            ledger,
            running,
            tally: Mutex::default(),
            keys: Keys::default(),
            failures: Attempts::failures(),
            filings: (filings_per_hour > 0).then(|| Attempts::filings(filings_per_hour)),
            aside: Aside::default(),
            places: Semaphore::new(AT_ONCE),
            shares: Shares::of(OF_ONE_ASKER),
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
