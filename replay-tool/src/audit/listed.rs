//! What was audited, line by line, with what was found and what to do about it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use super::finding::{Finding, Weight};
use crate::advice::{self, Advice};
use crate::lang::Said;

/// A line of an auditor's list.
pub trait Listed: Serialize {
    /// What it is about: a stream, or a unit or account.
    fn about(&self) -> &str;

    /// What was found.
    fn findings(&self) -> &[Finding];

    /// The codes of what fails, for the eye.
    fn codes(&self) -> String {
        let failing: Vec<&str> =
            self.findings().iter().filter(|it| it.fails()).map(|it| it.code).collect();
        failing.join(" ")
    }

    /// Whether something about it fails.
    fn fails(&self) -> bool {
        self.findings().iter().any(Finding::fails)
    }
}

/// One part of the county's work, audited.
#[derive(Debug, Serialize)]
pub struct Audit<R> {
    /// As of when.
    pub as_of: Timestamp,
    /// Events read.
    pub events: u64,
    /// Lines looked at, those left out by `--failures-only` included.
    pub listed: usize,
    /// Steps that were not taken in time.
    pub missing: usize,
    /// What the rules forbid.
    pub wrong: usize,
    /// What somebody has to look at.
    pub doubtful: usize,
    /// Steps that were taken late.
    pub late: usize,
    /// What a reader should know besides.
    pub notes: usize,
    /// What each code that was found means and what to do next.
    pub advice: Vec<Advice>,
    /// The lines.
    pub rows: Vec<R>,
}

impl<R: Listed> Audit<R> {
    /// Lines with what was found about each.
    pub fn of(as_of: Timestamp, events: u64, rows: Vec<R>) -> Self {
        let found = || rows.iter().flat_map(Listed::findings);
        let count = |weight| found().filter(|finding| finding.weight == weight).count();
        let codes: BTreeSet<&str> = found().map(|finding| finding.code).collect();
        Self {
            as_of,
            events,
            listed: rows.len(),
            missing: count(Weight::Missing),
            wrong: count(Weight::Wrong),
            doubtful: count(Weight::Doubtful),
            late: count(Weight::Late),
            notes: count(Weight::Note),
            advice: codes.into_iter().filter_map(advice::on).collect(),
            rows,
        }
    }

    /// What it comes to, without what was counted.
    pub fn tally(&self) -> Said {
        let Self { missing, wrong, doubtful, late, notes, .. } = self;
        let (zh, en) = match doubtful {
            0 => (String::new(), String::new()),
            some => (format!(",存疑{some}处"), format!(", {some} doubtful")),
        };
        Said::new(
            format!("缺失{missing}处,违规{wrong}处{zh},另有迟办{late}处,提示{notes}处"),
            format!("{missing} missing, {wrong} wrong{en}; {late} done late, {notes} to note"),
        )
    }
}
