//! The whole log or what a filter leaves of it, forwards or backwards.

use std::sync::Arc;

use tonic::Status;

use super::step::{Step, beyond};
use crate::filter::Filter;
use crate::log::Log;
use crate::messages::{FromAll, FromPosition};
use crate::refusals;

pub struct AllRead {
    /// Forwards the index of the next record, backwards the one after it.
    cursor: usize,
    left: u64,
    backwards: bool,
    filter: Filter,
}

impl AllRead {
    pub fn begin(
        from: FromAll,
        count: u64,
        backwards: bool,
        filter: Filter,
        log: &Log,
    ) -> Result<Self, Status> {
        let from = from.position.ok_or_else(|| Status::invalid_argument("no position option"))?;
        let cursor = match (from, backwards) {
            (FromPosition::Start(_), _) => 0,
            (FromPosition::End(_), _) => log.records().len(),
            (FromPosition::Position(at), false) if beyond(log, at.commit) => log.records().len(),
            (FromPosition::Position(at), true) if at.commit > log.end() => {
                return Err(refusals::unexpected(filter.result_kind(), "Error"));
            }
            (FromPosition::Position(at), _) if !log.is_boundary(at.commit) => {
                return Err(refusals::unexpected(filter.result_kind(), "InvalidPosition"));
            }
            (FromPosition::Position(at), false) => {
                log.index_from(at.commit) + usize::from(at.prepare > at.commit)
            }
            (FromPosition::Position(at), true) => {
                log.index_from(at.commit).saturating_sub(usize::from(at.prepare < at.commit))
            }
        };
        Ok(Self { cursor, left: count, backwards, filter })
    }

    pub fn step(&mut self, log: &Log) -> Step {
        while self.left > 0 {
            let index = if self.backwards { self.cursor.checked_sub(1) } else { Some(self.cursor) };
            let Some(record) = index.and_then(|index| log.records().get(index)) else { break };
            self.cursor = if self.backwards { self.cursor - 1 } else { self.cursor + 1 };
            if self.filter.lets_through(record) {
                self.left -= 1;
                return Step::Event(Arc::clone(record));
            }
        }
        Step::End
    }
}
