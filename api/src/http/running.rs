//! The service as a whole: what runs beside HTTP, and HTTP, started and stopped together.

use std::future::Future;
use std::sync::Arc;

use projections::{AsOf, ProjectionError};
use serving::Limits;
use tokio::net::TcpListener;

use super::health::Watched;
use super::reading::Reads;
use super::state::{AppState, Options};
use crate::app::{App, files};
use crate::background::{self, Background};
use crate::tokens::{TokenError, Tokens};

/// Where the read models of the past lie in the data folder.
const PAST: &str = "as-of";

/// Why the service cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// What runs beside HTTP.
    #[error(transparent)]
    Background(#[from] background::StartError),
    /// The read models of the past.
    #[error("cannot open the read models of the past")]
    Past(#[from] ProjectionError),
    /// The event log.
    #[error(transparent)]
    App(#[from] crate::app::Error),
    /// The tokens.
    #[error(transparent)]
    Tokens(#[from] TokenError),
}

impl AppState {
    /// Starts read models, policies and scheduler, for [`router`](super::router) to serve. Whoever started it ends it
    /// with [`stop`](Self::stop).
    ///
    /// # Errors
    /// When a file cannot be opened.
    pub async fn start(app: Arc<App>, mut options: Options) -> Result<Self, StartError> {
        let tokens = Tokens::open(&app.data.join(files::NODE))?;
        let every = if options.mark_every == 0 { AsOf::EVERY } else { options.mark_every };
        let as_of = Arc::new(AsOf::open(app.data.join(PAST), every)?);
        let ahead = (options.mark_every > 0).then(|| Arc::clone(&as_of));
        // A key that is none signs nothing, so it forbids none.
        let in_force = app.ledger_keys_in_force().await?;
        options.ledger.in_force =
            in_force.iter().filter_map(|key| key.as_str().parse().ok()).collect();
        let background = Background::start(&app, &options.ledger, ahead)?;
        let read = app.data.join(files::READ);
        let (store, clock) = (Arc::clone(&app.store), Arc::clone(&app.clock));
        let reads = Reads::new(read, as_of, store, background.runner.position(), clock);
        let ledger = Arc::clone(&background.ledger);
        Ok(Self::new(app, tokens, reads, ledger, Watched::new(background), &options))
    }

    /// Ends what runs beside HTTP, each part after the work at hand.
    pub async fn stop(&self) {
        self.watched.stop().await;
    }
}

/// Serves HTTP until `stop` ends; then requests finish, the other parts stop and the log is closed.
///
/// # Errors
/// When a part cannot be started.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    options: Options,
    stop: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let state = AppState::start(app, options).await?;
    serving::serve(listener, super::router(state.clone()), Limits::default(), stop).await;
    state.stop().await;
    // The last to hold the log closes it, which waits for what is being written.
    if tokio::task::spawn_blocking(move || drop(state)).await.is_err() {
        tracing::error!("the log could not be closed in order");
    }
    tracing::info!("stopped");
    Ok(())
}
