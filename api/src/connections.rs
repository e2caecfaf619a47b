//! Taking connections and letting them end.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use super::read_on::read_on;

/// Connections open at once; more wait to be taken.
const MOST: usize = 4096;
/// The headers of a request are complete within this time.
const HEADERS_WITHIN: Duration = Duration::from_secs(15);
/// Headers of one request, in number.
const MAX_HEADERS: usize = 64;
/// Bytes that one connection may have waiting to be read.
const MAX_BUFFER: usize = 64 * 1024;
/// Running requests may take so long after the service was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Takes connections until `stop` ends, then lets running requests finish.
pub async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let open = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MOST));
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            (place, taken) = next => match taken {
                Ok((stream, peer)) => serve(stream, peer, router.clone(), &open, place.ok()),
                Err(error) => {
                    // Out of file descriptors, mostly: some connection must end first.
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    tracing::info!(connections = open.count(), "stopping: running requests may finish");
    if tokio::time::timeout(LAST_REQUESTS, open.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

fn serve<P: Send + 'static>(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    open: &GracefulShutdown,
    place: P,
) {
    let service = tower::service_fn(move |request: Request<hyper::body::Incoming>| {
        let mut request = read_on(request.map(Body::new));
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            Ok::<Response, Infallible>(
                router.oneshot(request).await.unwrap_or_else(|never| match never {}),
            )
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_BUFFER);
    // Answers are small and complete; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let connection =
        builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = open.watch(connection.into_owned());
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(error, "a connection ended early");
        }
        drop(place);
    });
}
