//! A notice that is only on paper.

use domain::resolution::BackfillRequested;
use jiff::civil::Date;

/// A notice from paper, as it was asked for, and whether a second person approved it.
#[derive(Default)]
pub struct Backfill {
    pub asked: Option<BackfillRequested>,
    pub approved: bool,
}

impl Backfill {
    /// As it was asked for.
    pub fn of(asked: &BackfillRequested) -> Self {
        Self { asked: Some(asked.clone()), approved: false }
    }

    /// The first day that a notice may have: today, or the day on paper once that was approved.
    pub fn opens_on(&self, backfilled: bool, today: Date) -> Option<Date> {
        if !backfilled {
            return Some(today);
        }
        self.asked.as_ref().filter(|_| self.approved).map(|asked| asked.posted_on)
    }
}
