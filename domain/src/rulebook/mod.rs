//! 规则簿: the figures that the rules work with, each with its source, in versions.

mod deliberation;
mod events;
mod rules;
#[cfg(test)]
mod tests;

pub use deliberation::{BodyRule, Deliberation, Part, Topic};
pub use events::{Adopted, Event};
pub use rules::{Redeemable, Rule, Rules};

use jiff::civil::Date;

use crate::{Aggregate, Given, Text};

/// All versions ever adopted; a version is never edited.
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

refusals! {
    /// Why a rulebook is not adopted.
    pub enum Rejection {
        Backdated { today: Date } "rulebook.backdated" at "effective_from" =>
            "规则簿不溯及既往;生效日期应为{today}或以后。",
            "Rules do not reach back; effective_from must be {today} or later.";
        Figure { rule: &'static str, accepted: &'static str } "rulebook.figure" at "rules" =>
            "{rule}的取值不合规;可接受:{accepted}。",
            "The figure of {rule} is out of range; accepted: {accepted}.";
        Uncited { rule: &'static str } "rulebook.uncited" at "rules" =>
            "{rule}没有注明依据;每条规则须注明来源。",
            "{rule} cites no source; every rule names where it comes from.";
    }
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
