//! 运行: what operators state of the service itself, so that whoever replays the history sees it too. The rules are our default:
//! no document speaks of clocks and backups.

mod events;
#[cfg(test)]
mod tests;

pub use events::{ClockConfirmed, Event, ReadingsStated, VaultLossAccepted};

use jiff::Timestamp;

use crate::{Aggregate, Given, Text, county_date};

/// What was stated; no rule of another stream rests on it.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    readings: Option<ReadingsStated>,
    gaps_up_to: u64,
}

impl Operation {
    /// The last statement of readings, on which the next goes on; none at the beginning, and after a loss was accepted.
    #[must_use]
    pub fn readings_stated(&self) -> Option<&ReadingsStated> {
        self.readings.as_ref()
    }

    /// The number up to which readings may be missing, because a loss was accepted; 0 where none was.
    #[must_use]
    pub fn gaps_up_to(&self) -> u64 {
        self.gaps_up_to
    }
}

/// What operators may state.
#[derive(Debug, Clone)]
pub enum Command {
    /// 时钟确认.
    ConfirmClock {
        /// The last moment at which the service ran; none where that is not known.
        last_ran: Option<Timestamp>,
        /// Why.
        reason: Text<200>,
    },
    /// 个人信息缺失认定.
    AcceptVaultLoss {
        /// Of how many persons.
        persons: u64,
        /// How many readings that were stated are no longer recorded as they were.
        readings: u64,
        /// How many readings were numbered so far.
        numbered: u64,
        /// Why.
        reason: Text<200>,
    },
    /// 查阅记录日结.
    StateReadings(ReadingsStated),
}

refusals! {
    /// Why a statement is not taken.
    pub enum Rejection {
        NothingLost {} "operation.nothing_lost" at "persons" =>
            "个人信息库与日志相符,没有缺失可以认定。",
            "The vault holds all that the log refers to: nothing is lost.";
        NoReadings {} "operation.no_readings" at "readings" =>
            "当日没有查阅记录,无须日结。",
            "Nobody read anything on that day: there is nothing to state.";
        DayNotOver { day: jiff::civil::Date } "operation.day_not_over" at "day" =>
            "{day}尚未结束,应在次日日结。",
            "{day} is not over yet; its readings are stated on the day after.";
        ReadingsOutOfOrder { after: u64 } "operation.readings_out_of_order" at "after" =>
            "日结应从第{after}号查阅之后接续,日期不早于上次。",
            "A statement goes on after reading {after}, with a day that is not before the last one.";
    }
}

impl Aggregate for Operation {
    const CATEGORY: &'static str = "operation";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::ConfirmClock { last_ran, reason } => {
                Ok(vec![Event::ClockConfirmed(ClockConfirmed { last_ran, reason })])
            }
            Command::AcceptVaultLoss { persons: 0, readings: 0, .. } => {
                Err(Rejection::NothingLost {})
            }
            Command::AcceptVaultLoss { persons, readings, numbered, reason } => {
                let numbered = Some(numbered);
                let accepted = VaultLossAccepted { persons, readings, numbered, reason };
                Ok(vec![Event::VaultLossAccepted(accepted)])
            }
            Command::StateReadings(stated) => self.state_readings(stated, given),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::ClockConfirmed(_) => {}
            // What is left of the records, or is recorded in another vault from now on, is stated from its beginning.
            Event::VaultLossAccepted(accepted) => {
                self.readings = None;
                self.gaps_up_to = accepted.gaps_up_to();
            }
            Event::ReadingsStated(stated) => self.readings = Some(stated.clone()),
        }
    }
}

impl Operation {
    fn state_readings(
        &self,
        stated: ReadingsStated,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if stated.readings == 0 || stated.last <= stated.after {
            return Err(Rejection::NoReadings {});
        }
        if stated.day >= county_date(given.now) {
            return Err(Rejection::DayNotOver { day: stated.day });
        }
        let after = self.readings.as_ref().map_or(0, |before| before.last);
        let earlier = self.readings.as_ref().is_some_and(|before| stated.day < before.day);
        if stated.after != after || earlier {
            return Err(Rejection::ReadingsOutOfOrder { after });
        }
        Ok(vec![Event::ReadingsStated(stated)])
    }
}
