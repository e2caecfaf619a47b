//! The service over HTTP, started and stopped together with what runs beside it.

use std::future::Future;
use std::sync::Arc;

use api::{AppState, Options};
use application::{App, StartError};
use serving::Limits;
use tokio::net::TcpListener;

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
    serving::serve(listener, api::router(state.clone()), Limits::default(), stop).await;
    state.stop().await;
    // The last to hold the log closes it, which waits for what is being written.
    if tokio::task::spawn_blocking(move || drop(state)).await.is_err() {
        tracing::error!("the log could not be closed in order");
    }
    tracing::info!("stopped");
    Ok(())
}
