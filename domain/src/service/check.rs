//! 签到、签退: presence at an activity.

use super::{CheckedIn, CheckedOut, Event, Rejection, Service};
use crate::activity::{Participation, Phase};
use crate::{ActivityId, Given, Minutes};

impl Service {
    pub(super) fn check_in(
        &self,
        activity: ActivityId,
        participation: &Participation,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        if !participation.signed_up {
            return Err(Rejection::NotSignedUp {});
        }
        match participation.phase {
            Phase::Announced | Phase::Cancelled => return Err(Rejection::NotHeld {}),
            Phase::Closed(_) => return Err(Rejection::Over {}),
            Phase::Running => {}
        }
        if self.checks.last().is_some_and(|check| check.to.is_none()) {
            return Err(Rejection::AlreadyIn {});
        }
        Ok(Event::CheckedIn(CheckedIn { activity, at: given.now }))
    }

    pub(super) fn check_out(
        &self,
        activity: ActivityId,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        match self.checks.last() {
            Some(check) if check.to.is_none() && check.activity == activity => {
                Ok(Event::CheckedOut(CheckedOut { activity, at: given.now }))
            }
            Some(_) | None => Err(Rejection::NotIn {}),
        }
    }

    /// Time between check-in and check-out at an activity; none where nobody checked in or out.
    pub(super) fn presence_at(&self, activity: ActivityId) -> Option<Minutes> {
        let stays = self.checks.iter().filter(|check| check.activity == activity);
        let minutes = stays.filter_map(|check| check.to.map(|to| whole_minutes(check.from, to).0));
        minutes.reduce(u32::saturating_add).map(Minutes)
    }
}

/// Minutes from one moment to another; a minute begun counts.
pub(super) fn whole_minutes(from: jiff::Timestamp, to: jiff::Timestamp) -> Minutes {
    let seconds = u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0);
    Minutes(u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX))
}
