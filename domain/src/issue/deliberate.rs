//! 议定、办结: on one agenda at a time, decided by that meeting, settled by an answer or a resolution.

use super::stage::{Phase, Place};
use super::{Decided, Event, Issue, Rejection, Reopened, Scheduled, Settled};
use crate::aggregate::once;
use crate::meeting::Outcome;
use crate::{ResolutionId, Text};

impl Issue {
    /// Whether a meeting may put it on its agenda. For ratification: what waits for it. Otherwise: what was accepted or
    /// voted down and does not wait for ratification.
    ///
    /// # Errors
    /// The rule against it.
    pub fn fits_agenda(&self, ratifies: bool) -> Result<(), Rejection> {
        self.on_no_agenda()?;
        if ratifies {
            return self.awaits_ratification();
        }
        if self.expedited_unratified() {
            return Err(Rejection::Unratified {});
        }
        match self.phase {
            Phase::Accepted => Ok(()),
            Phase::Decided(..) if self.may_be_taken_up_again() => Ok(()),
            Phase::Registered | Phase::Triaged => Err(Rejection::NotAccepted {}),
            Phase::Merged
            | Phase::Rejected
            | Phase::RoutedOut
            | Phase::Decided(..)
            | Phase::Settled(_) => Err(self.phase.ended()),
        }
    }

    pub(super) fn schedule(&self, place: Place, ratifies: bool) -> Result<Vec<Event>, Rejection> {
        if self.agenda == Some(place) {
            return Ok(vec![]);
        }
        self.fits_agenda(ratifies)?;
        let Place { meeting, topic } = place;
        Ok(vec![Event::Scheduled(Scheduled { meeting, topic })])
    }

    pub(super) fn decided(&self, place: Place, outcome: Outcome) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        if self.phase == Phase::Decided(place, outcome) {
            return Ok(vec![]);
        }
        let comes_back = outcome == Outcome::Deferred && self.awaits_resolution_of(place);
        if self.agenda != Some(place) && !comes_back {
            return Err(Rejection::NotOnAgenda {});
        }
        if outcome == Outcome::Adopted && self.expedited_unratified() {
            return Err(Rejection::Unratified {});
        }
        let Place { meeting, topic } = place;
        Ok(vec![Event::Decided(Decided { meeting, topic, outcome })])
    }

    /// Whether it was accepted and voted down.
    pub(super) fn may_be_taken_up_again(&self) -> bool {
        self.accepted && matches!(self.phase, Phase::Decided(_, Outcome::NotAdopted))
    }

    /// An issue that was voted down and is put on another agenda counts as accepted again.
    pub(super) fn take_up_again(&mut self) {
        if self.may_be_taken_up_again() {
            self.phase = Phase::Accepted;
        }
    }

    /// Accepted, adopted there, and not only ratified: a resolution came of it.
    fn awaits_resolution_of(&self, place: Place) -> bool {
        let adopted = self.phase == Phase::Decided(place, Outcome::Adopted);
        self.accepted && adopted && self.ratified != Some(place)
    }

    /// Takes it off the agenda with this outcome. An issue that was put off or is still to be ratified stays as it was; one
    /// whose resolution was withdrawn is accepted as before.
    pub(super) fn come_to_an_end(&mut self, place: Place, outcome: Outcome) {
        self.agenda = None;
        match outcome {
            Outcome::NotAdopted if self.expedited_unratified() => self.denied = true,
            Outcome::Adopted | Outcome::NotAdopted => {
                self.phase = Phase::Decided(place, outcome);
            }
            Outcome::Deferred if self.awaits_resolution_of(place) => {
                self.phase = Phase::Accepted;
            }
            Outcome::Deferred => {}
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
        let decided = Phase::Decided(Place::of(resolution), Outcome::Adopted);
        if self.phase == Phase::Settled(Some(resolution)) {
            Ok(false)
        } else if self.phase == decided {
            Ok(true)
        } else {
            Err(Rejection::OtherResolution { resolution })
        }
    }

    /// Whether an answer settles it, or what was said on the spot: only where no meeting has to decide it, or where a meeting
    /// ratified what was done. The reply of the authority it was passed on to is one.
    fn may_settle_by_answer(&self) -> Result<bool, Rejection> {
        if self.is_handled() {
            return Ok(true);
        }
        if let Phase::Decided(place, Outcome::Adopted) = self.phase {
            if self.ratified != Some(place) {
                return Err(Rejection::AwaitsResolution {});
            }
        } else {
            self.pending()?;
        }
        if self.expedited_unratified() {
            return Err(Rejection::Unratified {});
        }
        if self.phase == Phase::Accepted && self.ratified.is_none() {
            return Err(Rejection::AwaitsMeeting {});
        }
        // Who asked online waits for an answer, whatever was said on the spot.
        let on_the_spot = self.heard > 0 && self.answer_due().is_none();
        if self.answers == 0 && !on_the_spot { Err(Rejection::Unanswered {}) } else { Ok(true) }
    }

    pub(super) fn reopen(&self, resolution: ResolutionId) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        if self.phase == Phase::Settled(Some(resolution)) {
            Ok(vec![Event::Reopened(Reopened { resolution })])
        } else {
            Err(Rejection::NotSettledBy { resolution })
        }
    }
}
