//! 规则簿: the figures that the rules work with, each with its source, in versions.

mod deliberation;
mod events;
mod names;
mod procedure;
mod rejection;
mod rule;
mod rules;
mod stated;
#[cfg(test)]
mod tests;

pub use deliberation::{BodyRule, Composition, Deliberation, Part, Responsibility, Topic};
pub use events::{Adopted, Event};
pub use names::NAMES;
pub use procedure::Procedure;
pub use rejection::Rejection;
pub use rule::Rule;
pub use rules::{PopulationShare, Redeemable, Rules};

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::{Aggregate, Given, Text};

/// All versions ever adopted; a version is never edited.
///
/// Until a county adopts its own version, the shipped one is in force:
///
/// ```
/// use domain::Minutes;
/// use domain::rulebook::Rulebook;
/// use jiff::civil::date;
///
/// let rulebook = Rulebook::default();
/// let adopted = rulebook.in_force(date(2021, 11, 30));
/// assert_eq!(adopted.version, 0);
/// assert_eq!(adopted.rules.required_members(350, 200), 210, "60 % of the headcount");
/// assert_eq!(adopted.rules.stars_for(Minutes(100 * 60)), 1);
/// assert!(!adopted.rules.member_percent.source.is_empty(), "every figure names its source");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    versions: Vec<Adopted>,
}

/// What may be asked of the rulebook.
#[derive(Debug, Clone)]
pub enum Command {
    /// Adopt a new version from a day on.
    Adopt {
        /// First day of validity.
        effective_from: Date,
        /// All figures; a version is complete in itself.
        rules: Box<Rules>,
        /// Why it changes.
        reason: Text<200>,
    },
}

impl Rulebook {
    /// The version in force on a day; the shipped one before any was adopted.
    #[must_use]
    pub fn in_force(&self, on: Date) -> &Adopted {
        let adopted = self.versions.iter().rev().find(|version| version.effective_from <= on);
        adopted.unwrap_or_else(|| Adopted::shipped())
    }

    /// All versions, oldest first.
    #[must_use]
    pub fn versions(&self) -> &[Adopted] {
        &self.versions
    }
}

impl Adopted {
    /// Version 0, in force until the county adopts its own.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Adopted> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
            serde_json::from_str(include_str!("../../rulebook/shipped.json"))
                .expect("the shipped rulebook is valid")
        });
        &SHIPPED
    }
}

impl Rules {
    /// The figures of 援法议事 in force.
    #[must_use]
    pub fn deliberation(&self) -> &Deliberation {
        static SHIPPED: LazyLock<Deliberation> = LazyLock::new(|| {
            #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
            let shipped = Adopted::shipped().rules.deliberation.clone().expect("it has them");
            *shipped
        });
        self.deliberation.as_deref().unwrap_or(&SHIPPED)
    }
}

impl Aggregate for Rulebook {
    const CATEGORY: &'static str = "rulebook";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let Command::Adopt { effective_from, rules, reason } = command;
        rules.check()?;
        let version = self.versions.last().map_or(0, |last| last.version) + 1;
        if version > 1 && effective_from < given.today() {
            return Err(Rejection::Backdated { today: given.today() });
        }
        let adopted = Adopted { version, effective_from, rules: *rules, reason };
        Ok(vec![Event::Adopted(Box::new(adopted))])
    }

    fn evolve(&mut self, event: &Event) {
        let Event::Adopted(adopted) = event;
        self.versions.push((**adopted).clone());
    }
}
