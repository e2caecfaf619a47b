//! Two logs read side by side.

use std::sync::Arc;
use std::vec::IntoIter;

use event_store::{EventStore, Position, Recorded, StoreError};
use tokio::runtime::Handle;

use super::difference::{self, Difference};
use super::digest::Digesting;
use super::ends::{CopyError, Ends, Equal, Phase, Progress, Watch};

/// Events read at once.
const PAGE: u32 = 2_048;

/// What a walk meets at the end of the target.
pub enum Met {
    /// The end of the source too.
    End,
    /// An event that only the source has.
    Only(Recorded),
}

/// Both ends from their beginnings on.
pub struct Walk<'a> {
    /// Where the source ends.
    pub goal: Position,
    source: Reader<'a>,
    target: Reader<'a>,
    digests: (Digesting, Digesting),
    events: u64,
}

impl<'a> Walk<'a> {
    /// A walk that has read nothing yet. It ends at `goal` in the source and at `head` in the target.
    pub fn new(ends: &Ends<'a>, goal: Position, head: Position) -> Self {
        Self {
            goal,
            source: Reader::new(ends.source, ends.handle, goal),
            target: Reader::new(ends.target, ends.handle, head),
            digests: Default::default(),
            events: 0,
        }
    }

    /// Goes on while both ends have the same events.
    pub fn go_on(&mut self, watch: Watch<'_>) -> Result<Met, CopyError> {
        loop {
            let source = self.next_of_source()?;
            let target = self.target.next().map_err(CopyError::Target)?;
            match (source, target) {
                (None, None) => return Ok(Met::End),
                (Some(only), None) => return Ok(Met::Only(only)),
                (Some(source), Some(target)) if difference::fields(&source, &target).is_empty() => {
                    self.digests.0.see(&source);
                    self.digests.1.see(&target);
                    self.events += 1;
                    let (goal, events) = (self.goal, self.events);
                    let position = source.position;
                    watch(Progress { phase: Phase::Compare, position, goal, events });
                }
                (source, target) => return Err(self.differs(source, target)),
            }
        }
    }

    /// The next event that the source has.
    pub fn next_of_source(&mut self) -> Result<Option<Recorded>, CopyError> {
        self.source.next().map_err(CopyError::Source)
    }

    /// What was found at the end of both.
    pub fn equal(&self, appended: u64) -> Equal {
        let (source, target) = (self.digests.0.digest(), self.digests.1.digest());
        Equal { events: self.events, appended, source, target, goal: self.goal }
    }

    /// The error that the two logs differ here.
    pub fn differs(&self, source: Option<Recorded>, target: Option<Recorded>) -> CopyError {
        CopyError::Differs(Box::new(Difference { number: self.events + 1, source, target }))
    }
}

/// One log, event after event.
struct Reader<'a> {
    store: &'a dyn EventStore,
    handle: &'a Handle,
    after: Position,
    end: Position,
    page: IntoIter<Recorded>,
}

impl<'a> Reader<'a> {
    fn new(store: &'a dyn EventStore, handle: &'a Handle, end: Position) -> Self {
        Self { store, handle, after: Position::START, end, page: Vec::new().into_iter() }
    }

    fn next(&mut self) -> Result<Option<Recorded>, StoreError> {
        if self.page.len() == 0 && self.after < self.end {
            let page = self.handle.block_on(self.store.read_all(self.after, PAGE))?;
            // An event stands at `end`, so a page must begin at it or before it.
            if page.first().is_none_or(|first| first.position > self.end) {
                return Err(StoreError::Corrupt(Arc::new(EndedEarly)));
            }
            self.page = page.into_iter();
        }
        let next = self.page.next().filter(|event| event.position <= self.end);
        self.after = next.as_ref().map_or(self.end, |event| event.position);
        Ok(next)
    }
}

/// A log showed less than it had said it holds.
#[derive(Debug, thiserror::Error)]
#[error("the log ended before the position it gave as its end")]
struct EndedEarly;
