//! Filters of a list: query parameters that are read by their types, and described by them.

use std::str::FromStr;

use axum::http::StatusCode;
use domain::{ActivityId, CampaignCode, Month, PersonId, ResolutionId, Text, UnitCode};
use jiff::civil::Date;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};

use crate::answer::problem::Problem;
use crate::request::words;

/// The parameters of a request that belong to one list only.
pub trait Filter: Sized {
    /// Their names.
    const NAMES: &'static [&'static str];

    /// Reads them; each may be left out.
    ///
    /// # Errors
    /// What the first bad value should have been.
    fn read(given: &[(String, String)]) -> Result<Self, Problem>;
}

/// A value of a query parameter.
pub trait Param: Sized {
    /// Reads the text of the parameter `field`.
    ///
    /// # Errors
    /// 400 or 422 with what would be accepted.
    fn read(field: &str, text: &str) -> Result<Self, Problem>;

    /// What is accepted, for the description.
    fn schema() -> Object;
}

/// Declares the filters of a list; every one may be left out.
macro_rules! filter {
    ($(#[$meta:meta])* $name:ident { $( $(#[doc = $doc:literal])+ $field:ident: $kind:ty, )* }) => {
        $(#[$meta])*
        #[derive(Debug)]
        struct $name { $( $field: Option<$kind>, )* }

        impl $crate::request::filter::Filter for $name {
            const NAMES: &'static [&'static str] = &[$( stringify!($field) ),*];

            fn read(given: &[(String, String)]) -> Result<Self, $crate::answer::problem::Problem> {
                Ok(Self { $( $field: $crate::request::filter::value(given, stringify!($field))?, )* })
            }
        }

        impl utoipa::IntoParams for $name {
            fn into_params(
                _: impl Fn() -> Option<utoipa::openapi::path::ParameterIn>,
            ) -> Vec<utoipa::openapi::path::Parameter> {
                vec![$( $crate::request::filter::described::<$kind>(stringify!($field), concat!($($doc),+)) ),*]
            }
        }
    };
}
pub(crate) use filter;

/// No filters.
#[derive(Debug)]
pub struct Unfiltered;

impl Filter for Unfiltered {
    const NAMES: &'static [&'static str] = &[];

    fn read(_: &[(String, String)]) -> Result<Self, Problem> {
        Ok(Self)
    }
}

/// The value of a parameter, where it is given.
pub fn value<T: Param>(given: &[(String, String)], field: &str) -> Result<Option<T>, Problem> {
    let text = given.iter().find(|(name, _)| name == field);
    text.map(|(_, text)| T::read(field, text)).transpose()
}

/// A parameter that may be left out.
pub fn described<T: Param>(field: &str, meaning: &str) -> Parameter {
    ParameterBuilder::new()
        .name(field)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(meaning.trim()))
        .schema(Some(RefOr::T(Schema::Object(T::schema()))))
        .build()
}

/// A value that its own constructor checks.
macro_rules! checked {
    ($($kind:ty, $longest:literal, $example:literal;)+) => { $(
        impl Param for $kind {
            fn read(field: &str, text: &str) -> Result<Self, Problem> {
                text.parse().map_err(|bad: <Self as FromStr>::Err| Problem::bad_value(field, &bad))
            }

            fn schema() -> Object {
                string().min_length(Some(1)).max_length(Some($longest)).examples([$example]).build()
            }
        }
    )+ };
}

checked! {
    UnitCode, 32, "330225001";
    CampaignCode, 16, "2021";
    PersonId, 13, "V0123456789AB";
    ActivityId, 36, "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10";
    ResolutionId, 40, "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10-1";
    Text<200>, 200, "电话回访";
}

/// A value with a text form of its own.
macro_rules! parsed {
    ($($kind:ty, $example:literal, $schema:expr;)+) => { $(
        impl Param for $kind {
            fn read(field: &str, text: &str) -> Result<Self, Problem> {
                text.parse().map_err(|_| malformed($example).at(field))
            }

            fn schema() -> Object {
                $schema.examples([example($example)]).build()
            }
        }
    )+ };
}

parsed! {
    Date, "2022-03-04", string().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    Month, "2022-03", string().pattern(Some("^[0-9]{4}-[0-9]{2}$"));
    i16, "2022", ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(-9999)).maximum(Some(9999));
    u8, "3", ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(Some(255));
}

/// One of several words.
macro_rules! words {
    ($($kind:ty),+ $(,)?) => { $(
        impl Param for $kind {
            fn read(field: &str, text: &str) -> Result<Self, Problem> {
                word(field, text, &<$kind>::ALL[..], <$kind>::as_str, <$kind>::zh)
            }

            fn schema() -> Object {
                let words: Vec<_> = <$kind>::ALL.iter().map(|word| word.as_str()).collect();
                string().enum_values(Some(words)).build()
            }
        }
    )+ };
}

words! {
    application::queries::Fields,
    domain::activity::Kind,
    domain::issue::Stage,
    domain::resolution::Stage,
    domain::station::Group,
    domain::station::Item,
    domain::unit::Kind,
    projections::models::activity_board::State,
    projections::models::meeting_calendar::Status,
    projections::models::public_notice::Status,
    projections::models::service_timeliness::State,
    projections::models::supervision_worklist::Kind,
    projections::models::supervision_worklist::WaitsFor,
    projections::models::volunteer_archive::RealName,
    projections::models::volunteer_archive::Status,
}

impl Param for bool {
    fn read(field: &str, text: &str) -> Result<Self, Problem> {
        let sent = |flag| if flag { "true" } else { "false" };
        word(field, text, &[true, false], sent, |flag| if flag { "是" } else { "否" })
    }

    fn schema() -> Object {
        ObjectBuilder::new().schema_type(Type::Boolean).build()
    }
}

/// A number where the text is one.
fn example(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn word<T: Copy>(
    field: &str,
    text: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    zh: fn(T) -> &'static str,
) -> Result<T, Problem> {
    words::word(text, all, as_str, zh).map_err(|words| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "query.word",
            format!("应为下列之一：{words}。"),
            format!("One of these is expected: {words:#}."),
        )
        .at(field)
    })
}

fn malformed(example: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "query.value",
        format!("格式有误，例如：{example}。"),
        format!("Not of the right form; for example {example}."),
    )
}
