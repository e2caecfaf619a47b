//! 补录公示: a notice that hung on the board before the program knew it. It counts from its day on paper, and is open to objections for
//! the whole period from the day on which a second person let it in: before that, no public page shows it.

use jiff::civil::Date;

use super::{BackfillRequested, Event, Publicised, Rejection, Resolution, Stage};
use crate::backfill::FromPaper;
use crate::{Evidence, Given, Text};

impl Resolution {
    pub(super) fn request_backfill(
        &self,
        posted_on: Date,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.unpublicised()?;
        let first = self.adopted.as_deref().map_or(posted_on, |adopted| adopted.decided_on);
        let last = given.today().yesterday().unwrap_or(posted_on);
        if !(first..=last).contains(&posted_on) {
            return Err(Rejection::PostedOn { first, last });
        }
        let paper = FromPaper::entered(evidence, given)?;
        Ok(Event::BackfillRequested(BackfillRequested { posted_on, paper }))
    }

    pub(super) fn approve_backfill(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let BackfillRequested { posted_on, paper } = self.awaiting()?;
        let approved = paper.approved(given)?;
        let text = self.text().cloned();
        let entered = self.next_period(text, paper.evidence.clone(), given)?;
        let publicised = Publicised { opens_on: *posted_on, backfilled: true, ..entered };
        Ok(vec![Event::BackfillApproved(approved), Event::Publicised(publicised)])
    }

    /// It can be publicised as any other then.
    pub(super) fn refuse_backfill(
        &self,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        Ok(Event::BackfillRefused(self.awaiting()?.paper.refused(reason, given)?))
    }

    /// Adopted, and neither publicised nor waiting for that.
    pub(super) fn unpublicised(&self) -> Result<(), Rejection> {
        let stage = self.phase.live()?;
        if stage != Stage::Adopted {
            return Err(Rejection::AlreadyPublicised { stage });
        }
        if self.asked.is_some() { Err(Rejection::AwaitsApproval {}) } else { Ok(()) }
    }

    fn awaiting(&self) -> Result<&BackfillRequested, Rejection> {
        self.phase.live()?;
        self.asked.as_ref().ok_or(Rejection::NotRequested {})
    }
}
