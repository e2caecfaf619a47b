//! Bodies of commands: every field is read by its type, which checks it at once, and is described by it.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use axum::http::StatusCode;
use domain::identity_number::IdentityNumber;
use domain::rulebook::Rules;
use domain::{
    ActivityId, ActorId, BulletinId, CampaignCode, IssueId, MeetingId, PersonId, Refusal,
    ResolutionId, SealedDigest, Text, TopicCode, UnitCode,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, Array, ArrayItems, KnownFormat, Object, ObjectBuilder, Schema,
    SchemaFormat, Type,
};

use crate::answer::problem::Problem;
use crate::request::words::{WrongWord, word};

/// A value of a body.
pub trait Field: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// When it is of another kind; a value that its type refuses carries that refusal, see [`carried`].
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error>;

    /// What is accepted.
    fn schema() -> Schema;

    /// Whether `null` and its absence say that there is none.
    const OPTIONAL: bool = false;
}

/// Declares the body of a command: a strict object whose fields read and describe themselves. `= value` after a field is
/// an example, where that of its type does not tell enough. A field that may be left out says `#[serde(default)]`.
macro_rules! input {
    (
        $(#[doc = $about:literal])+
        $vis:vis struct $name:ident {
            $( $(#[doc = $doc:literal])+ $(#[serde($default:ident)])?
            $field_vis:vis $field:ident: $kind:ty $(= $example:expr)?, )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        $vis struct $name { $(
            $(#[doc = $doc])+
            #[serde(deserialize_with = "crate::request::input::Field::take" $(, $default)?)]
            $field_vis $field: $kind,
        )* }

        impl $crate::request::input::Field for $name {
            fn take<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(from)
            }

            fn schema() -> utoipa::openapi::schema::Schema {
                let object = $crate::request::input::Properties::of(concat!($($about),+));
                $( let object = object.with::<$kind>(
                    stringify!($field),
                    concat!($($doc),+),
                    $crate::request::input::given!($($example)?),
                    $crate::request::input::given!($(stringify!($default))?).is_none(),
                ); )*
                object.end()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <Self as $crate::request::input::Field>::schema().into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}

/// What is given, where anything is.
macro_rules! given {
    () => {
        None::<serde_json::Value>
    };
    ($given:expr) => {
        Some(serde_json::json!($given))
    };
}
pub(crate) use {given, input};

/// The description of a body as it grows.
pub struct Properties(ObjectBuilder);

impl Properties {
    /// A strict object.
    pub fn of(about: &str) -> Self {
        let strict = AdditionalProperties::FreeForm(false);
        Self(
            ObjectBuilder::new()
                .schema_type(Type::Object)
                .description(Some(about.trim()))
                .additional_properties(Some(strict)),
        )
    }

    /// With a field.
    #[must_use]
    pub fn with<T: Field>(
        self,
        name: &str,
        meaning: &str,
        example: Option<Value>,
        must: bool,
    ) -> Self {
        let mut schema = T::schema();
        let meaning = Some(meaning.trim().to_owned());
        if let Schema::Object(object) = &mut schema {
            object.description = meaning;
            object.examples = example.map_or_else(|| object.examples.clone(), |one| vec![one]);
        } else if let Schema::Array(array) = &mut schema {
            array.description = meaning;
            array.examples = example.map_or_else(|| array.examples.clone(), |one| vec![one]);
        }
        let object = self.0.property(name, schema);
        Self(if must && !T::OPTIONAL { object.required(name) } else { object })
    }

    /// The whole.
    pub fn end(self) -> Schema {
        self.0.build().into()
    }
}

impl<T: Field> Field for Option<T> {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::<Taken<T>>::deserialize(from)?.map(|Taken(value)| value))
    }

    fn schema() -> Schema {
        T::schema()
    }

    const OPTIONAL: bool = true;
}

impl<T: Field> Field for Vec<T> {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<Taken<T>>::deserialize(from)?.into_iter().map(|Taken(value)| value).collect())
    }

    fn schema() -> Schema {
        let mut array = Array::new(T::schema());
        array.items = ArrayItems::RefOrSchema(Box::new(RefOr::T(T::schema())));
        array.into()
    }
}

struct Taken<T>(T);

impl<'de, T: Field> Deserialize<'de> for Taken<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::take(from).map(Self)
    }
}

/// Text that a check turns into a value.
///
/// # Errors
/// Carries the refusal of the check.
pub fn checked<'de, D, T, E>(from: D, check: fn(&str) -> Result<T, E>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: Refusal,
{
    let text = <Cow<'de, str>>::deserialize(from)?;
    check(&text).map_err(|refusal| de::Error::custom(Carrier(&refusal)))
}

/// What parts the code and the sentences of a refusal on their way through serde, whose errors are text.
const PART: char = '\u{1f}';

struct Carrier<'a>(&'a dyn Refusal);

impl Display for Carrier<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(refusal) = self;
        write!(f, "{PART}{}{PART}{}{PART}{}{PART}", refusal.code(), refusal.zh(), refusal.en())
    }
}

/// The refusal of a value that serde's message carries; none where it is serde's own. What a body says never stands at
/// the start of a message, so nobody can forge one.
pub fn carried(message: &str) -> Option<Problem> {
    let mut parts = message.strip_prefix(PART)?.split(PART);
    let (code, zh, en) = (parts.next()?, parts.next()?, parts.next()?);
    let malformed = WrongWord::CODES.iter().any(|wrong| wrong.code == code);
    let status = if malformed { StatusCode::BAD_REQUEST } else { StatusCode::UNPROCESSABLE_ENTITY };
    Some(Problem::new(status, code.to_owned(), zh, en))
}

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn format(format: KnownFormat) -> Option<SchemaFormat> {
    Some(SchemaFormat::KnownFormat(format))
}

/// Values that their own constructors check.
macro_rules! checked {
    ($($kind:ty, $schema:expr, $example:literal;)+) => { $(
        impl Field for $kind {
            fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                checked(from, <$kind>::from_str)
            }

            fn schema() -> Schema {
                $schema.examples([$example]).build().into()
            }
        }
    )+ };
}

checked! {
    UnitCode, code(32, "^[0-9A-Za-z-]+$"), "330225001001";
    ActorId, code(64, "^[0-9A-Za-z.:-]+$"), "A-1";
    TopicCode, code(16, "^[0-9A-Za-z-]+$"), "C9";
    CampaignCode, code(16, "^[0-9A-Za-z-]+$"), "2021";
    PersonId, code(13, "^V[0-9A-Z]{12}$"), "V0123456789AB";
    IssueId, code(13, "^Y[0-9A-Z]{12}$"), "Y0123456789AB";
    ActivityId, string().format(format(KnownFormat::Uuid)), "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10";
    BulletinId, string().format(format(KnownFormat::Uuid)), "5a0c1d2e-3f4b-4c5d-8e6f-7a8b9c0d1e2f";
    MeetingId, string().format(format(KnownFormat::Uuid)), "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10";
    ResolutionId, code(40, "^[0-9a-f-]{36}-[0-9]{1,3}$"), "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10-1";
    SealedDigest, code(64, "^[0-9A-Fa-f]{64}$"),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
}

fn code(longest: usize, pattern: &str) -> ObjectBuilder {
    string().min_length(Some(1)).max_length(Some(longest)).pattern(Some(pattern))
}

impl<const MAX: usize> Field for Text<MAX> {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        checked(from, Self::from_str)
    }

    fn schema() -> Schema {
        let text = string().min_length(Some(1)).max_length(Some(MAX));
        text.examples(["经核对，情况属实"]).build().into()
    }
}

impl Field for IdentityNumber {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        checked(from, Self::parse)
    }

    fn schema() -> Schema {
        let number = string().min_length(Some(18)).pattern(Some("^[0-9]{17}[0-9Xx]$"));
        number.max_length(Some(18)).examples(["11010519491231002X"]).build().into()
    }
}

/// In any of the spellings that a table may have, too.
impl Field for Date {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(from)?;
        let strict = || Self::deserialize(de::value::StrDeserializer::<D::Error>::new(&text));
        domain::writing::day(&text).map_or_else(strict, Ok)
    }

    fn schema() -> Schema {
        let date = string().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
        date.examples(["2021-11-30"]).build().into()
    }
}

/// Values as serde reads them.
macro_rules! plain {
    ($($kind:ty, $schema:expr, $example:expr;)+) => { $(
        impl Field for $kind {
            fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                Self::deserialize(from)
            }

            fn schema() -> Schema {
                $schema.examples([serde_json::json!($example)]).build().into()
            }
        }
    )+ };
}

plain! {
    Timestamp, string().format(format(KnownFormat::DateTime)), "2021-11-30T12:00:00+08:00";
    u8, integer(255), 1;
    i16, ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(2004)).maximum(Some(9999)), 2027;
    u32, integer(u32::MAX).format(format(KnownFormat::Int64)), 60;
    String, string().max_length(Some(200)), "7K2M-Q9XW";
    bool, ObjectBuilder::new().schema_type(Type::Boolean), true;
    Rules, ObjectBuilder::new().schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(true))), domain::rulebook::Adopted::shipped().rules;
}

fn integer(most: u32) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(Some(most))
}

/// One of several words.
macro_rules! words {
    ($($kind:ty),+ $(,)?) => { $(
        impl Field for $kind {
            fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <Cow<'de, str>>::deserialize(from)?;
                word(&text, &<$kind>::ALL[..], <$kind>::as_str, <$kind>::zh)
                    .map_err(|words| de::Error::custom(Carrier(&WrongWord::Other { words })))
            }

            fn schema() -> Schema {
                let words: Vec<_> = <$kind>::ALL.iter().map(|word| word.as_str()).collect();
                let said: Vec<_> = <$kind>::ALL.iter().map(|word| word.zh()).collect();
                let object: Object = string().title(Some(said.join("、"))).enum_values(Some(words)).build();
                object.into()
            }
        }
    )+ };
}

words! {
    application::queries::Fields,
    domain::activity::Class,
    domain::activity::Kind,
    domain::issue::Channel,
    domain::issue::Expedition,
    domain::issue::RoutingOutcome,
    domain::issue::Step,
    domain::issue::Source,
    domain::meeting::Body,
    domain::meeting::Choice,
    domain::meeting::Form,
    domain::meeting::Matter,
    domain::meeting::Occasion,
    domain::notice::Verdict,
    domain::service::Counter,
    domain::station::Capacity,
    domain::station::Group,
    domain::station::List,
    domain::station::Way,
    domain::survey::Carrier,
    domain::survey::Satisfaction,
    domain::unit::Kind,
    domain::volunteer::Kind,
    domain::volunteer::PoliticalStatus,
    domain::volunteer::Recruitment,
    domain::volunteer::Tier,
}
