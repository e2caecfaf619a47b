//! One step of a read, of whichever kind.

use std::sync::Arc;

use bytes::Bytes;

use crate::grpc::frame;
use crate::log::{Log, Record};
use crate::messages::{ReadContent, ReadResponse};

/// What a read has to say next.
pub(crate) enum Step {
    Event(Arc<Record>),
    Note(Bytes),
    /// Nothing, until the log grows.
    Wait,
    End,
}

/// Whether a position lies behind the last record: the real server reads forwards from there, and finds nothing.
pub(super) fn beyond(log: &Log, position: u64) -> bool {
    log.records().last().is_none_or(|last| position > last.position)
}

pub(super) fn note(content: ReadContent) -> Bytes {
    frame(&ReadResponse { content: Some(content) })
}
