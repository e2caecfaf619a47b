//! 实名比对: a roster of the office's register is held against everybody registered, in one run.

mod events;
mod judge;
#[cfg(test)]
mod tests;

pub use events::{Began, Event, Finished};
pub use judge::{Counts, Found, Outcome, Row, judge};

use crate::{Aggregate, Given, UnitCode};

/// A comparison as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    began: bool,
    finished: bool,
}

/// What may be asked of a comparison.
#[derive(Debug, Clone)]
pub enum Command {
    /// 开始.
    Begin(Began),
    /// 完成.
    Finish(Finished),
}

refusals! {
    /// Why a comparison's command is refused.
    pub enum Rejection {
        Unknown {} "comparison.unknown" absent at "comparison" =>
            "没有该编号的实名比对。", "There is no comparison with this number.";
        AlreadyFinished {} "comparison.already_finished" at "comparison" =>
            "该比对已完成;名册改正后请再比对一次。",
            "The comparison ended already; compare the corrected roster in another.";
        NoRows {} "comparison.no_rows" at "file" =>
            "名册中没有人;请使用每人一行的名册。", "The roster lists nobody; it has a row for each person.";
        UnknownUnit { unit: UnitCode } "comparison.unknown_unit" absent at "within" =>
            "单位代码{unit}不存在;请填写已登记单位的代码,或留空比对全县。",
            "There is no unit {unit}; give the code of a registered unit, or none for the whole county.";
    }
}

impl Aggregate for Comparison {
    const CATEGORY: &'static str = "comparison";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Begin(began) if began.rows == 0 => Err(Rejection::NoRows {}),
            Command::Begin(began) => match &began.within {
                Some(unit) if given.units.get(unit).is_none() => {
                    Err(Rejection::UnknownUnit { unit: unit.clone() })
                }
                Some(_) | None => Ok(vec![Event::Began(began)]),
            },
            Command::Finish(_) if !self.began => Err(Rejection::Unknown {}),
            Command::Finish(_) if self.finished => Err(Rejection::AlreadyFinished {}),
            Command::Finish(finished) => Ok(vec![Event::Finished(finished)]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Began(_) => self.began = true,
            Event::Finished(_) => self.finished = true,
        }
    }
}
