//! Query parameters: filters of a list, and what every reading understands.

use application::queries::{self, Extent, Moment};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use event_store::Position;
use jiff::Timestamp;
use papers::table::{Form, Wording};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::answer::command::X_POSITION;
use crate::answer::problem::{Problem, bad_cursor};
use crate::request::filter::Filter;
use crate::request::form::{self, Format};

/// Rows on a page unless told.
const PAGE: u32 = 50;
/// Most rows on a page.
const MOST: u32 = 500;
/// The parameters of [`View`].
const OF_VIEW: [&str; 6] = ["limit", "cursor", "as_of", "after_position", "format", "lang"];

/// Parameters of one route only.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Query::try_from_uri(&parts.uri).map(|Query(params)| Self(params)).map_err(|_| malformed())
    }
}

/// How a reading is wanted. Every list and read model understands these.
#[derive(Debug, Clone, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct View {
    /// At most so many rows, 1–500; 50 unless told. A CSV or XLSX without it holds all rows.
    pub limit: Option<u32>,
    /// The `cursor` of the page before.
    pub cursor: Option<String>,
    /// As the log was at this moment (RFC 3339), whatever happened later.
    #[param(value_type = Option<String>, example = "2021-11-30T12:00:00+08:00")]
    pub as_of: Option<Timestamp>,
    /// Waits until the read models have reached this position, the `X-Position` of an earlier answer. Also as header.
    #[param(value_type = Option<u64>)]
    pub after_position: Option<Position>,
    /// `json`, `csv` or `xlsx`; also by `Accept`, for example `text/csv`.
    #[param(value_type = Option<String>)]
    pub format: Format,
    /// Of a CSV or XLSX: `zh` 中文表头, `en` English headers, or `keys` for programs: names and values as in JSON. Also by
    /// `Accept-Language`; without either a CSV has keys and an XLSX is Chinese.
    #[param(value_type = Option<String>)]
    pub lang: Wording,
}

/// The parameters of a list: how it is wanted, and which rows.
pub struct Viewed<F> {
    /// How.
    pub view: View,
    /// Which rows.
    pub filter: F,
}

impl<F: Filter, S: Send + Sync> FromRequestParts<S> for Viewed<F> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(all) =
            Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(|_| malformed())?;
        let (of_view, of_filter): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(name, _)| OF_VIEW.contains(&name.as_str()));
        let mut names: Vec<&str> = of_filter.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let twice = names.windows(2).any(|pair| pair[0] == pair[1]);
        if twice || names.iter().any(|name| !F::NAMES.contains(name)) {
            return Err(unknown(F::NAMES));
        }
        Ok(Self { view: View::read(parts, &of_view)?, filter: F::read(&of_filter)? })
    }
}

impl View {
    fn read(parts: &Parts, given: &[(String, String)]) -> Result<Self, Problem> {
        let of = |name: &str| {
            given.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
        };
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let position = of("after_position").or_else(|| header(X_POSITION.as_str()));
        let format = match of("format") {
            Some(name) => Format::named(name).ok_or_else(unknown_format)?,
            None => header(header::ACCEPT.as_str()).map_or(Format::Json, Format::accepted),
        };
        let lang = match of("lang") {
            Some(name) => Some(form::worded(name).ok_or_else(unknown_lang)?),
            None => header(header::ACCEPT_LANGUAGE.as_str()).and_then(form::spoken),
        };
        Ok(Self {
            limit: limit_given(of("limit"))?,
            cursor: of("cursor").map(decode_cursor).transpose()?,
            as_of: of("as_of").map(|text| text.parse().map_err(|_| moment())).transpose()?,
            after_position: position.map(number).transpose()?.map(Position),
            format,
            lang: lang.unwrap_or(match format {
                Format::Json | Format::Table(Form::Csv) => Wording::Keys,
                Format::Table(Form::Xlsx) => Wording::Chinese,
            }),
        })
    }

    /// The moment that is asked about.
    #[must_use]
    pub fn moment(&self) -> Moment {
        match (self.as_of, self.after_position) {
            (Some(then), _) => Moment::Past(then),
            (None, Some(position)) => Moment::Reached(position),
            (None, None) => Moment::Now,
        }
    }

    /// The list that is asked for.
    #[must_use]
    pub fn list(&self) -> queries::View {
        let extent = match (self.limit, self.format) {
            (None, Format::Table(_)) => Extent::All,
            (limit, Format::Json | Format::Table(_)) => Extent::Page(limit.unwrap_or(PAGE)),
        };
        queries::View { moment: self.moment(), cursor: self.cursor.clone(), extent }
    }
}

/// A page of a list that is no read model: its items are numbered, and have no past.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Numbered {
    /// At most so many, 1–500; 50 unless told.
    limit: Option<u32>,
    /// The `cursor` of the page before.
    cursor: Option<u64>,
}

impl Numbered {
    /// At most so many items.
    ///
    /// # Errors
    /// 400 when out of range.
    pub fn limit(&self) -> Result<u32, Problem> {
        in_range(self.limit.unwrap_or(PAGE))
    }

    /// The number after which they begin.
    pub fn after(&self) -> u64 {
        self.cursor.unwrap_or(0)
    }

    /// The cursor of the next page; none behind a page that is not full.
    pub fn next<T>(&self, found: &[T], number: impl Fn(&T) -> u64) -> Option<u64> {
        let full = self.limit().is_ok_and(|limit| found.len() == limit as usize);
        found.last().filter(|_| full).map(number)
    }
}

fn in_range(limit: u32) -> Result<u32, Problem> {
    if (1..=MOST).contains(&limit) { Ok(limit) } else { Err(out_of_range()) }
}

fn limit_given(text: Option<&str>) -> Result<Option<u32>, Problem> {
    let Some(text) = text else { return Ok(None) };
    in_range(text.parse().map_err(|_| out_of_range())?).map(Some)
}

fn number(text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| {
        bad("query.position", "应为位置数字。", "Expected a position, a number.", "after_position")
    })
}

/// The text that goes out as an opaque cursor.
pub fn encode_cursor(cursor: &str) -> String {
    cursor.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn decode_cursor(text: &str) -> Result<String, Problem> {
    let digits = text.as_bytes();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = if digits.len().is_multiple_of(2) {
        digits.chunks_exact(2).map(byte).collect()
    } else {
        None
    };
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(bad_cursor)
}

fn out_of_range() -> Problem {
    bad(
        "query.limit",
        format!("limit 应为1至{MOST}。"),
        format!("The limit is 1 to {MOST}."),
        "limit",
    )
}

fn unknown_format() -> Problem {
    bad("query.format", "应为 json、csv 或 xlsx。", "Expected json, csv or xlsx.", "format")
}

fn unknown_lang() -> Problem {
    bad("query.lang", "应为 zh、en 或 keys。", "Expected zh, en or keys.", "lang")
}

fn moment() -> Problem {
    bad(
        "query.as_of",
        "as_of 应为 RFC 3339 时间，例如 2021-11-30T12:00:00+08:00（地址中的 + 写作 %2B）。",
        "as_of is an RFC 3339 time such as 2021-11-30T12:00:00+08:00 (write + as %2B in an address).",
        "as_of",
    )
}

fn malformed() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "query.malformed",
        "查询参数有误，可用参数见 /openapi.json。",
        "The query parameters are not right; /openapi.json lists them.",
    )
}

fn unknown(names: &[&str]) -> Problem {
    let accepted = [names, &OF_VIEW].concat().join(", ");
    Problem::new(
        StatusCode::BAD_REQUEST,
        "query.unknown_parameter",
        format!("有不认识或重复的查询参数；可接受：{accepted}。"),
        format!("An unknown or repeated query parameter; accepted: {accepted}."),
    )
}

fn bad(code: &'static str, zh: impl Into<String>, en: impl Into<String>, field: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, code, zh, en).at(field)
}

#[cfg(test)]
mod tests;
