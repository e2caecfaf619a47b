//! 满意度测评结果: what residents think, as far as enough of them have said so.

mod fold;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Answers, Filter, SurveyResult, get, list};
pub use rows::{Minimum, Survey};

use crate::{Half, Projection, Share, TableDef};

/// The read model *survey result*.
pub struct SurveyResults;

impl Projection for SurveyResults {
    const NAME: &'static str = "survey_result";
    const REVISION: u32 = 3;
    const TABLES: &'static [TableDef] = &[TableDef::of::<Survey>(), TableDef::of::<Minimum>()];
    const SHARE: Share = Share { half: Half::First, work: 2 };
}
