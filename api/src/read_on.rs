//! Bodies that nobody reads to their end, because the answer was clear before.
//!
//! A connection that is closed on a client that still sends is reset, and the client may never see its answer. So the
//! rest is read and thrown away, up to a bound; the connection then takes the next request.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header;
use futures::StreamExt as _;
use hyper::body::{Frame, SizeHint};
use tokio::runtime::Handle;

/// The most bytes that are read on; more than any body that is accepted.
const MOST: usize = 32 * 1024 * 1024;
/// The longest that is read on; less than running requests may take when the service stops.
const WITHIN: Duration = Duration::from_secs(8);

/// Has the rest of a request's body read on once nobody wants it.
pub fn read_on(request: Request) -> Request {
    let awaited = !request.headers().contains_key(header::EXPECT);
    request.map(|body| Body::new(ReadOn { body, awaited }))
}

struct ReadOn {
    body: Body,
    /// The client is sending: it did not ask first whether to, or it was told to, by the first attempt to read.
    awaited: bool,
}

impl HttpBody for ReadOn {
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

impl Drop for ReadOn {
    fn drop(&mut self) {
        if !self.awaited || self.body.is_end_stream() {
            return;
        }
        let rest = std::mem::take(&mut self.body);
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async { tokio::time::timeout(WITHIN, discard(rest)).await });
        }
    }
}

async fn discard(rest: Body) {
    let mut chunks = rest.into_data_stream();
    let mut left = MOST;
    while let Some(Ok(chunk)) = chunks.next().await {
        let Some(less) = left.checked_sub(chunk.len()) else { return };
        left = less;
    }
}
