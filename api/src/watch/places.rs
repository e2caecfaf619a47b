//! Requests that are worked on at once. One that waits for its client holds no place.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use http_body::{Frame, SizeHint};

/// Places for requests.
pub struct Places {
    most: usize,
    taken: AtomicUsize,
}

/// A request's place, until this is dropped.
pub struct Place {
    of: Arc<Places>,
    is_taken: AtomicBool,
}

impl Places {
    /// So many.
    pub fn of(most: usize) -> Arc<Self> {
        Arc::new(Self { most, taken: AtomicUsize::new(0) })
    }

    /// Takes a place; none when all are taken.
    pub fn take(self: &Arc<Self>) -> Option<Arc<Place>> {
        let more = |taken| (taken < self.most).then_some(taken + 1);
        self.taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
        Some(Arc::new(Place { of: Arc::clone(self), is_taken: AtomicBool::new(true) }))
    }
}

impl Place {
    /// Gives it back while the client is waited for.
    fn leave(&self) {
        if self.is_taken.swap(false, Ordering::Relaxed) {
            self.of.taken.fetch_sub(1, Ordering::Relaxed);
        }
    }

    /// Takes it again, also where all others are taken meanwhile: what has come is worked on.
    fn come_back(&self) {
        if !self.is_taken.swap(true, Ordering::Relaxed) {
            self.of.taken.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Has a request leave its place while its body is waited for.
pub fn while_it_comes(request: Request, place: &Arc<Place>) -> Request {
    let place = Arc::clone(place);
    request.map(|body| if body.is_end_stream() { body } else { Body::new(Awaited { body, place }) })
}

struct Awaited {
    body: Body,
    place: Arc<Place>,
}

impl HttpBody for Awaited {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if polled.is_pending() {
            self.place.leave();
        } else {
            self.place.come_back();
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

#[cfg(test)]
mod tests;
