//! 每月议事: a month without sealed minutes is shown, once the days for the minutes have passed.
//!
//! Months that begin on the day of the opening or later count; the one in which a station opens does
//! not, unless it opened on the first. A town's leading group sees to the villages' meetings and owes none itself.

use jiff::civil::Date;

use super::{Event, Level, MeetingHeld, MeetingMissed, Opened, Rejection, Station};
use crate::aggregate::once;
use crate::time::days_after;
use crate::{Given, Month};

impl Station {
    /// The months that are over, with the days for their minutes, and neither had a meeting nor were
    /// noted as missed; the oldest first.
    #[must_use]
    pub fn months_to_miss(&self, today: Date, minutes_days: u8) -> Vec<Month> {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.level == Level::Village)
        else {
            return vec![];
        };
        let first = Month::of(opened.opened_on);
        let first = if first.first_day() < opened.opened_on { first.next() } else { first };
        std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(|month| minutes_due(*month, minutes_days) < today)
            .filter(|month| !self.held.contains(month) && !self.missed.contains(month))
            .collect()
    }

    pub(super) fn hold_meeting(&self, held: MeetingHeld) -> Result<Vec<Event>, Rejection> {
        self.opened()?;
        let new = !self.meetings.contains(&held.meeting);
        Ok(once(new, || Event::MeetingHeld(held)))
    }

    pub(super) fn miss_meeting(
        &self,
        month: Month,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let &Opened { ref unit, level, opened_on, .. } = self.opened()?;
        if level == Level::Town {
            return Err(Rejection::TownOwesNone {});
        }
        if let Some(successor) = given.units.get(unit).and_then(|unit| unit.succeeded_by.clone()) {
            return Err(Rejection::EndedUnit { successor });
        }
        if month.first_day() < opened_on {
            return Err(Rejection::OpenedLater { opened_on });
        }
        let due = minutes_due(month, *given.rulebook.rules.deliberation().minutes_days);
        if given.today() <= due {
            return Err(Rejection::MinutesNotDue { due });
        }
        if self.held.contains(&month) {
            return Err(Rejection::MeetingWasHeld { month });
        }
        let new = !self.missed.contains(&month);
        Ok(once(new, || Event::MeetingMissed(MeetingMissed { month })))
    }
}

/// The last day for sealing the minutes of a meeting held on the month's last day.
fn minutes_due(month: Month, minutes_days: u8) -> Date {
    days_after(month.last_day(), minutes_days)
}
