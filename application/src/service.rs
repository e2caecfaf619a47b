//! The service without its addresses: what answers, and what runs beside it.

use std::sync::{Arc, Mutex, PoisonError};

use keeper::Keeper;
use projections::{AsOf, ProjectionError};

use crate::background::{self, Background};
use crate::queries::Queries;
use crate::tokens::{TokenError, Tokens};
use crate::{App, files};

/// Where the read models of the past lie in the data folder.
const PAST: &str = "as-of";

/// How the service runs.
#[derive(Debug, Clone, Default)]
pub struct ServiceOptions {
    /// How the ledger is kept.
    pub ledger: keeper::Options,
    /// After how many events the read models of the past are brought up; 0: only when somebody asks.
    pub mark_every: u64,
}

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// What runs beside the answers.
    #[error(transparent)]
    Background(#[from] background::StartError),
    /// The read models of the past.
    #[error("cannot open the read models of the past")]
    Past(#[from] ProjectionError),
    /// The event log.
    #[error(transparent)]
    App(#[from] crate::Error),
    /// The tokens.
    #[error(transparent)]
    Tokens(#[from] TokenError),
}

/// A running service: commands, queries, and what follows the log.
pub struct Service {
    /// What one can do.
    pub app: Arc<App>,
    /// What one can ask.
    pub queries: Queries,
    /// Who may come in.
    pub tokens: Tokens,
    /// The ledger.
    pub ledger: Arc<Keeper>,
    /// What runs beside the answers.
    pub running: Running,
}

/// Read models, policies, scheduler and ledger, until they are stopped.
pub struct Running(Mutex<Option<Background>>);

impl Service {
    /// Starts read models, policies, scheduler and ledger. Whoever started it ends it with [`Running::stop`].
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub async fn start(app: Arc<App>, options: &ServiceOptions) -> Result<Self, StartError> {
        let tokens = Tokens::open(&app.data.join(files::NODE))?;
        let every = if options.mark_every == 0 { AsOf::EVERY } else { options.mark_every };
        let as_of = Arc::new(AsOf::open(app.data.join(PAST), every)?);
        let ahead = (options.mark_every > 0).then(|| Arc::clone(&as_of));
        // A key that is none signs nothing, so it forbids none.
        let in_force = app.ledger_keys_in_force().await?;
        let in_force = in_force.iter().filter_map(|key| key.as_str().parse().ok()).collect();
        let ledger = keeper::Options { in_force, ..options.ledger.clone() };
        let background = Background::start(&app, &ledger, ahead)?;
        let ledger = Arc::clone(&background.ledger);
        let queries = Queries::new(Arc::clone(&app), as_of, background.runner.position());
        Ok(Self { app, queries, tokens, ledger, running: Running(Mutex::new(Some(background))) })
    }
}

impl Running {
    /// Looks at what runs; none once it is stopped.
    pub fn inspect<T>(&self, inspect: impl FnOnce(&Background) -> T) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(inspect)
    }

    /// Ends all of it, each part after the work at hand.
    pub async fn stop(&self) {
        let background = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(background) = background {
            background.stop().await;
        }
    }
}
