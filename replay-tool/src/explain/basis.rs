//! The rule that a fact rests on, in the words of the rulebook that was in force.

use std::collections::BTreeMap;

use domain::rulebook::Adopted;
use serde_json::Value;

use super::told::Basis;
use crate::failure::Failure;
use crate::lang::Lang;

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
            return Ok(format!("{rule}({unknown})"));
        };
        let sources = book.rules.sources();
        let source = sources.iter().find(|(name, _)| *name == rule).map_or("", |(_, text)| text);
        let rules = serde_json::to_value(&book.rules)?;
        let figure = match rules.get(rule).and_then(|rule| rule.get("value")) {
            Some(figure @ (Value::Bool(_) | Value::Number(_) | Value::String(_))) => {
                format!(" = {}", figure.to_string().trim_matches('"'))
            }
            Some(Value::Array(items)) if items.iter().all(Value::is_number) => {
                format!(" = {}", Value::Array(items.clone()))
            }
            Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => String::new(),
        };
        Ok(format!("{rule}{figure}({source})"))
    }
}
