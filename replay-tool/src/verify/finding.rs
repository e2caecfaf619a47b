//! What a check has found.

use std::collections::BTreeSet;

use event_store::Recorded;
use projections::Difference;
use serde::Serialize;

use crate::advice::{self, Advice};
use crate::lang::Said;

/// Findings that are listed; further ones are only counted.
pub const LISTED: usize = 100;

/// One thing that is not as it must be, and where.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Which check found it, for example `stream.gap`.
    pub check: &'static str,
    /// The event's place in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// The stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
    /// The event's place in the stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// The piece of evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Every place in the log that names it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cited_at: Vec<u64>,
    /// The cell of a read model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<Cell>,
    /// What is wrong.
    #[serde(flatten)]
    pub said: Said,
}

/// A cell, row or table of the live read models that is not what the log says.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// The read model.
    pub projection: String,
    /// Table, key, column; `left` is live and `right` rebuilt.
    #[serde(flatten)]
    pub difference: Difference,
}

impl Finding {
    /// A finding of a check.
    pub fn new(check: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let said = Said::new(zh, en);
        Self {
            check,
            position: None,
            stream: None,
            version: None,
            digest: None,
            cited_at: Vec::new(),
            cell: None,
            said,
        }
    }

    /// About an event.
    pub fn at(mut self, event: &Recorded) -> Self {
        self.position = Some(event.position.0);
        self.version = Some(event.version.0);
        self.of(event.stream.as_str())
    }

    /// About a position.
    pub fn position(mut self, position: u64) -> Self {
        self.position = Some(position);
        self
    }

    /// About a stream.
    pub fn of(mut self, stream: &str) -> Self {
        self.stream = Some(stream.to_owned());
        self
    }

    /// Where it is, in both languages.
    pub fn place(&self) -> Said {
        let mut place = Said::new("", "");
        if let Some(position) = self.position {
            place.zh.push_str(&format!("位置{position} "));
            place.en.push_str(&format!("position {position} "));
        }
        if let Some(stream) = &self.stream {
            place.zh.push_str(&format!("事件流{stream} "));
            place.en.push_str(&format!("stream {stream} "));
        }
        if let Some(version) = self.version {
            place.zh.push_str(&format!("第{version}件 "));
            place.en.push_str(&format!("event {version} "));
        }
        place
    }
}

/// The evidence that was held against its digests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Pieces that events name.
    pub cited: u64,
    /// Those of them that are the bytes that were kept.
    pub sound: u64,
    /// Those that are other bytes.
    pub changed: u64,
    /// Those that were kept and are not there.
    pub missing: u64,
    /// Documents that backfills name and that were never kept here, as far as anybody knows.
    pub elsewhere: u64,
    /// Pieces that are there and that no event names.
    pub uncited: u64,
}

/// All that was found, and how much was looked at.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Events read.
    pub events: u64,
    /// Streams met.
    pub streams: u64,
    /// Whether the live read models were compared with rebuilt ones.
    pub compared: bool,
    /// Checkpoints of the ledger that the log agrees with.
    pub checkpoints: u64,
    /// The published checkpoint that it was compared with.
    #[serde(skip)]
    pub published: Option<String>,
    /// Witnesses whose signatures under them were checked.
    pub witnesses: BTreeSet<Box<str>>,
    /// Personal sections that are what their events vouch for, or were erased.
    pub sections: u64,
    /// Pieces of evidence, where they were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Compared>,
    /// How much was found.
    pub count: u64,
    /// The first of it.
    pub findings: Vec<Finding>,
    /// What is worth knowing without being a finding.
    pub notices: Vec<Finding>,
    /// What each code among them means and what to do next.
    pub advice: Vec<Advice>,
}

impl Report {
    /// Something is wrong.
    pub fn find(&mut self, finding: Finding) {
        self.count += 1;
        if self.findings.len() < LISTED {
            self.findings.push(finding);
        }
    }

    /// Says of everything that was found what it means and what to do next.
    pub fn advise(&mut self) {
        let found = self.findings.iter().chain(&self.notices).map(|finding| finding.check);
        let codes: BTreeSet<&str> = found.collect();
        self.advice = codes.into_iter().filter_map(advice::on).collect();
    }

    /// Adds something worth knowing, which counts as wrong where `--strict` is given.
    pub fn notice(&mut self, strict: bool, finding: Finding) {
        if strict {
            self.find(finding);
        } else {
            self.notices.push(finding);
        }
    }
}
