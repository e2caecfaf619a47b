use std::sync::Arc;

use application::{Clock, ServiceOptions};
use ledger::Policy;
use tokio::net::TcpListener;

use super::exit::{Exit, on_runtime};
use super::open;
use crate::config::Config;

/// Opens data folder and log and serves, by this clock, until told to stop.
pub fn run(config: &Config, clock: Arc<dyn Clock>) -> Exit {
    on_runtime(async { serve(config, clock).await.map(|()| Exit::Ok) })
}

async fn serve(config: &Config, clock: Arc<dyn Clock>) -> Result<(), Exit> {
    let policy = policy(config)?;
    let app = Arc::new(open::app(config, clock).await?);
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        Exit::environment(&format!("无法监听 cannot listen on {}", config.listen), &error)
    })?;
    // Whoever reads the address may end the service at once.
    let stop = told_to_stop();
    if let Ok(address) = listener.local_addr() {
        tracing::info!(%address, "serving");
        println!("http://{address}");
    }
    let ledger = keeper::Options {
        origin: config.ledger_name.clone(),
        interval: api::Options::CHECKPOINT_INTERVAL,
        policy,
        ..keeper::Options::default()
    };
    let options = api::Options {
        public_filings_per_hour: config.public_filings_per_hour,
        service: ServiceOptions { ledger, mark_every: config.mark_every },
    };
    crate::serve(app, listener, options, stop)
        .await
        .map_err(|error| Exit::environment("无法启动 cannot start", &error))
}

/// Whose cosignatures the ledger needs, if a file says so.
pub(super) fn policy(config: &Config) -> Result<Option<Policy>, Exit> {
    let Some(path) = &config.ledger_policy else { return Ok(None) };
    let unusable = format!("账本见证规则无法使用 cannot use the policy {}", path.display());
    let text =
        std::fs::read_to_string(path).map_err(|error| Exit::environment(&unusable, &error))?;
    let policy = text.parse().map_err(|error| Exit::usage(&unusable, &error))?;
    Ok(Some(policy))
}

/// Listens from now on, and ends when the process is told to stop.
fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::interrupt()).and_then(|it| Ok((it, signal(SignalKind::terminate())?)))
    };
    async {
        #[cfg(unix)]
        if let Ok((mut interrupted, mut terminated)) = signals {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
        drop(tokio::signal::ctrl_c().await);
    }
}
