//! What an audit finds.

use domain::county_date;
use jiff::civil::Date;
use projections::Fact;
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
    /// 存疑: nothing that a rule forbids, but so unlikely that somebody has to look.
    Doubtful,
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
            Self::Doubtful => Said::new("存疑", "doubtful"),
            Self::Late => Said::new("迟办", "late"),
            Self::Note => Said::new("提示", "note"),
        }
    }
}

/// One thing found about what is audited.
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
    /// Something that a fact shows, on the day on which the log learned it.
    pub fn at(
        fact: &Fact,
        code: &'static str,
        weight: Weight,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        let (on, event) = (county_date(fact.recorded_at), Some(place_of(fact)));
        Self { code, weight, on, event, said: Said::new(zh, en) }
    }

    /// A step that was to be taken until a day and was not.
    pub fn missing(
        code: &'static str,
        due: Date,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { code, weight: Weight::Missing, on: due, event: None, said: Said::new(zh, en) }
    }

    /// Whether an audit fails for it.
    pub fn fails(&self) -> bool {
        match self.weight {
            Weight::Missing | Weight::Wrong | Weight::Doubtful => true,
            Weight::Late | Weight::Note => false,
        }
    }
}

/// How a finding names an event: its stream and its place there.
pub fn place_of(fact: &Fact) -> String {
    format!("{}@{}", fact.stream, fact.version)
}
