//! 审议议题: held against the lists, and accepted, merged or rejected.
//!
//! What was done ahead of a meeting can only be ended by that meeting; where it denied the ratification, the issue is rejected.

use super::stage::Phase;
use super::{Accepted, Event, Issue, Merged, Rejected, Rejection, Triaged};
use crate::{IssueId, Text, TopicCode};

impl Issue {
    pub(super) fn triage(&self, topic: TopicCode, listed: bool) -> Result<Vec<Event>, Rejection> {
        self.pending()?;
        if self.phase == Phase::Accepted {
            return Err(Rejection::Accepted {});
        }
        if !listed {
            return Err(Rejection::NotListed { topic });
        }
        Ok(vec![Event::Triaged(Triaged { topic })])
    }

    pub(super) fn accept(&self) -> Result<Vec<Event>, Rejection> {
        self.pending()?;
        if self.phase == Phase::Accepted {
            return Ok(vec![]);
        }
        let topic = self.topic().cloned().ok_or(Rejection::NotTriaged {})?;
        Ok(vec![Event::Accepted(Accepted { topic })])
    }

    pub(super) fn merge(
        &self,
        issue: IssueId,
        into: IssueId,
        stands: bool,
    ) -> Result<Vec<Event>, Rejection> {
        self.dismissible()?;
        if into == issue {
            return Err(Rejection::IntoItself {});
        }
        if !stands {
            return Err(Rejection::TargetClosed {});
        }
        Ok(vec![Event::Merged(Merged { into })])
    }

    pub(super) fn reject(&self, reason: Text<500>) -> Result<Vec<Event>, Rejection> {
        self.pending()?;
        if self.expedited_unratified() && !self.denied {
            return Err(Rejection::Unratified {});
        }
        Ok(vec![Event::Rejected(Rejected { reason })])
    }

    pub(super) fn dismissible(&self) -> Result<(), Rejection> {
        self.pending()?;
        if self.expedited_unratified() { Err(Rejection::Unratified {}) } else { Ok(()) }
    }
}
