//! Whether what is written out is as described.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::{Counts, Description, Integer, Shape, Text};

/// Whether a text (second) matches a regular expression (first).
pub type Matches<'a> = &'a dyn Fn(&str, &str) -> bool;

impl Description {
    /// The first thing in `value` that is not as described: which field, and what it holds. None where all fits: each
    /// field is there, and none beside.
    #[must_use]
    pub fn misfit(&self, value: &Value, matches: Matches<'_>) -> Option<String> {
        let Value::Object(found) = value else { return Some(format!("no {}: {value}", self.name)) };
        let fields = self.all_fields();
        let missing = fields.iter().find(|field| !found.contains_key(field.name));
        let beside = found.keys().find(|name| fields.iter().all(|field| field.name != *name));
        let unfit = |field: &&super::Field| {
            let misfit = field.shape.misfit(found.get(field.name)?, matches)?;
            Some(format!("{}.{}: {misfit}", self.name, field.name))
        };
        let missing = missing.map(|field| format!("{}.{} is missing", self.name, field.name));
        let beside = beside.map(|name| format!("{}.{name} is not described", self.name));
        missing.or(beside).or_else(|| fields.iter().find_map(unfit))
    }
}

impl Shape {
    /// What in `value` does not look so; none where all does.
    #[must_use]
    pub fn misfit(&self, value: &Value, matches: Matches<'_>) -> Option<String> {
        let fits = match self {
            Self::Text(text) => value.as_str().is_some_and(|value| text.takes(value, matches)),
            Self::Words(words) => {
                value.as_str().is_some_and(|value| words().iter().any(|word| word.stored == value))
            }
            Self::Integer(integer) => integer.takes(value),
            Self::Boolean => value.is_boolean(),
            Self::Date => value.as_str().is_some_and(|value| value.parse::<Date>().is_ok()),
            Self::Timestamp => {
                value.as_str().is_some_and(|value| value.parse::<Timestamp>().is_ok())
            }
            Self::Counts(counts) => counts.take(value),
            Self::List(shape) => {
                let Value::Array(items) = value else { return Some(format!("no list: {value}")) };
                return items.iter().find_map(|item| shape.misfit(item, matches));
            }
            Self::Optional(shape) => {
                return if value.is_null() { None } else { shape.misfit(value, matches) };
            }
            Self::Object(object) => return object.misfit(value, matches),
        };
        (!fits).then(|| format!("{value} does not fit"))
    }
}

impl Text {
    fn takes(&self, value: &str, matches: Matches<'_>) -> bool {
        let length = value.chars().count();
        self.length.is_none_or(|(least, most)| (least..=most).contains(&length))
            && self.pattern.is_none_or(|pattern| matches(pattern, value))
    }
}

impl Integer {
    fn takes(&self, value: &Value) -> bool {
        value.as_i64().is_some_and(|value| (self.least..=self.most).contains(&value))
    }
}

impl Counts {
    fn take(&self, value: &Value) -> bool {
        let Value::Object(found) = value else { return false };
        let words: Vec<&str> = (self.words)().iter().map(|word| word.stored).collect();
        let all = words.iter().all(|word| found.contains_key(*word));
        let known = found
            .iter()
            .all(|(word, number)| words.contains(&word.as_str()) && self.number.takes(number));
        known && (all || !self.complete)
    }
}
