use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Adopted, Procedure, Rule};
use crate::meeting::{Body, Matter};
use crate::station::{Capacity, Group, Level, List};
use crate::writing::has_hidden;
use crate::{Both, Text, TopicCode};

/// The figures of 援法议事.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliberation {
    /// An issue that came in online is answered within this many days.
    pub answer_days: Rule<u8>,
    /// 公示期 of a resolution, and of a completion, in days.
    pub resolution_notice_days: Rule<u8>,
    /// Each step of a resolution that nobody dated is taken within this many days.
    pub step_days: Rule<u8>,
    /// Minutes are sealed within this many days; a month without any counts as missed when they have passed.
    pub minutes_days: Rule<u8>,
    /// 任期: the most years that somebody sits in a group before being appointed anew.
    pub term_years: Rule<u8>,
    /// 组成: of whom each group consists, at each level. Versions before it leave the shipped lists in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compositions: Option<Rule<Vec<Composition>>>,
    /// Notice, quorum and majority of each body.
    pub bodies: Rule<Vec<BodyRule>>,
    /// Below so many replies the rates of a survey are not shown.
    pub survey_minimum_replies: Rule<u32>,
    /// 认可度和满意率 to reach, in percent.
    pub survey_target_percent: Rule<u8>,
    /// 议事清单: what may be deliberated; a station's own additions stand beside it.
    pub topics: Rule<Vec<Topic>>,
    /// 议决程序; a version that says nothing of it leaves the shipped one in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Box<Procedure>>,
    /// Who is responsible for an item of the list; the leading group where a version does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsibilities: Option<Rule<Vec<Responsibility>>>,
    /// An issue that was passed on is replied to within this many days; a version that does not say leaves the shipped days in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_days: Option<Rule<u8>>,
}

/// Of whom a group consists. Others may join them; whoever of these is missing is a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composition {
    /// At which level.
    pub level: Level,
    /// Which group.
    pub group: Group,
    /// 组长: as what its head sits in it; none where nobody heads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Capacity>,
    /// As what its members sit in it.
    pub members: Vec<Capacity>,
}

impl Composition {
    /// Everybody whom it takes, the head first.
    pub fn capacities(&self) -> impl Iterator<Item = Capacity> {
        self.head.into_iter().chain(self.members.iter().copied())
    }
}

/// How a body decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyRule {
    /// Which.
    pub body: Body,
    /// Days between convening and meeting, at least.
    pub notice_days: u8,
    /// Present of those entitled.
    pub quorum: Part,
    /// Agreeing of those present, in an ordinary matter.
    pub majority: Part,
    /// Agreeing of those present, in a major matter.
    pub major_majority: Part,
    /// Whether area counts beside heads.
    pub by_area: bool,
}

impl BodyRule {
    /// The part of those present that has to agree.
    #[must_use]
    pub fn agreeing(&self, matter: Matter) -> Part {
        match matter {
            Matter::Ordinary => self.majority,
            Matter::Major => self.major_majority,
        }
    }
}

/// A part of a whole: `more_than` ½, or at least ⅔.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// 2 of 2/3.
    pub numerator: u8,
    /// 3 of 2/3.
    pub denominator: u8,
    /// Whether exactly that part is too little.
    pub more_than: bool,
}

impl Part {
    /// Whether `count` of `whole` is enough. Never where `whole` is 0.
    #[must_use]
    pub fn is_met(self, count: u64, whole: u64) -> bool {
        let have = u128::from(count) * u128::from(self.denominator);
        let need = u128::from(whole) * u128::from(self.numerator);
        whole > 0 && if self.more_than { have > need } else { have >= need }
    }

    /// Whether a rulebook may set this part: more than none, and something that can be reached.
    fn is_part(self) -> bool {
        let (part, whole) = (self.numerator, self.denominator);
        part > 0 && if self.more_than { part < whole } else { part <= whole }
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.more_than { ">" } else { "≥" };
        write!(f, "{sign} {}/{}", self.numerator, self.denominator)
    }
}

/// An item of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its code.
    pub code: TopicCode,
    /// Which list.
    pub list: List,
    /// What may be deliberated.
    pub title: Box<str>,
}

/// Who answers for an item of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// The item.
    pub topic: TopicCode,
    /// As what they sit in a group of the station.
    pub capacity: Capacity,
}

impl Deliberation {
    /// How a body decides. Every version has every body.
    #[must_use]
    pub fn body(&self, body: Body) -> Option<&BodyRule> {
        self.bodies.iter().find(|rule| rule.body == body)
    }

    /// The item with this code.
    #[must_use]
    pub fn topic(&self, code: &TopicCode) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.code == *code)
    }

    /// Of whom each group consists.
    #[must_use]
    pub fn compositions(&self) -> &Rule<Vec<Composition>> {
        static SHIPPED: LazyLock<Rule<Vec<Composition>>> = LazyLock::new(|| {
            let shipped = Adopted::shipped().rules.deliberation().compositions.clone();
            #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
            shipped.expect("it has them")
        });
        self.compositions.as_ref().unwrap_or_else(|| &SHIPPED)
    }

    /// The first figure out of range: its name and what is accepted.
    pub(super) fn misfit(&self) -> Option<(&'static str, Both)> {
        let days = Both::from("1–90");
        let is_days = |rule: &Rule<u8>| (1..=90).contains(&**rule);
        let figures = [
            ("answer_days", is_days(&self.answer_days), days),
            ("resolution_notice_days", is_days(&self.resolution_notice_days), days),
            ("step_days", is_days(&self.step_days), days),
            ("routing_days", is_days(self.routing_days()), days),
            ("minutes_days", (0..=27).contains(&*self.minutes_days), "0–27".into()),
            ("term_years", (1..=10).contains(&*self.term_years), "1–10".into()),
            (
                "compositions",
                fit_to_sit(self.compositions()),
                Both {
                    zh: "每级每组一项,每组至少一种身份,身份不重复",
                    en: "each group once a level, each capacity once in it, at least one",
                },
            ),
            (
                "bodies",
                fit_to_decide(&self.bodies),
                Both {
                    zh: "四类议事主体各一项,比例大于0且不超过1,“超过”的比例小于1",
                    en: "each of council, villagers, representatives, owners once, parts from above 0 to 1, more than a part only below 1",
                },
            ),
            (
                "survey_minimum_replies",
                (2..=10_000).contains(&*self.survey_minimum_replies),
                "2–10000".into(),
            ),
            ("survey_target_percent", *self.survey_target_percent <= 100, "0–100".into()),
            (
                "topics",
                fit_to_list(&self.topics),
                Both {
                    zh: "1至200项,编码不重复,名称不超过80字",
                    en: "1–200 items, each with its own code and a title of at most 80 characters",
                },
            ),
            (
                "responsibilities",
                self.fits_responsibilities(),
                Both { zh: "每项一次", en: "each item once" },
            ),
        ];
        let misfit = figures.into_iter().find(|(_, fits, _)| !fits);
        misfit.map(|(rule, _, accepted)| (rule, accepted)).or_else(|| self.procedure().misfit())
    }

    fn fits_responsibilities(&self) -> bool {
        let mut topics = HashSet::new();
        let mut stated = self.responsibilities.iter().flat_map(|stated| &stated.value);
        stated.all(|of| topics.insert(&of.topic))
    }

    pub(super) fn sources(&self) -> Vec<(&'static str, &str)> {
        let mut sources = vec![
            ("answer_days", &*self.answer_days.source),
            ("resolution_notice_days", &*self.resolution_notice_days.source),
            ("step_days", &*self.step_days.source),
            ("minutes_days", &*self.minutes_days.source),
            ("term_years", &*self.term_years.source),
            ("compositions", &*self.compositions().source),
            ("bodies", &*self.bodies.source),
            ("survey_minimum_replies", &*self.survey_minimum_replies.source),
            ("survey_target_percent", &*self.survey_target_percent.source),
            ("topics", &*self.topics.source),
            ("routing_days", &*self.routing_days().source),
        ];
        let responsible = self.responsibilities.iter();
        sources.extend(responsible.map(|stated| ("responsibilities", &*stated.source)));
        sources.extend(self.procedure().sources());
        sources
    }
}

fn fit_to_sit(compositions: &[Composition]) -> bool {
    let mut groups = HashSet::new();
    compositions.iter().all(|one| {
        let mut capacities = HashSet::new();
        groups.insert((one.level, one.group))
            && one.capacities().next().is_some()
            && one.capacities().all(|capacity| capacities.insert(capacity))
    })
}

fn fit_to_decide(bodies: &[BodyRule]) -> bool {
    bodies.len() == Body::ALL.len()
        && Body::ALL.iter().all(|body| bodies.iter().any(|rule| rule.body == *body))
        && bodies.iter().all(|rule| {
            [rule.quorum, rule.majority, rule.major_majority].into_iter().all(Part::is_part)
        })
}

fn fit_to_list(topics: &[Topic]) -> bool {
    let mut codes = HashSet::new();
    (1..=200).contains(&topics.len())
        && topics.iter().all(|topic| {
            codes.insert(&topic.code)
                && TopicCode::new(topic.code.as_str()).as_ref() == Ok(&topic.code)
                && Text::<80>::new(&topic.title).is_ok()
                && !has_hidden(&topic.title)
        })
}
