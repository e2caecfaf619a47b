//! A listener as its clients meet it, on real sockets.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod client;
mod limits;
mod stopping;
mod unwanted;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use serving::Limits;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Longer than anything here takes; who waits so long has found a fault.
const PATIENCE: Duration = Duration::from_secs(60);

struct Served {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Served {
    async fn start(router: Router, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let stopped = async { drop(stopped.await) };
        let serving = tokio::spawn(serving::serve(listener, router, limits, stopped));
        Self { address, stop, serving }
    }

    /// Tells it to stop and waits until it has.
    async fn stop(self) {
        drop(self.stop);
        in_time(self.serving).await.unwrap();
    }
}

async fn in_time<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("in time")
}
