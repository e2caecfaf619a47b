//! The service over HTTP, started and stopped together with what runs beside it.

use std::future::Future;
use std::sync::Arc;

use api::{AppState, Options};
use application::{App, StartError};
use serving::{Limits, Tls};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Connections at the address for figures: nobody but operators comes there.
const WATCHING: usize = 64;

/// Where the service is entered.
pub struct Entrances {
    /// For everybody.
    pub listener: TcpListener,
    /// Spoken there, where no proxy does.
    pub tls: Option<Tls>,
    /// What the listener takes of its clients.
    pub limits: Limits,
    /// For those who watch: figures, and whether it is ready.
    pub figures: Option<TcpListener>,
}

impl From<TcpListener> for Entrances {
    fn from(listener: TcpListener) -> Self {
        Self { listener, tls: None, limits: Limits::default(), figures: None }
    }
}

/// Serves HTTP until `stop` ends; then requests finish, the other parts stop and the log is closed.
///
/// # Errors
/// When a part cannot be started.
pub async fn serve(
    app: Arc<App>,
    entrances: impl Into<Entrances>,
    options: Options,
    stop: impl Future<Output = ()>,
) -> Result<(), StartError> {
    let Entrances { listener, tls, limits, figures } = entrances.into();
    let state = AppState::start(app, options).await?;
    let (told, stopped) = watch::channel(());
    let watching = figures.map(|listener| {
        let limits = Limits { connections: WATCHING, ..Limits::default() };
        let mut stopped = stopped.clone();
        let stopped = async move { drop(stopped.changed().await) };
        tokio::spawn(serving::serve(listener, api::figures(state.clone()), limits, stopped))
    });
    let router = api::router(state.clone());
    match tls {
        Some(tls) => serving::serve_tls(listener, tls, router, limits, stop).await,
        None => serving::serve(listener, router, limits, stop).await,
    }
    state.stop().await;
    drop(told);
    if let Some(watching) = watching
        && watching.await.is_err()
    {
        tracing::error!("the listener for figures had died");
    }
    // The last to hold the log closes it, which waits for what is being written.
    if tokio::task::spawn_blocking(move || drop(state)).await.is_err() {
        tracing::error!("the log could not be closed in order");
    }
    tracing::info!("stopped");
    Ok(())
}
