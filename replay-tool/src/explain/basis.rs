//! The rule that a fact rests on, in the words of the rulebook that was in force.

use std::collections::BTreeMap;

use domain::rulebook::{Adopted, NAMES, Rules};
use serde_json::Value;

use super::description::Basis;
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
        let name = NAMES.iter().find(|(name, ..)| *name == rule).map_or(rule, |(_, zh, _)| zh);
        let figure = figure(&book.rules, rule)?;
        Ok(format!("{}{figure} ({source})", lang.pick(name.to_owned(), domain::spoken(rule))))
    }
}

/// The figure of a rule where it is a plain one, after an equals sign; the shipped one where the version leaves that in force.
fn figure(rules: &Rules, rule: &str) -> Result<String, Failure> {
    let value = |rules: &Rules| -> Result<Option<Value>, Failure> {
        let all = [
            serde_json::to_value(rules)?,
            serde_json::to_value(rules.deliberation())?,
            serde_json::to_value(rules.deliberation().procedure())?,
        ];
        let stated = all.iter().find_map(|figures| figures.get(rule));
        Ok(stated.and_then(|rule| rule.get("value")).cloned())
    };
    let stated = match value(rules)? {
        None => value(&Adopted::shipped().rules)?,
        stated => stated,
    };
    Ok(match &stated {
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
