//! Streams/Read: what comes next in a read, one answer at a time, so that nothing waits in memory.

mod all;
mod step;
mod stream;
mod subscription;

use tonic::Status;

use super::filter::Filter;
use super::log::Log;
use super::messages::{ReadCount, ReadFrom, ReadOptions};

use all::AllRead;
pub(super) use step::Step;
use stream::StreamRead;
use subscription::Subscription;

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
