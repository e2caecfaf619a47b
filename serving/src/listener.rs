use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use metrics::counter;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::connection::Connection;
use crate::guests::Guests;
use crate::tls::Tls;
use crate::{Limits, figures};

/// Between two looks whether somebody has begun to wait, while all are being served.
const AGAIN: Duration = Duration::from_millis(10);

/// Serves a router until `stop` ends. Then nobody is taken any more, running requests finish, and whoever is not done
/// within [`Limits::finish_within`] is cut off. All connections are closed when it returns, or is dropped.
///
/// Handlers find the client's address as [`ConnectInfo<SocketAddr>`](axum::extract::ConnectInfo).
///
/// # Examples
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// use axum::{Router, routing::get};
/// use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
/// use tokio::net::{TcpListener, TcpStream};
///
/// let router = Router::new().route("/", get(|| async { "history" }));
/// let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
/// let address = listener.local_addr().unwrap();
/// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
/// let stopped = async { drop(stopped.await) };
/// let serving = tokio::spawn(serving::serve(listener, router, serving::Limits::default(), stopped));
///
/// let mut client = TcpStream::connect(address).await.unwrap();
/// client.write_all(b"GET / HTTP/1.1\r\nhost: example.invalid\r\nconnection: close\r\n\r\n").await.unwrap();
/// let mut answer = String::new();
/// client.read_to_string(&mut answer).await.unwrap();
/// assert!(answer.ends_with("\r\n\r\nhistory"));
///
/// stop.send(()).unwrap();
/// serving.await.unwrap();
/// # });
/// ```
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    listen(listener, None, router, limits, stop).await;
}

/// The same under TLS.
pub async fn serve_tls(
    listener: TcpListener,
    tls: Tls,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    listen(listener, Some(tls), router, limits, stop).await;
}

async fn listen(
    listener: TcpListener,
    tls: Option<Tls>,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let guests = Guests::new(limits.connections);
    let (running, stopping) = watch::channel(());
    let mut connections = JoinSet::new();
    let mut turned_away = None;
    loop {
        tokio::select! {
            taken = listener.accept(), if turned_away.is_none() => match taken {
                Ok(taken) => turned_away = Some(taken),
                Err(error) => {
                    // Out of file descriptors, mostly: some connection must end first.
                    counter!(figures::NOT_TAKEN).increment(1);
                    tracing::warn!(%error, "a connection was not taken");
                    sleep(Duration::from_millis(50)).await;
                }
            },
            () = sleep(AGAIN), if turned_away.is_some() => {}
            Some(_) = connections.join_next() => {}
            () = &mut stop => break,
        }
        // Who finds no place, because all are being served, is asked in once there is one.
        turned_away = turned_away.and_then(|(stream, peer)| match guests.seat(peer.ip()) {
            Some(seated) => {
                let (tls, stopping) = (tls.clone(), stopping.clone());
                let connection = Connection { peer, limits, seated, tls, stopping };
                connections.spawn(connection.serve(stream, router.clone()));
                None
            }
            None => {
                counter!(figures::WAITED).increment(1);
                Some((stream, peer))
            }
        });
    }
    drop(listener);
    tracing::info!(connections = connections.len(), "stopping: running requests may finish");
    drop(running);
    let finished = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.finish_within, finished).await.is_err() {
        tracing::warn!(
            requests = connections.len(),
            "cut off, because they did not finish in time"
        );
        connections.shutdown().await;
    }
}
