use std::sync::Arc;

use event_store::{SqliteOptions, SqliteStore};
use tokio::net::TcpListener;

use super::Exit;
use crate::app::{App, Clock, files};
use crate::config::Config;
use crate::http::{self, Timed};

/// Opens the data folder and serves, by this clock, until told to stop.
pub fn run(config: &Config, clock: Arc<dyn Clock>) -> Exit {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return Exit::environment("无法启动 cannot start", &error),
    };
    match runtime.block_on(serve(config, clock)) {
        Ok(()) => Exit::Ok,
        Err(exit) => exit,
    }
}

async fn serve(config: &Config, clock: Arc<dyn Clock>) -> Result<(), Exit> {
    let app = Arc::new(open(config, clock).await?);
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        Exit::environment(&format!("无法监听 cannot listen on {}", config.listen), &error)
    })?;
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "serving");
        println!("http://{address}");
    }
    http::serve(app, listener, told_to_stop())
        .await
        .map_err(|error| Exit::environment("无法启动 cannot start", &error))
}

/// The application on the data folder, its appends timed for `/metrics`.
///
/// # Errors
/// Tells why on standard error.
pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> Result<App, Exit> {
    let data = &config.data;
    let folder = || format!("数据目录 data folder {}", data.display());
    files::create_folder(data).map_err(|error| Exit::environment(&folder(), &error))?;
    let master = App::master_key(data).map_err(|error| Exit::environment(&folder(), &error))?;
    let log = SqliteStore::open(data.join(files::LOG), SqliteOptions::default())
        .map_err(|error| Exit::environment(&folder(), &error))?;
    App::with_store(data, Arc::new(Timed(Arc::new(log))), master, clock)
        .await
        .map_err(|error| Exit::environment(&folder(), &error))
}

/// Ends when the process is told to stop.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => drop(interrupted.await),
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
