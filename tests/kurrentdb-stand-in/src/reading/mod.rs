//! Streams/Read: what comes next in a read, one answer at a time, so that nothing waits in memory.

mod all;
mod stream;
mod subscription;

use std::sync::Arc;

use bytes::Bytes;
use tonic::Status;

use super::filter::Filter;
use super::grpc::frame;
use super::log::{Log, Record};
use super::messages::{ReadContent, ReadCount, ReadFrom, ReadOptions, ReadResponse};

use all::AllRead;
use stream::StreamRead;
use subscription::Subscription;

/// What a read has to say next.
pub(super) enum Step {
    Event(Arc<Record>),
    Note(Bytes),
    /// Nothing, until the log grows.
    Wait,
    End,
}

/// A read under way.
pub(super) enum Reading {
    Stream(StreamRead),
    All(AllRead),
    Subscription(Subscription),
}

impl Reading {
    /// Begins a read, or says why it cannot be.
    pub fn begin(options: ReadOptions, log: &Log) -> Result<Self, Status> {
        let backwards = options.direction == 1;
        let compatibility = options.control.map_or(0, |control| control.compatibility);
        match (options.from, options.count) {
            (Some(ReadFrom::Stream(from)), Some(ReadCount::Count(count))) => {
                StreamRead::begin(from, count, backwards, compatibility, log).map(Self::Stream)
            }
            (Some(ReadFrom::All(from)), Some(ReadCount::Count(count))) => {
                AllRead::begin(from, count, backwards, Filter::of(options.filter)?, log)
                    .map(Self::All)
            }
            (Some(ReadFrom::All(from)), Some(ReadCount::Subscription(_))) if !backwards => {
                Subscription::begin(from, Filter::of(options.filter)?, log).map(Self::Subscription)
            }
            (Some(ReadFrom::Stream(_)), Some(ReadCount::Subscription(_))) => {
                Err(Status::unimplemented("subscriptions to a stream"))
            }
            _ => Err(Status::invalid_argument("The combination of options is invalid.")),
        }
    }

    pub fn step(&mut self, log: &Log) -> Step {
        match self {
            Self::Stream(read) => read.step(log),
            Self::All(read) => read.step(log),
            Self::Subscription(subscription) => subscription.step(log),
        }
    }
}

/// Whether a position lies behind the last record: the real server reads forwards from there, and finds nothing.
fn beyond(log: &Log, position: u64) -> bool {
    log.records().last().is_none_or(|last| position > last.position)
}

fn note(content: ReadContent) -> Bytes {
    frame(&ReadResponse { content: Some(content) })
}
