//! Columns: what they are called, and what their cells hold.

use std::borrow::Cow;

use projections::described::flat::Flat;
use projections::described::{self, Description, Integer, Shape};

/// Whom a table is written for: that decides headers, and how cells are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// 中文: Chinese headers and words, moments in the county's time.
    Chinese,
    /// English headers; moments in the county's time.
    English,
    /// For programs: keys as headers, and values as JSON has them.
    Keys,
}

impl Wording {
    /// The Chinese text for Chinese readers, else the English one.
    #[must_use]
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Chinese => zh,
            Self::English | Self::Keys => en,
        }
    }
}

/// A word of a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As it is stored, for example `health_centre`.
    pub stored: &'static str,
    /// 中文名称.
    pub zh: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text, also where it consists of digits: names, codes, numbers of people.
    Text,
    /// A whole number.
    Whole,
    /// A number of hundredths: 250 is shown as 2.50.
    Hundredths,
    /// A number of thousandths of a whole: 899 is shown as 89.9 %.
    PerMille,
    /// 是 or 否.
    YesNo,
    /// A day.
    Day,
    /// A moment.
    Moment,
    /// One of these words.
    Word(Vec<Word>),
    /// Several such values in one cell.
    List(Box<Kind>),
    /// An object within a list, with these fields.
    Record(Vec<Column>),
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs, and its place in a row's JSON: dots lead into objects.
    pub key: Cow<'static, str>,
    /// 表头.
    pub zh: Cow<'static, str>,
    /// Its English header.
    pub en: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(
        key: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
        en: impl Into<Cow<'static, str>>,
        kind: Kind,
    ) -> Self {
        Self { key: key.into(), zh: zh.into(), en: en.into(), kind }
    }

    /// Its header.
    #[must_use]
    pub fn header(&self, wording: Wording) -> &str {
        match wording {
            Wording::Chinese => &self.zh,
            Wording::English => &self.en,
            Wording::Keys => &self.key,
        }
    }
}

/// The columns of rows, from what their type says of itself: one a figure, in the order of the fields.
#[must_use]
pub fn columns_of(description: &Description) -> Vec<Column> {
    let column = |Flat { key, zh, en, shape }| Column::new(key, zh, en, kind(&shape));
    description.columns().into_iter().map(column).collect()
}

fn kind(shape: &Shape) -> Kind {
    match shape {
        Shape::Text(_) => Kind::Text,
        Shape::Words(words) => {
            let word = |described::Word { stored, zh }| Word { stored, zh };
            Kind::Word(words().into_iter().map(word).collect())
        }
        Shape::Integer(Integer { unit: Some(Integer::HUNDREDTHS), .. }) => Kind::Hundredths,
        Shape::Integer(Integer { unit: Some(Integer::PER_MILLE), .. }) => Kind::PerMille,
        Shape::Integer(_) => Kind::Whole,
        Shape::Boolean => Kind::YesNo,
        Shape::Date => Kind::Day,
        Shape::Timestamp => Kind::Moment,
        // Columns of tables are flat; within a list these stand as JSON.
        Shape::Counts(_) => Kind::Text,
        Shape::List(shape) => Kind::List(Box::new(kind(shape))),
        Shape::Optional(shape) => kind(shape),
        Shape::Object(part) => Kind::Record(columns_of(part)),
    }
}
