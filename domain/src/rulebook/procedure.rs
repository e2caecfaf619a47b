use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Adopted, Deliberation, Rule};
use crate::meeting::{AgendaItem, Body, Form, Matter, Required};
use crate::{Both, TopicCode};

/// 议决程序: what comes before a vote, and how votes are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// 须有法律意见的事项: items of the list that are voted on only after a legal opinion.
    pub legal_topics: Rule<Vec<TopicCode>>,
    /// 须有法律意见的议事主体: bodies for which that holds.
    pub legal_bodies: Rule<Vec<Body>>,
    /// 无记名表决的事项: items of the list that are voted on in secret.
    pub secret_topics: Rule<Vec<TopicCode>>,
    /// 每人最多受托数: owners for whom one person may vote as a proxy.
    pub proxies_per_person: Rule<u8>,
    /// 重大事项: items of the list that take the way of 四议两公开.
    pub great_matters: Rule<Vec<TopicCode>>,
    /// 可以表决的议事形式: in the others opinions are heard and nothing is voted on. Versions before it leave the shipped ones in
    /// force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voting_forms: Option<Rule<Vec<Form>>>,
}

static SHIPPED: LazyLock<Procedure> = LazyLock::new(|| {
    let shipped = Adopted::shipped().rules.deliberation.as_deref();
    #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
    let shipped = shipped.and_then(|it| it.procedure.clone()).expect("it has one");
    *shipped
});

/// Items that the shipped procedure asks an opinion on only since a call tells what it requires.
const ASKED_SINCE: [&str; 4] = ["G4", "G6", "E3", "E5"];

impl Deliberation {
    /// The procedure in force; a version that says nothing of it leaves the shipped one.
    #[must_use]
    pub fn procedure(&self) -> &Procedure {
        self.procedure.as_deref().unwrap_or(&SHIPPED)
    }
}

impl Procedure {
    /// What comes before the vote of a body that is called now. A legal opinion: on a major matter, an item that the rulebook
    /// lists, and a topic of which nothing tells under which item it falls. The steps of 四议两公开: on a great matter, unless
    /// owners decide on what is theirs (民法典 §278).
    #[must_use]
    pub fn requires(&self, body: Body, item: &AgendaItem) -> Required {
        let listed = item.listed.as_ref().is_none_or(|code| self.legal_topics.contains(code));
        let opinion = self.legal_bodies.contains(&body) && (listed || item.matter == Matter::Major);
        let steps = body != Body::Owners && self.is_great(item.listed.as_ref());
        Required { opinion, steps }
    }

    /// What comes before the vote of a body that was called: as its call tells, or by this procedure as it was before calls
    /// told it.
    #[must_use]
    pub fn required(&self, body: Body, item: &AgendaItem) -> Required {
        item.required.unwrap_or_else(|| {
            let Required { opinion, steps } = self.requires(body, item);
            let since = |code: &TopicCode| ASKED_SINCE.contains(&code.as_str());
            let was_free =
                item.matter == Matter::Ordinary && item.listed.as_ref().is_some_and(since);
            Required { opinion: opinion && !(was_free && *self == *SHIPPED), steps }
        })
    }

    /// Whether an item of the list is voted on in secret.
    #[must_use]
    pub fn is_secret(&self, listed: &TopicCode) -> bool {
        self.secret_topics.contains(listed)
    }

    /// Whether an item of the list is a great matter.
    #[must_use]
    pub fn is_great(&self, listed: Option<&TopicCode>) -> bool {
        listed.is_some_and(|code| self.great_matters.contains(code))
    }

    /// In which forms a meeting votes.
    #[must_use]
    pub fn voting_forms(&self) -> &Rule<Vec<Form>> {
        static SHIPPED: LazyLock<Rule<Vec<Form>>> = LazyLock::new(|| {
            let shipped = Adopted::shipped().rules.deliberation().procedure().voting_forms.clone();
            #[expect(clippy::expect_used, reason = "part of the program; a test reads it")]
            shipped.expect("it has them")
        });
        self.voting_forms.as_ref().unwrap_or_else(|| &SHIPPED)
    }

    /// The first figure out of range: its name and what is accepted.
    pub(super) fn misfit(&self) -> Option<(&'static str, Both)> {
        let codes = Both { zh: "不超过200个清单编码", en: "at most 200 codes of the list" };
        let figures = [
            ("legal_topics", are_codes(&self.legal_topics), codes),
            (
                "legal_bodies",
                self.legal_bodies.len() <= Body::ALL.len(),
                Both { zh: "各主体一次", en: "each body once" },
            ),
            ("secret_topics", are_codes(&self.secret_topics), codes),
            ("proxies_per_person", *self.proxies_per_person <= 10, "0–10".into()),
            ("great_matters", are_codes(&self.great_matters), codes),
            (
                "voting_forms",
                (1..=Form::ALL.len()).contains(&self.voting_forms().len()),
                Both { zh: "1至4种议事形式", en: "1–4 forms" },
            ),
        ];
        figures.into_iter().find(|(_, fits, _)| !fits).map(|(rule, _, accepted)| (rule, accepted))
    }

    pub(super) fn sources(&self) -> [(&'static str, &str); 6] {
        [
            ("legal_topics", &self.legal_topics.source),
            ("legal_bodies", &self.legal_bodies.source),
            ("secret_topics", &self.secret_topics.source),
            ("proxies_per_person", &self.proxies_per_person.source),
            ("great_matters", &self.great_matters.source),
            ("voting_forms", &self.voting_forms().source),
        ]
    }
}

fn are_codes(codes: &[TopicCode]) -> bool {
    codes.len() <= 200 && codes.iter().all(|it| TopicCode::new(it.as_str()).as_ref() == Ok(it))
}
