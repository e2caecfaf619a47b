//! 签到、签退: presence at an activity. It ends with the activity where nobody checks out.

use jiff::Timestamp;

use super::{Check, CheckedIn, CheckedOut, Event, Rejection, Service};
use crate::activity::{Participation, Phase};
use crate::{ActivityId, Given, Minutes};

/// The activity at which somebody is still checked in, as its own history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPresence {
    /// Which.
    pub activity: ActivityId,
    /// Its history.
    pub participation: Participation,
}

/// How long somebody was at an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Presence {
    /// Within the activity.
    pub(super) minutes: Minutes,
    /// Whether one of the stays ended with the activity, because nobody checked out.
    pub(super) forgotten: bool,
}

impl Service {
    /// The activity at which the volunteer is checked in.
    #[must_use]
    pub fn present_at(&self) -> Option<ActivityId> {
        self.open_check().map(|check| check.activity)
    }

    /// Whether the volunteer checked in to an activity, or a record that stands says that they served there.
    #[must_use]
    pub fn served_at(&self, activity: ActivityId) -> bool {
        self.checks.iter().any(|check| check.activity == activity)
            || self.records.iter().any(|record| record.stands_for(activity))
    }

    /// 签到. Where the volunteer is still checked in to an activity that is over, that presence ends with it.
    pub(super) fn check_in(
        &self,
        activity: ActivityId,
        participation: &Participation,
        open: Option<OpenPresence>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if !participation.signed_up {
            return Err(Rejection::NotSignedUp {});
        }
        match participation.phase {
            Phase::Announced | Phase::Cancelled => return Err(Rejection::NotHeld {}),
            Phase::Closed(_) => return Err(Rejection::Over {}),
            Phase::Running => {}
        }
        let arrival = Event::CheckedIn(CheckedIn { activity, at: given.now });
        let Some(check) = self.open_check() else { return Ok(vec![arrival]) };
        let there = open.filter(|open| open.activity == check.activity);
        let over = there.as_ref().filter(|_| check.activity != activity);
        match over.and_then(|there| there.participation.over_at(given.now)) {
            Some(over) => Ok(vec![check.ended_with(over), arrival]),
            None => {
                let other = check.activity;
                let title = there.map(|there| there.participation.activity.title.to_string());
                let title = title.unwrap_or_else(|| other.to_string());
                Err(Rejection::AlreadyIn { other, title })
            }
        }
    }

    /// 签退. After the activity was closed it says nothing of the time: the presence ended with the activity.
    pub(super) fn check_out(
        &self,
        activity: ActivityId,
        participation: &Participation,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        match self.open_check().filter(|check| check.activity == activity) {
            Some(check) => Ok(vec![match participation.phase {
                Phase::Closed(over) => check.ended_with(over),
                Phase::Announced | Phase::Running | Phase::Cancelled => {
                    let (at, forgotten) = (given.now, false);
                    Event::CheckedOut(CheckedOut { activity, at, forgotten })
                }
            }]),
            None if self.checks.iter().any(|one| one.activity == activity && one.forgotten) => {
                Ok(vec![])
            }
            None => Err(Rejection::NotIn {}),
        }
    }

    /// An activity is over: who did not check out was there until then.
    pub(super) fn end_presence(
        &self,
        activity: ActivityId,
        participation: &Participation,
        given: &Given<'_>,
    ) -> Vec<Event> {
        let open = self.open_check().filter(|check| check.activity == activity);
        let over = participation.over_at(given.now);
        open.zip(over).map(|(check, over)| check.ended_with(over)).into_iter().collect()
    }

    /// Time between check-in and check-out at an activity, as far as it lies between `from` and `until` and not after `now`; none
    /// where nobody checked in.
    pub(super) fn presence_at(
        &self,
        activity: ActivityId,
        participation: &Participation,
        (from, until): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> Option<Presence> {
        let until = until.min(now);
        let over = participation.over_at(now).is_some();
        let stays = self.checks.iter().filter(|check| check.activity == activity);
        let stays = stays.map(|check| Presence {
            minutes: whole_minutes(check.from.max(from), check.to.unwrap_or(until).min(until)),
            forgotten: check.forgotten || (over && check.to.is_none()),
        });
        stays.reduce(|all, one| Presence {
            minutes: Minutes(all.minutes.0.saturating_add(one.minutes.0)),
            forgotten: all.forgotten || one.forgotten,
        })
    }

    /// What records that stand give of an activity, but for one that is replaced.
    pub(super) fn recorded_at(&self, activity: ActivityId, replaces: Option<u32>) -> Minutes {
        let others = (1u32..)
            .zip(&self.records)
            .filter(|(number, record)| Some(*number) != replaces && record.stands_for(activity));
        Minutes(others.map(|(_, record)| record.entry.minutes.0).sum())
    }

    fn open_check(&self) -> Option<&Check> {
        self.checks.last().filter(|check| check.to.is_none())
    }
}

impl Check {
    /// Nobody checked out: the presence ended when the activity was over, or at once where it had been over before.
    fn ended_with(&self, over: Timestamp) -> Event {
        let (activity, at) = (self.activity, over.max(self.from));
        Event::CheckedOut(CheckedOut { activity, at, forgotten: true })
    }
}

/// Minutes from one moment to another; a minute begun counts.
pub(super) fn whole_minutes(from: Timestamp, to: Timestamp) -> Minutes {
    let seconds = u64::try_from(to.duration_since(from).as_secs()).unwrap_or(0);
    Minutes(u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX))
}
