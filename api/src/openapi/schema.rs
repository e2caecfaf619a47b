//! Schemas of the domain's named values, so that `/openapi.json` lists what is accepted.

use domain::{activity, issue, meeting, notice, service, squad, station, survey, unit, volunteer};
use serde::Deserialize;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

fn named(meaning: &str, values: Vec<&'static str>) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(meaning))
        .enum_values(Some(values))
        .build()
}

macro_rules! named {
    ($($function:ident $kind:ty, $meaning:literal;)+) => { $(
        #[doc = $meaning]
        pub fn $function() -> Object {
            named($meaning, <$kind>::ALL.iter().map(|value| value.as_str()).collect())
        }
    )+ };
}

named! {
    unit_kind unit::Kind, "类别 of a unit.";
    volunteer_kind volunteer::Kind, "类别 of a registration.";
    recruitment volunteer::Recruitment, "招募方式.";
    political_status volunteer::PoliticalStatus, "政治面貌.";
    tier volunteer::Tier, "层级.";
    activity_kind activity::Kind, "服务类别.";
    activity_class activity::Class, "三类之一.";
    counter service::Counter, "What an outcome counts.";
    verdict notice::Verdict, "How an objection is decided.";
    group station::Group, "Which group of a station.";
    member_capacity station::Capacity, "What somebody sits in a group as.";
    topic_list station::List, "Which list of topics.";
    issue_source issue::Source, "As what the register is kept.";
    channel issue::Channel, "咨询方式.";
    expedition issue::Expedition, "急事急议 or 特事特议.";
    body meeting::Body, "Which body decides.";
    form meeting::Form, "议事形式.";
    matter meeting::Matter, "How heavy a matter is (民法典 §278).";
    choice meeting::Choice, "A vote.";
    satisfaction survey::Satisfaction, "满意度.";
}

/// 本人同意: how and when a person agreed.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentInput {
    /// The day of consent.
    pub given_on: jiff::civil::Date,
    /// How: 书面, 线上, 扫码 …, at most 40 characters.
    #[schema(example = "书面")]
    pub form: String,
}

impl ConsentInput {
    /// The consent as rules know it.
    ///
    /// # Errors
    /// When the form is blank or holds personal data.
    pub fn read(self) -> Result<squad::Consent, crate::answer::problem::Problem> {
        Ok(squad::Consent {
            given_on: self.given_on,
            form: crate::request::command_request::take("consent.form", &self.form)?,
        })
    }
}

/// 异议答复.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionAnswer {
    /// How it is decided.
    #[schema(schema_with = verdict)]
    pub verdict: notice::Verdict,
    /// The answer, at most 500 characters; whoever objected sees it.
    pub answer: String,
}

/// Why something is done; it stands in the history.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// At most 200 characters, without personal data.
    #[schema(example = "本人申请")]
    pub reason: String,
}
