//! One connection, from when it was taken until it is closed.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tower::ServiceExt as _;

use crate::Limits;
use crate::drain::{Drain, Unread, drain_body, drain_connection};
use crate::guests::Seated;
use crate::paced::Paced;
use crate::stream::{Stream, Wire};
use crate::tls::Tls;

pub(crate) struct Connection {
    pub peer: SocketAddr,
    pub limits: Limits,
    pub seated: Seated,
    pub tls: Option<Tls>,
    /// Closed once the listener was told to stop.
    pub stopping: watch::Receiver<()>,
}

impl Connection {
    /// Most of what a connection takes is taken only once its client has said something.
    pub async fn serve(mut self, stream: TcpStream, router: Router) {
        let spoken = tokio::select! {
            spoken = timeout(self.limits.head_within, stream.readable()) => matches!(spoken, Ok(Ok(()))),
            () = self.seated.given_up() => false,
            _ = self.stopping.changed() => false,
        };
        if spoken {
            Box::pin(self.listen(stream, router)).await;
        }
    }

    async fn listen(mut self, stream: TcpStream, router: Router) {
        // Answers are small and complete; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let Some(wire) = self.shake_hands(stream).await else { return };
        let stream = Stream::new(wire, self.limits.write_within);
        let (drain, unread) = (Drain::new(&self.limits), Unread::default());
        let seated = Arc::new(self.seated);
        let answer = service_fn(|request: Request<Incoming>| {
            seated.serves();
            let request = request.map(|body| Body::new(Paced::new(body, &self.limits, &seated)));
            let mut request = drain_body(request, drain, &unread);
            request.extensions_mut().insert(ConnectInfo(self.peer));
            request.extensions_mut().insert(seated.guest());
            let (answering, seated) = (router.clone().oneshot(request), Arc::clone(&seated));
            Box::pin(async move {
                let answer = answering.await;
                seated.served();
                answer
            })
        });
        let mut connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head_within)
            .max_headers(self.limits.headers)
            .max_buf_size(self.limits.buffer)
            .serve_connection(TokioIo::new(stream), answer);
        let ended = tokio::select! {
            ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
            () = seated.given_up() => {
                tracing::debug!(peer = %self.peer, "a connection that waited for its client gave way");
                return;
            }
            _ = self.stopping.changed() => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                Pin::new(&mut connection).graceful_shutdown();
                poll_fn(|context| connection.poll_without_shutdown(context)).await
            }
        };
        let mut stream = connection.into_parts().io.into_inner().into_inner();
        if let Err(error) = &ended {
            tracing::debug!(%error, "a connection ended early");
        }
        if unread.is_set() || ended.is_err_and(|error| error.is_parse()) {
            tokio::select! {
                () = drain_connection(stream, drain) => {}
                () = seated.given_up() => {}
            }
        } else if let Wire::Tls(tls) = &mut stream {
            // Else the client cannot tell an end from a cut.
            let _ = timeout(self.limits.write_within, tls.shutdown()).await;
        }
    }

    /// Begins TLS, where it is spoken, within the time for the head of a request.
    async fn shake_hands(&mut self, stream: TcpStream) -> Option<Wire> {
        let Some(tls) = self.tls.take() else { return Some(Wire::Plain(stream)) };
        tokio::select! {
            shaken = timeout(self.limits.head_within, tls.accept(stream)) => match shaken {
                Ok(Ok(stream)) => Some(Wire::Tls(Box::new(stream))),
                Ok(Err(error)) => {
                    tracing::debug!(peer = %self.peer, %error, "no TLS with a client");
                    None
                }
                Err(_) => None,
            },
            () = self.seated.given_up() => None,
            _ = self.stopping.changed() => None,
        }
    }
}
