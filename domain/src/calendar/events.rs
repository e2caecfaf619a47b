use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Text;

/// What happens to the calendar of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 节假日安排采用.
    Adopted(Adopted),
    /// 节假日安排更正.
    Corrected(Corrected),
}

/// The county took over the State Council's notice for a year (关于部分节假日安排的通知).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The year of which it speaks.
    pub year: i16,
    /// 文号 of the notice.
    pub source: Text<80>,
    /// 放假: days off.
    pub off: BTreeSet<Date>,
    /// 调休上班: Saturdays and Sundays that are worked.
    pub worked: BTreeSet<Date>,
}

/// What was known of a year was wrong, or another notice changed it; all days of the year are stated anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The year.
    pub year: i16,
    /// 文号 of the notice.
    pub source: Text<80>,
    /// 放假: days off.
    pub off: BTreeSet<Date>,
    /// 调休上班: Saturdays and Sundays that are worked.
    pub worked: BTreeSet<Date>,
    /// Why.
    pub reason: Text<200>,
}
