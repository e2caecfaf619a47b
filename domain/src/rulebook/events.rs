use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::Text;

/// What happens to the rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A version was adopted.
    Adopted(Box<Adopted>),
}

/// A version of the rulebook was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// 1 for the first, rising by one. Version 0 is what the program ships with.
    pub version: u32,
    /// First day of validity.
    pub effective_from: Date,
    /// All figures.
    pub rules: Rules,
    /// Why it was adopted.
    pub reason: Text<200>,
}
