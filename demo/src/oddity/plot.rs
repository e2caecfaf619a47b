//! What is odd, step by step, with whom it is played, and what an audit finds of it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::agenda::{after, at};

/// Something that an audit finds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Odd {
    /// The part of the audit, as its answer names it.
    pub part: &'static str,
    /// What it is, in both languages.
    pub what: &'static str,
    /// What the audit's line is about: a unit, a volunteer, a stream or an account.
    pub about: String,
    /// The code of the finding.
    pub code: &'static str,
    /// The day from which on it is found.
    pub since: Date,
}

/// One step of what is odd.
#[derive(Debug, Clone, Copy)]
pub enum Oddity {
    /// A unit declares more people than it has.
    RaiseHeadcount,
    /// It declares fewer, just before its squad is declared complete.
    LowerHeadcount,
    /// Half of a squad leaves on the last day, after it was declared complete.
    LeaveSquad,
    /// They join again with a consent of that day.
    JoinAgain,
    /// Two activities are announced.
    Announce,
    /// The first begins.
    BeginShort,
    /// The first ends.
    EndShort,
    /// The second begins.
    BeginLong,
    /// The second ends.
    EndLong,
    /// They are recorded and attested: one from one desk, one longer than a day's work.
    Certify,
    /// Points and a star out of nothing, by an account of the service itself.
    Reward,
    /// Names are read for purposes that say something, nothing, or something else.
    Read,
}

/// What is odd so far, and with whom it is played.
#[derive(Debug, Default)]
pub struct Oddities {
    found: Mutex<BTreeSet<Odd>>,
    /// With whom it is played, once that is chosen.
    pub cast: Option<Cast>,
}

/// Adults of a squad who serve in nothing else from now on, as places in the census.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// Their squad.
    pub squad: usize,
    /// Whose hours are recorded and attested from one desk.
    pub one_desk: usize,
    /// Whose day is too long.
    pub long_day: usize,
    /// Who gets points and a star, and whose number stands behind two accounts.
    pub rewarded: usize,
}

impl Oddities {
    /// Who gets a star out of nothing.
    pub fn rewarded(&self) -> Option<usize> {
        self.cast.map(|cast| cast.rewarded)
    }

    /// Notes what an audit has to find.
    pub fn note(&self, odd: Odd) {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).insert(odd);
    }

    /// All that was noted.
    pub fn all(&self) -> Vec<Odd> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// An activity.
#[derive(Debug, Clone, Copy)]
pub struct Occasion {
    /// What its id is made of.
    pub name: &'static str,
    /// 活动名称.
    pub title: &'static str,
    day: Date,
    hour: u32,
    /// How long it lasts.
    pub minutes: u32,
}

/// Two hours on a Saturday.
pub const SHORT: Occasion = Occasion {
    name: "odd-short",
    title: "普法宣讲",
    day: date(2022, 3, 12),
    hour: 9,
    minutes: 120,
};

/// The whole of a Sunday.
pub const LONG: Occasion = Occasion {
    name: "odd-long",
    title: "庙会秩序维护",
    day: date(2022, 3, 13),
    hour: 6,
    minutes: 15 * 60,
};

impl Occasion {
    /// When it starts.
    pub fn starts_at(self) -> Timestamp {
        at(self.day, self.hour, 0)
    }

    /// When it ends.
    pub fn ends_at(self) -> Timestamp {
        after(self.starts_at(), self.minutes)
    }
}
