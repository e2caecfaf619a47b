//! The whole log or what a filter leaves of it, and then whatever comes.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tonic::Status;
use uuid::Uuid;

use super::step::{Step, beyond, note};
use crate::filter::Filter;
use crate::log::Log;
use crate::messages::{
    CaughtUp, Checkpoint, Confirmation, FromAll, FromPosition, ReadContent, Timestamp,
};
use crate::refusals;

pub struct Subscription {
    cursor: usize,
    filter: Filter,
    notes: VecDeque<Bytes>,
    live: bool,
    considered: u64,
}

impl Subscription {
    pub fn begin(from: FromAll, filter: Filter, log: &Log) -> Result<Self, Status> {
        let from = from.position.ok_or_else(|| Status::invalid_argument("no position option"))?;
        let cursor = match from {
            FromPosition::Start(_) => 0,
            FromPosition::End(_) => log.records().len(),
            FromPosition::Position(at) if beyond(log, at.commit) => log.records().len(),
            FromPosition::Position(at) if !log.is_boundary(at.commit) => {
                return Err(refusals::invalid_position());
            }
            FromPosition::Position(at) => log.index_from(at.commit) + 1,
        };
        let confirmation = Confirmation { subscription: Uuid::new_v4().to_string() };
        let notes = VecDeque::from([note(ReadContent::Confirmation(confirmation))]);
        Ok(Self { cursor, filter, notes, live: false, considered: 0 })
    }

    pub fn step(&mut self, log: &Log) -> Step {
        if let Some(note) = self.notes.pop_front() {
            return Step::Note(note);
        }
        while let Some(record) = log.records().get(self.cursor) {
            self.cursor += 1;
            self.considered += 1;
            if self
                .filter
                .checkpoint_interval()
                .is_some_and(|interval| self.considered.is_multiple_of(interval))
            {
                self.notes.push_back(checkpoint(record.position));
            }
            if self.filter.lets_through(record) {
                return Step::Event(Arc::clone(record));
            }
            if let Some(note) = self.notes.pop_front() {
                return Step::Note(note);
            }
        }
        if std::mem::replace(&mut self.live, true) {
            return Step::Wait;
        }
        let reached = self.cursor.checked_sub(1).and_then(|index| log.records().get(index));
        let position = reached.map(|record| record.position.into());
        Step::Note(note(ReadContent::CaughtUp(CaughtUp { at: Some(Timestamp::now()), position })))
    }
}

fn checkpoint(position: u64) -> Bytes {
    note(ReadContent::Checkpoint(Checkpoint {
        commit: position,
        prepare: position,
        at: Some(Timestamp::now()),
    }))
}
