//! 记录期限: until when a service is recorded in time, and what becomes of a day that was counted too early to be final.

use jiff::civil::Date;

use super::{DueSettled, Entry, Event, Provisional, Record, Rejection, Service};
use crate::{Given, county_date};

/// 暂定期限 of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unsettled {
    /// The day after which it was counted.
    from: Date,
    /// The day that came of it.
    due: Date,
    provisional: Provisional,
}

impl Unsettled {
    pub(super) fn of(entry: &Entry, due: Date, provisional: Option<Provisional>) -> Option<Self> {
        let from = county_date(entry.ended_at);
        provisional.map(|provisional| Self { from, due, provisional })
    }
}

impl Record {
    /// Takes the day over that was counted since.
    pub(super) fn settle(&mut self, due: Date, provisional: Option<Provisional>) {
        self.unsettled = self.unsettled.zip(provisional).map(|(before, provisional)| Unsettled {
            due,
            provisional,
            ..before
        });
    }
}

/// The last day on which a service is recorded in time (民政部令第67号 §11).
pub(super) struct Due {
    pub(super) day: Date,
    pub(super) provisional: Option<Provisional>,
}

impl Due {
    pub(super) fn of(entry: &Entry, given: &Given<'_>) -> Self {
        let working_days = *given.rulebook.rules.record_within_working_days;
        Self::counted(county_date(entry.ended_at), working_days, given)
    }

    fn counted(from: Date, working_days: u16, given: &Given<'_>) -> Self {
        let day = given.calendar.plus_working_days(from, u32::from(working_days));
        let missing = given.calendar.first_year_missing(from, day);
        let provisional = missing.map(|missing| Provisional { working_days, missing });
        Self { day, provisional }
    }
}

impl Service {
    /// Counts a provisional last day anew, by the calendar as it is known now and the figure of the rulebook by which it was
    /// set. Says nothing where it was final, or where nothing new is known.
    pub(super) fn settle_due(
        &self,
        number: u32,
        given: &Given<'_>,
    ) -> Result<Option<Event>, Rejection> {
        let Some(Unsettled { from, due: was, provisional }) = self.record(number)?.unsettled else {
            return Ok(None);
        };
        let now = Due::counted(from, provisional.working_days, given);
        let settled =
            DueSettled { record: number, due: now.day, was, provisional: now.provisional };
        let news = (settled.due, settled.provisional) != (was, Some(provisional));
        Ok(news.then_some(Event::DueSettled(settled)))
    }
}
