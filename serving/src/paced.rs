//! A body that comes at a least pace.

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

/// Fails once it comes more slowly than the limits say. While it is waited for, its connection waits for the client.
pub(crate) struct Paced {
    body: Incoming,
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
            within: limits.body_within,
            rate: limits.body_rate.max(1),
            begun: None,
            received: 0,
            late: None,
            seated: Arc::clone(seated),
        }
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
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.late = None;
            self.seated.goes_on();
            if let Some(Ok(frame)) = &frame {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)));
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
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

fn too_slow() -> axum::Error {
    axum::Error::new(io::Error::new(io::ErrorKind::TimedOut, "the body comes too slowly"))
}
