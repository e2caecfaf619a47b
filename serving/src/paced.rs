//! A body that comes at a least pace, and is handed on in pieces that are worth their keep.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};
use metrics::counter;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::guests::Seated;
use crate::{Limits, figures};

/// A piece smaller than this is put together with those that follow: whoever keeps it would keep far more than its bytes.
const SMALL: usize = 1024;

/// Fails once it comes more slowly than the limits say. While it is waited for, its connection waits for the client.
pub(crate) struct Paced {
    body: Incoming,
    /// Small pieces that were not handed on yet.
    held: Vec<u8>,
    within: Duration,
    rate: u64,
    /// When it was first read.
    begun: Option<Instant>,
    received: u64,
    late: Option<Pin<Box<Sleep>>>,
    seated: Arc<Seated>,
}

impl Paced {
    pub fn new(body: Incoming, limits: &Limits, seated: &Arc<Seated>) -> Self {
        Self {
            body,
            held: Vec::new(),
            within: limits.body_within,
            rate: limits.body_rate.max(1),
            begun: None,
            received: 0,
            late: None,
            seated: Arc::clone(seated),
        }
    }

    fn hand_on(&mut self) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let piece = Bytes::from(std::mem::take(&mut self.held));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    /// When more than has come so far must have come.
    fn due(&mut self) -> Instant {
        let begun = *self.begun.get_or_insert_with(Instant::now);
        begun + self.within + Duration::from_secs(self.received / self.rate)
    }
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        while let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.late = None;
            self.seated.goes_on();
            let data = match frame {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => data,
                    // Trailers say nothing to any handler.
                    Err(_) => continue,
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(axum::Error::new(error)))),
                None if self.held.is_empty() => return Poll::Ready(None),
                None => return self.hand_on(),
            };
            self.received += data.len() as u64;
            if self.held.is_empty() && data.len() >= SMALL {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
            self.held.extend_from_slice(&data);
            if self.held.len() >= SMALL || self.body.is_end_stream() {
                return self.hand_on();
            }
        }
        if self.late.is_none() {
            self.seated.waits();
            let due = self.due();
            self.late = Some(Box::pin(sleep_until(due)));
        }
        let late = self.late.as_mut().map(|late| late.as_mut().poll(context));
        match late {
            Some(Poll::Ready(())) => {
                counter!(figures::BODIES_TOO_SLOW).increment(1);
                Poll::Ready(Some(Err(too_slow())))
            }
            Some(Poll::Pending) | None => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (held, rest) = (self.held.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower() + held);
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + held);
        }
        hint
    }
}

fn too_slow() -> axum::Error {
    axum::Error::new(io::Error::new(io::ErrorKind::TimedOut, "the body comes too slowly"))
}
