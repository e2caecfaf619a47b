//! The rule that a fact rests on, in the words of the rulebook that was in force.

use std::collections::BTreeMap;

use domain::rulebook::{Adopted, Rules};
use serde_json::Value;

use super::description::{Basis, words};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::moment::county;

/// Rulebooks by version, as the log tells them.
pub struct Rulebooks(BTreeMap<u32, Adopted>);

impl Rulebooks {
    /// The shipped one and those that were adopted.
    pub fn new(adopted: impl IntoIterator<Item = Adopted>) -> Self {
        let all = std::iter::once(Adopted::shipped().clone()).chain(adopted);
        Self(all.map(|version| (version.version, version)).collect())
    }

    /// What a fact rests on, in one line for each.
    pub fn cite(&self, version: u32, basis: &Basis, lang: Lang) -> Result<String, Failure> {
        let rule = match basis {
            Basis::Law(provision) => return Ok((*provision).to_owned()),
            Basis::Cited(provision) => return Ok(provision.clone()),
            Basis::Rule(rule) => *rule,
        };
        let Some(book) = self.0.get(&version) else {
            let unknown = lang.pick("日志中没有这一版规则簿", "the log holds no such version");
            return Ok(format!("{rule} ({unknown})"));
        };
        let sources = book.rules.sources();
        let source = sources.iter().find(|(name, _)| *name == rule).map(|(_, text)| *text);
        let unstated = || lang.pick("此版未作规定", "this version does not state it");
        let source = source.unwrap_or_else(unstated);
        let name = NAMES.iter().find(|(name, _)| *name == rule).map_or(rule, |(_, zh)| zh);
        let figure = figure(&book.rules, rule)?;
        Ok(format!("{}{figure} ({source})", lang.pick(name.to_owned(), words(rule))))
    }
}

/// Rules by their names in the rulebook.
const NAMES: [(&str, &str); 29] = [
    ("member_percent", "队员占总人数百分比"),
    ("party_percent", "党员和积极分子占队员百分比"),
    ("county_total", "全县总人数"),
    ("administrator_deadline", "管理员上报期限"),
    ("squad_deadline", "小分队组建期限"),
    ("active_days", "活跃天数"),
    ("record_within_working_days", "记录期限(工作日)"),
    ("star_minutes", "星级所需分钟数"),
    ("notice_days", "公示天数"),
    ("objection_answer_days", "异议答复天数"),
    ("points_per_hour", "每小时积分(百分之一分)"),
    ("points_valid_months", "积分有效月数"),
    ("redeemables", "积分兑换目录"),
    ("answer_days", "网上议题答复天数"),
    ("resolution_notice_days", "决议公示天数"),
    ("step_days", "未另定期限环节的天数"),
    ("minutes_days", "会议记录封存天数"),
    ("term_years", "任期年数"),
    ("compositions", "各组的组成"),
    ("bodies", "各议事主体的通知期、到会人数和多数"),
    ("survey_minimum_replies", "公布测评比率所需回复数"),
    ("survey_target_percent", "认可度和满意率目标百分比"),
    ("topics", "议事清单"),
    ("legal_topics", "须有法律意见的事项"),
    ("legal_bodies", "须有法律意见的议事主体"),
    ("secret_topics", "无记名表决的事项"),
    ("proxies_per_person", "每人最多受托数"),
    ("great_matters", "实行四议两公开的重大事项"),
    ("voting_forms", "可以表决的议事形式"),
];

/// The figure of a rule where it is a plain one, after an equals sign.
fn figure(rules: &Rules, rule: &str) -> Result<String, Failure> {
    let all = [
        serde_json::to_value(rules)?,
        serde_json::to_value(rules.deliberation())?,
        serde_json::to_value(rules.deliberation().procedure())?,
    ];
    let stated = all.iter().find_map(|figures| figures.get(rule));
    Ok(match stated.and_then(|rule| rule.get("value")) {
        Some(Value::String(text)) => {
            format!(" = {}", text.parse().map_or_else(|_| text.clone(), county))
        }
        Some(figure @ (Value::Bool(_) | Value::Number(_))) => format!(" = {figure}"),
        Some(list @ Value::Array(items)) if items.iter().all(Value::is_number) => {
            format!(" = {list}")
        }
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
    })
}

#[cfg(test)]
mod tests;
