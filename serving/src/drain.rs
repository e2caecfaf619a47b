//! Reading on what nobody wants, because the answer was clear before: of a body, so that its connection can take the
//! next request, and of a connection that is to be closed.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use http_body_util::BodyExt as _;
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::Limits;
use crate::stream::Wire;

/// How much is read on, and how long.
#[derive(Clone, Copy)]
pub(crate) struct Drain {
    bytes: usize,
    within: Duration,
}

/// Whether the client of a connection may send a body that it was not told to send, and that is not read.
#[derive(Clone, Default)]
pub(crate) struct Unread(Arc<AtomicBool>);

impl Unread {
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Drain {
    pub fn new(limits: &Limits) -> Self {
        Self { bytes: limits.drain_bytes, within: limits.drain_within }
    }
}

/// Has the rest of a request's body read on once the router drops it.
pub(crate) fn drain_body(request: Request, drain: Drain, unread: &Unread) -> Request {
    let awaited = !request.headers().contains_key(header::EXPECT);
    let unread = unread.clone();
    request.map(|body| Body::new(DrainBody { body, awaited, drain, unread }))
}

async fn discard(mut rest: Body, drain: Drain) {
    let discarded = async {
        let mut left = drain.bytes;
        while let Some(Ok(frame)) = rest.frame().await {
            let bytes = frame.data_ref().map_or(0, Bytes::len);
            let Some(less) = left.checked_sub(bytes) else { return };
            left = less;
        }
    };
    let _ = timeout(drain.within, discarded).await;
}

/// Closes a connection after its last answer, and not before the client has ended too, within the bounds.
pub(crate) async fn drain_connection(mut stream: Wire, drain: Drain) {
    let discarded = async {
        stream.shutdown().await?;
        let mut rest = stream.take(drain.bytes as u64);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await
    };
    let _ = timeout(drain.within, discarded).await;
}

struct DrainBody {
    body: Body,
    /// The client is sending: it did not ask first whether to, or it was told to, by the first attempt to read.
    awaited: bool,
    drain: Drain,
    unread: Unread,
}

impl HttpBody for DrainBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.awaited = true;
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if matches!(polled, Poll::Ready(None | Some(Err(_)))) {
            self.body = Body::empty();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for DrainBody {
    fn drop(&mut self) {
        if self.body.is_end_stream() {
            return;
        }
        if !self.awaited {
            // Reading would tell the client to send.
            self.unread.set();
            return;
        }
        let (rest, drain) = (std::mem::take(&mut self.body), self.drain);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(discard(rest, drain));
        }
    }
}
