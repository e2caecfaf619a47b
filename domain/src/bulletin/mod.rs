//! 通报: how far every unit has come at a moment, published as it was then and corrected by a later one only.
//!
//! It is ordered first and published then: what the log learns after the order is in no case part of it, so that the
//! figures follow from a beginning of the log that nobody can add to, and anybody can work them out again.

mod events;
mod rank;
#[cfg(test)]
mod tests;

pub use events::{Correction, Event, Figures, Late, Ordered, Published, Row, Tabled};
pub use rank::ranked;

use jiff::Timestamp;

use crate::{Aggregate, BulletinId, Given, Moment};

/// Rows that one event holds: it stays far below what a log takes.
const ROWS_OF_AN_EVENT: usize = 100;
/// The most units of a bulletin: all events of one decision go to the log together.
pub const MOST_UNITS: usize = 1_500;

/// A bulletin as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Bulletin {
    ordered: Option<Ordered>,
    published: bool,
}

/// What may be asked of a bulletin.
#[derive(Debug, Clone)]
pub enum Command {
    /// 编制.
    Order {
        /// What it is to be.
        ordered: Ordered,
        /// Whether the bulletin that it corrects was published.
        earlier_published: bool,
    },
    /// 发布.
    Publish {
        /// The moment that the figures tell of.
        as_of: Timestamp,
        /// What the log tells of each unit at that moment.
        units: Vec<Figures>,
    },
}

refusals! {
    /// Why a bulletin's command is refused.
    pub enum Rejection {
        Unknown {} "bulletin.unknown" absent at "bulletin" =>
            "没有该编号的通报。", "There is no bulletin with this number.";
        AlreadyOrdered {} "bulletin.already_ordered" at "bulletin" =>
            "该通报已在编制。", "The bulletin was ordered already.";
        AlreadyPublished {} "bulletin.already_published" at "bulletin" =>
            "该通报已发布,不再改动;如有错误请另发更正通报。",
            "The bulletin was published and never changes; publish another that corrects it.";
        Uncorrectable { bulletin: BulletinId } "bulletin.uncorrectable" at "corrects" =>
            "没有已发布的通报{bulletin}可以更正;请填写已发布通报的编号。",
            "There is no published bulletin {bulletin} to correct; give the number of a published one.";
        AsOfAhead { now: Moment } "bulletin.as_of_in_future" at "as_of" =>
            "截至时间应早于现在({now});不填则截至发布时。",
            "The moment it tells of lies before now ({now}); leave it out for the moment of publishing.";
        NoUnits {} "bulletin.no_units" at "as_of" =>
            "截至该时间没有承担任务的单位可以通报。",
            "At that moment no unit had a task or a squad to tell of.";
        TooManyUnits { most: usize } "bulletin.too_many_units" at "as_of" =>
            "一份通报最多{most}个单位。", "A bulletin tells of at most {most} units.";
    }
}

impl Bulletin {
    /// Whether everybody may read it.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.published
    }

    /// What it was ordered to be.
    ///
    /// # Errors
    /// When there is no such bulletin.
    pub fn ordered(&self) -> Result<&Ordered, Rejection> {
        self.ordered.as_ref().ok_or(Rejection::Unknown {})
    }

    fn order(
        &self,
        ordered: Ordered,
        earlier_published: bool,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.ordered.is_some() {
            return Err(Rejection::AlreadyOrdered {});
        }
        match &ordered.corrects {
            Some(correction) if !earlier_published => {
                return Err(Rejection::Uncorrectable { bulletin: correction.bulletin });
            }
            Some(_) | None => {}
        }
        if ordered.as_of.is_some_and(|as_of| as_of >= given.now) {
            return Err(Rejection::AsOfAhead { now: given.now.into() });
        }
        Ok(vec![Event::Ordered(ordered)])
    }

    fn publish(&self, as_of: Timestamp, units: Vec<Figures>) -> Result<Vec<Event>, Rejection> {
        self.ordered()?;
        if self.published {
            return Err(Rejection::AlreadyPublished {});
        }
        if units.is_empty() {
            return Err(Rejection::NoUnits {});
        }
        if units.len() > MOST_UNITS {
            return Err(Rejection::TooManyUnits { most: MOST_UNITS });
        }
        let rows = ranked(units);
        let published = Published { as_of, units: u32::try_from(rows.len()).unwrap_or(u32::MAX) };
        let parts = rows.chunks(ROWS_OF_AN_EVENT);
        let parts = parts.map(|rows| Event::Tabled(Tabled { rows: rows.to_vec() }));
        Ok(parts.chain([Event::Published(published)]).collect())
    }
}

impl Aggregate for Bulletin {
    const CATEGORY: &'static str = "bulletin";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Order { ordered, earlier_published } => {
                self.order(ordered, earlier_published, given)
            }
            Command::Publish { as_of, units } => self.publish(as_of, units),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Ordered(ordered) => self.ordered = Some(ordered.clone()),
            Event::Tabled(_) => {}
            Event::Published(_) => self.published = true,
        }
    }
}
