use serde::{Deserialize, Serialize};

use super::judge::Counts;
use crate::{SealedDigest, Text, UnitCode};

/// What happens to a comparison (实名比对).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 比对开始.
    Began(Began),
    /// 比对完成.
    Finished(Finished),
}

/// A roster is being compared with everybody registered. What it says of a person names this event as its cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Began {
    /// What the roster is called, and of which day it is.
    pub roster: Text<80>,
    /// Why people's personal data is opened for it.
    pub purpose: Text<60>,
    /// Digest of the file, which itself is not kept.
    pub file: SealedDigest,
    /// Rows that hold anything.
    pub rows: u32,
    /// Who is held against it: this unit and those below it; none for the whole county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<UnitCode>,
    /// 名册完整: whether it lists everybody, so that it does not bear out who is not in it.
    pub whole: bool,
}

/// Every row, and everybody registered, was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// People registered who were held against the roster.
    pub registered: u32,
    /// How often each outcome came.
    pub outcomes: Counts,
}
