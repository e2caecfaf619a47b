//! In which form and language an answer is wanted: by a parameter, or by the headers that browsers send.

use papers::table::{Form, Wording};

/// What an answer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// A table for spreadsheets.
    Table(Form),
}

impl Format {
    /// The one that a parameter names.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "csv" => Some(Self::Table(Form::Csv)),
            "xlsx" => Some(Self::Table(Form::Xlsx)),
            _ => None,
        }
    }

    /// The one that an `Accept` header likes best. A table is asked for by its name; JSON is what everybody else gets.
    pub fn accepted(accept: &str) -> Self {
        let table = |name: &str| {
            let forms = [Form::Csv, Form::Xlsx].into_iter();
            forms.map(Self::Table).find(|format| format.media_type() == name)
        };
        let weight = |names: &dyn Fn(&str) -> bool| {
            weighted(accept).filter(|(name, _)| names(name)).map(|(_, weight)| weight).max()
        };
        let json = weight(&|name| name == "application/json").unwrap_or_default();
        let any = weight(&|name| matches!(name, "*/*" | "application/*")).unwrap_or_default();
        let tables = weighted(accept).filter_map(|(name, weight)| Some((table(&name)?, weight)));
        // Of equals the first; what is named is wanted more than what merely would do as well.
        let best = tables.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.filter(|(_, weight)| *weight > 0 && *weight > json && *weight >= any)
            .map_or(Self::Json, |(format, _)| format)
    }

    fn media_type(self) -> &'static str {
        let named = match self {
            Self::Json => "application/json",
            Self::Table(form) => form.media_type(),
        };
        named.split(';').next().unwrap_or(named)
    }
}

/// For whom a table is worded, when a parameter says so.
pub fn worded(name: &str) -> Option<Wording> {
    match name {
        "zh" => Some(Wording::Chinese),
        "en" => Some(Wording::English),
        "keys" => Some(Wording::Keys),
        _ => None,
    }
}

/// The language that an `Accept-Language` header likes best, of the two that there are.
pub fn spoken(languages: &str) -> Option<Wording> {
    let known = weighted(languages).filter_map(|(name, weight)| {
        let wording = match name.split('-').next()? {
            "zh" => Wording::Chinese,
            "en" => Wording::English,
            _ => return None,
        };
        (weight > 0).then_some((wording, weight))
    });
    known.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(wording, _)| wording)
}

/// The names of a header with weights, `name;q=0.5, …`, weights in thousandths. What cannot be read weighs nothing.
fn weighted(header: &str) -> impl Iterator<Item = (String, u32)> {
    header.split(',').map(|part| {
        let mut parts = part.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let given = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        (name, given.map_or(1000, thousandths))
    })
}

fn thousandths(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    match (whole, digits) {
        ("1", true) => 1000,
        ("0", true) => format!("{part:0<3}").parse().unwrap_or_default(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
