//! When a fact was learned, and which figures were in force then.

use std::collections::HashMap;

use domain::county_date;
use domain::rulebook::{Adopted, Deliberation};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use projections::Fact;

use super::finding::{Finding, Weight};
use crate::lang::Said;

/// The figures of every rulebook version that the log has told so far.
#[derive(Default)]
pub struct Figures(HashMap<u32, Deliberation>);

impl Figures {
    /// Takes a version in.
    pub fn adopt(&mut self, adopted: &Adopted) {
        self.0.insert(adopted.version, adopted.rules.deliberation().clone());
    }

    /// When and under which figures a fact was learned; the shipped ones for a version that the log does not hold.
    pub fn seen<'a>(&'a self, fact: &'a Fact) -> Seen<'a> {
        let adopted = self.0.get(&fact.metadata.rulebook);
        let rules = adopted.unwrap_or_else(|| Adopted::shipped().rules.deliberation());
        Seen { fact, day: county_date(fact.recorded_at), rules }
    }
}

/// A fact in its place and time.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// The county's day on which it was learned.
    pub day: Date,
    /// The figures in force.
    pub rules: &'a Deliberation,
}

impl Seen<'_> {
    /// When it was learned.
    pub fn at(&self) -> Timestamp {
        self.fact.recorded_at
    }

    /// The last day of a step that follows on a day.
    pub fn step_after(&self, day: Date) -> Date {
        day.saturating_add(i32::from(*self.rules.step_days).days())
    }

    /// The last day of a step that follows on this fact.
    pub fn step(&self) -> Date {
        self.step_after(self.day)
    }

    /// Says that this fact should not stand in the log.
    pub fn wrong(
        &self,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Finding {
        self.found(Weight::Wrong, code, zh, en)
    }

    /// Says that a reader should know of this fact.
    pub fn note(
        &self,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Finding {
        self.found(Weight::Note, code, zh, en)
    }

    /// Says of this fact what weighs so much.
    pub fn found(
        &self,
        weight: Weight,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Finding {
        let event = Some(format!("{}@{}", self.fact.stream, self.fact.version));
        Finding { code, weight, on: self.day, event, said: Said::new(zh, en) }
    }
}
