//! 议定、办结: on one agenda at a time, decided by that meeting, settled by an answer or a resolution.

use super::stage::{Place, Progress};
use super::{Decided, Event, Issue, Rejection, Reopened, Scheduled, Settled};
use crate::aggregate::once;
use crate::meeting::Outcome;
use crate::{ResolutionId, Text};

impl Issue {
    pub(super) fn schedule(&self, place: Place) -> Result<Vec<Event>, Rejection> {
        if self.agenda == Some(place) {
            return Ok(vec![]);
        }
        self.pending()?;
        if !matches!(self.progress, Progress::Accepted(_)) && !self.expedited_unratified() {
            return Err(Rejection::NotAccepted {});
        }
        let Place { meeting, topic } = place;
        Ok(vec![Event::Scheduled(Scheduled { meeting, topic })])
    }

    pub(super) fn decided(&self, place: Place, outcome: Outcome) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        if self.progress == Progress::Decided(place, outcome) {
            return Ok(vec![]);
        }
        if self.agenda != Some(place) {
            return Err(Rejection::NotOnAgenda {});
        }
        let Place { meeting, topic } = place;
        Ok(vec![Event::Decided(Decided { meeting, topic, outcome })])
    }

    /// What was put off may be put on another agenda, and so may what is still to be ratified.
    pub(super) fn come_to_an_end(&mut self, place: Place, outcome: Outcome) {
        self.agenda = None;
        let stays_open = match outcome {
            Outcome::Adopted => false,
            Outcome::NotAdopted => self.expedited_unratified(),
            Outcome::Deferred => true,
        };
        if !stays_open {
            self.progress = Progress::Decided(place, outcome);
        }
    }

    pub(super) fn settle(
        &self,
        resolution: Option<ResolutionId>,
        result: Text<500>,
    ) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        let new = match resolution {
            Some(resolution) => self.may_settle_by(resolution)?,
            None => self.may_settle_by_answer()?,
        };
        Ok(once(new, || Event::Settled(Settled { resolution, result })))
    }

    fn may_settle_by(&self, resolution: ResolutionId) -> Result<bool, Rejection> {
        let decided = Progress::Decided(Place::of(resolution), Outcome::Adopted);
        if self.progress == Progress::Settled(Some(resolution)) {
            Ok(false)
        } else if self.progress == decided {
            Ok(true)
        } else {
            Err(Rejection::OtherResolution { resolution })
        }
    }

    /// Without a resolution there is either nothing that a meeting decided, or a ratification.
    fn may_settle_by_answer(&self) -> Result<bool, Rejection> {
        if let Progress::Decided(place, Outcome::Adopted) = self.progress {
            if self.ratified != Some(place) {
                return Err(Rejection::AwaitsResolution {});
            }
        } else {
            self.pending()?;
        }
        if self.expedited_unratified() {
            return Err(Rejection::Unratified {});
        }
        if self.answers == 0 { Err(Rejection::Unanswered {}) } else { Ok(true) }
    }

    pub(super) fn reopen(&self, resolution: ResolutionId) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        if self.progress == Progress::Settled(Some(resolution)) {
            Ok(vec![Event::Reopened(Reopened { resolution })])
        } else {
            Err(Rejection::NotSettledBy { resolution })
        }
    }
}
