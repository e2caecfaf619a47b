//! How a value stands in a column: as a real SQLite type that a person with a database tool can read.

use std::fmt::{self, Display, Write};
use std::ops::Deref;

use domain::identity_number::AgeGroup;
use domain::{
    ActivityId, BulletinId, CampaignCode, ComparisonId, ImportId, IssueId, MediaType, MeetingId,
    Minutes, Month, NoticeId, PersonId, Points, ResolutionId, SealedDigest, SurveyId, TopicCode,
    UnitCode,
};
use domain::{
    activity, comparison, import, issue, meeting, notice, resolution, service, station, survey,
    unit, volunteer,
};
use event_store::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::temporal::DateTimePrinter;
use rusqlite::types::{FromSqlError, FromSqlResult, ToSql, ValueRef};
use rusqlite::{Result, Row, Statement};

use crate::engine::described::{Shape, Shaped};

/// A value that fills one column.
pub trait Column: Shaped + Sized {
    /// Type of the column in a STRICT table.
    const TYPE: &'static str;
    /// Whether the column may be NULL.
    const NULLABLE: bool = false;

    /// Gives the value to a statement as its `at`-th parameter, counted from 1.
    ///
    /// # Errors
    /// What SQLite says.
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()>;

    /// The value that a column holds.
    ///
    /// # Errors
    /// When the column holds anything else.
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

/// The value in the `at`-th column of a row, counted from 0.
///
/// # Errors
/// When the column holds anything else.
pub fn read<T: Column>(row: &Row<'_>, at: usize) -> Result<T> {
    let value = row.get_ref(at)?;
    T::read(value).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(at, value.data_type(), Box::new(error))
    })
}

fn bind<T: ToSql>(to: &mut Statement<'_>, at: usize, value: T) -> Result<()> {
    to.raw_bind_parameter(at, value)
}

macro_rules! integer {
    ($($type:ty),+) => { $(
        impl Column for $type {
            const TYPE: &'static str = "INTEGER";
            fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
                bind(to, at, i64::from(*self))
            }
            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let number = value.as_i64()?;
                Self::try_from(number).map_err(|_| FromSqlError::OutOfRange(number))
            }
        }
    )+ };
}
integer!(i64, u32, u8, i16);

/// SQLite counts in `i64`; nothing of ours stands beyond its end.
impl Column for u64 {
    const TYPE: &'static str = "INTEGER";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        bind(to, at, i64::try_from(*self).unwrap_or(i64::MAX))
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        Self::try_from(number).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

/// Amounts that the domain counts in whole numbers.
macro_rules! amounts {
    ($($type:ty),+ $(,)?) => { $(
        impl $crate::engine::column::Column for $type {
            const TYPE: &'static str = "INTEGER";
            fn bind(&self, to: &mut rusqlite::Statement<'_>, at: usize) -> rusqlite::Result<()> {
                $crate::engine::column::Column::bind(&self.0, to, at)
            }
            fn read(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                $crate::engine::column::Column::read(value).map(Self)
            }
        }
    )+ };
}
amounts!(Points, Minutes);

/// Types that are written and parsed as text.
macro_rules! text {
    ($($type:ty => |$value:ident| $text:expr),+ $(,)?) => { $(
        impl Column for $type {
            const TYPE: &'static str = "TEXT";
            fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
                let $value = self;
                bind(to, at, $text)
            }
            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(FromSqlError::other)
            }
        }
    )+ };
}
text! {
    PersonId => |id| &*short(id)?,
    ActivityId => |id| &*short(id)?,
    UnitCode => |code| code.as_str(),
    NoticeId => |notice| notice.as_str(),
    TopicCode => |topic| topic.as_str(),
    CampaignCode => |campaign| campaign.as_str(),
    StreamId => |stream| stream.as_str(),
    IssueId => |id| &*short(id)?,
    MeetingId => |id| &*short(id)?,
    ResolutionId => |id| &*short(id)?,
    SurveyId => |id| &*short(id)?,
    ImportId => |id| &*short(id)?,
    ComparisonId => |id| &*short(id)?,
    BulletinId => |id| &*short(id)?,
    SealedDigest => |digest| &*short(digest)?,
    Month => |month| &*short(month)?,
    Date => |day| &*short(day)?,
}

/// Sets of names that the domain stores under fixed words.
macro_rules! named {
    ($($type:ty),+ $(,)?) => { $(
        impl $crate::described::Shaped for $type {
            const SHAPE: $crate::described::Shape =
                $crate::described::Shape::Words(|| {
                    let word = |word: &$type| $crate::described::Word { stored: word.as_str(), zh: word.zh() };
                    <$type>::ALL.iter().map(word).collect()
                });
        }

        impl $crate::engine::column::Column for $type {
            const TYPE: &'static str = "TEXT";
            fn bind(&self, to: &mut rusqlite::Statement<'_>, at: usize) -> rusqlite::Result<()> {
                to.raw_bind_parameter(at, self.as_str())
            }
            fn read(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let word = value.as_str()?;
                let found = Self::ALL.iter().copied().find(|known| known.as_str() == word);
                found.ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    )+ };
}
pub(crate) use named;
named! {
    unit::Kind, activity::Kind, activity::Class, volunteer::Kind, volunteer::Recruitment,
    volunteer::PoliticalStatus, volunteer::Tier, notice::Verdict, service::Counter, MediaType,
    station::Item, station::Group, station::Capacity, station::List, station::Level, station::Way,
    issue::Source, issue::Channel,
    issue::Expedition, issue::RoutingOutcome, issue::Stage, issue::Step, meeting::Body, meeting::Form, meeting::Matter,
    meeting::Occasion, meeting::Outcome,
    resolution::Escalation, resolution::Stage, import::Table, comparison::Outcome,
    survey::Maker, survey::Carrier,
}

/// A closed set of words of our own: stored, serialised and shown under the same word. The doc comment of each begins
/// with its Chinese name.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $( #[doc = $zh:literal] $(#[$doc:meta])* $variant:ident $word:literal ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
        pub enum $name { $( #[doc = $zh] $(#[$doc])* #[serde(rename = $word)] $variant, )+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }

            /// 中文名称.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $( Self::$variant => $crate::described::flat::zh_of($zh), )+ }
            }

            /// The English name.
            #[must_use]
            pub fn en(self) -> String {
                domain::spoken(self.as_str())
            }
        }

        /// 中文名称; `{:#}` writes the English one.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                if f.alternate() { f.write_str(&self.en()) } else { f.write_str(self.zh()) }
            }
        }

        $crate::engine::column::named!($name);
    };
}
pub(crate) use words;

impl Column for AgeGroup {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        bind(
            to,
            at,
            match self {
                Self::Minor => "minor",
                Self::Adult => "adult",
                Self::Senior => "senior",
            },
        )
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "minor" => Ok(Self::Minor),
            "adult" => Ok(Self::Adult),
            "senior" => Ok(Self::Senior),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl Column for bool {
    const TYPE: &'static str = "INTEGER";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        bind(to, at, i64::from(*self))
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(value.as_i64()? != 0)
    }
}

impl Column for String {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        bind(to, at, self.as_str())
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<T: Column> Column for Option<T> {
    const TYPE: &'static str = T::TYPE;
    const NULLABLE: bool = true;
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        match self {
            Some(value) => value.bind(to, at),
            None => bind(to, at, rusqlite::types::Null),
        }
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        if value == ValueRef::Null { Ok(None) } else { T::read(value).map(Some) }
    }
}

/// A short text that is not worth a place on the heap: millions are written in a rebuild.
struct Short {
    bytes: [u8; 64],
    length: usize,
}

impl Short {
    const EMPTY: Self = Self { bytes: [0; 64], length: 0 };
}

/// The value as it displays itself, in at most 64 bytes.
fn short(value: impl Display) -> Result<Short> {
    let mut text = Short::EMPTY;
    match write!(text, "{value}") {
        Ok(()) => Ok(text),
        Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error))),
    }
}

impl fmt::Write for Short {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let end = self.length + more.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(more.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl jiff::fmt::Write for Short {
    fn write_str(&mut self, more: &str) -> std::result::Result<(), jiff::Error> {
        fmt::Write::write_str(self, more)
            .map_err(|error| jiff::Error::from_args(format_args!("{error}")))
    }
}

impl Deref for Short {
    type Target = str;
    fn deref(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// UTC in whole microseconds, always of the same length (`2021-11-30T04:00:00.000000Z`), so that text sorts as time.
const MOMENT: DateTimePrinter = DateTimePrinter::new().precision(Some(6));

impl Column for Timestamp {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        let mut text = Short::EMPTY;
        match MOMENT.print_timestamp(self, &mut text) {
            Ok(()) => bind(to, at, &*text),
            Err(error) => Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error))),
        }
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

/// A moment as its column holds it.
#[must_use]
pub fn utc(at: Timestamp) -> String {
    MOMENT.timestamp_to_string(&at)
}

/// Several short texts in one column, as a JSON array (`json_each` takes it apart).
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Texts(pub Vec<String>);

impl Shaped for Texts {
    const SHAPE: Shape = Shape::List(&String::SHAPE);
}

impl Column for Texts {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut Statement<'_>, at: usize) -> Result<()> {
        let json = serde_json::to_string(&self.0);
        bind(
            to,
            at,
            json.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?,
        )
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}
