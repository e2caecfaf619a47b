//! One event as a sentence.

use domain::{CampaignCode, Evidence, SealedDigest, Several};
use jiff::Timestamp;

use crate::lang::Said;
use crate::moment::county;

/// The most things of a list that are named; `…` stands for the rest.
const NAMED: usize = 10;

/// What an event says to a reader.
pub struct Description {
    /// What happened, as one sentence.
    pub what: Said,
    /// The reason that was given with it.
    pub reason: Option<String>,
    /// What it rests on.
    pub basis: Vec<Basis>,
}

/// What a fact rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// A rule of the rulebook, by its name there.
    Rule(&'static str),
    /// A provision of law.
    Law(&'static str),
    /// What the event itself cites.
    Cited(String),
}

impl Description {
    /// A sentence in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { what: Said::new(zh, en), reason: None, basis: Vec::new() }
    }

    /// With the reason that was given.
    pub fn because(mut self, reason: impl ToString) -> Self {
        self.reason = Some(reason.to_string());
        self
    }

    /// Under a rule of the rulebook.
    pub fn rule(mut self, name: &'static str) -> Self {
        self.basis.push(Basis::Rule(name));
        self
    }

    /// Under a provision of law.
    pub fn law(mut self, provision: &'static str) -> Self {
        self.basis.push(Basis::Law(provision));
        self
    }

    /// Under what the event cites.
    pub fn cited(mut self, provision: impl ToString) -> Self {
        self.basis.push(Basis::Cited(provision.to_string()));
        self
    }
}

/// The beginning of a digest: enough to compare by eye.
pub fn short(digest: &SealedDigest) -> String {
    digest.to_string().chars().take(12).collect()
}

/// The first of a list, one by one.
pub fn list<T: ToString>(all: impl IntoIterator<Item = T>) -> Several<String> {
    let mut all = all.into_iter();
    let mut named: Vec<String> = all.by_ref().take(NAMED).map(|one| one.to_string()).collect();
    if all.next().is_some() {
        named.push("…".to_owned());
    }
    Several(named)
}

/// 佐证材料, to stand at the end of a sentence; nothing where there is none.
pub fn evidence(pieces: &[Evidence]) -> Said {
    if pieces.is_empty() {
        return Said::new("", "");
    }
    let count = pieces.len();
    let zh = pieces.iter().map(|it| format!("{}{}…", it.media_type.zh(), short(&it.digest)));
    let en = pieces.iter().map(|it| format!("{} {}…", it.media_type.as_str(), short(&it.digest)));
    Said::new(
        format!(";佐证{count}件:{}", list(zh)),
        format!("; evidence ({count}): {:#}", list(en)),
    )
}

/// `到期未到` as words; the deadline is the campaign's, and there is none for a unit without a task.
pub fn late(late: bool, deadline: Option<Timestamp>, campaign: Option<&CampaignCode>) -> Said {
    let within = of_campaign(campaign);
    let Some(deadline) = deadline.map(county) else {
        return Said::new(
            format!("没有期限{}", within.zh),
            format!("without a deadline{}", within.en),
        );
    };
    let (zh, en) = if late { ("逾期", "late") } else { ("按期", "in time") };
    Said::new(
        format!("{zh}(期限{deadline}{})", within.zh),
        format!("{en} (the deadline was {deadline}{})", within.en),
    )
}

/// In which campaign, where one is named.
pub fn of_campaign(campaign: Option<&CampaignCode>) -> Said {
    campaign.map_or_else(
        || Said::new("", ""),
        |code| Said::new(format!(",行动{code}"), format!(", campaign {code}")),
    )
}
