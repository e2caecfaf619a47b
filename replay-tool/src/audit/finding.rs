//! What an audit finds.

use jiff::civil::Date;
use serde::Serialize;

use crate::lang::Said;

/// How a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// 缺失: a step was not taken within its time.
    Missing,
    /// 违规: what the rules forbid stands in the log nevertheless.
    Wrong,
    /// 迟办: a step was taken, after its time.
    Late,
    /// 提示: nothing was done wrong, but a reader should know.
    Note,
}

impl Weight {
    /// 中文 and English.
    pub fn said(self) -> Said {
        match self {
            Self::Missing => Said::new("缺失", "missing"),
            Self::Wrong => Said::new("违规", "wrong"),
            Self::Late => Said::new("迟办", "late"),
            Self::Note => Said::new("提示", "note"),
        }
    }
}

/// One thing found about a decision.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Stable, for example `decision.not_publicised`.
    pub code: &'static str,
    /// How it weighs.
    pub weight: Weight,
    /// The last day of the step, or the day of the fact.
    pub on: Date,
    /// The event that shows it; none for what did not happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub said: Said,
}

impl Finding {
    /// Whether an audit fails for it.
    pub fn fails(&self) -> bool {
        match self.weight {
            Weight::Missing | Weight::Wrong => true,
            Weight::Late | Weight::Note => false,
        }
    }
}
