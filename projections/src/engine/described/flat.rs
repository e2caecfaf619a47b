//! Rows as tables have them: every figure in a column of its own.

use super::{Description, Integer, Shape, Word};

/// A column of a table: a field, or one of the fields of an object in it.
#[derive(Debug, Clone)]
pub struct Flat {
    /// Where the value stands in a row's JSON: dots lead into objects.
    pub key: String,
    /// 表头.
    pub zh: String,
    /// Its header in English.
    pub en: String,
    /// What its values look like; no object, and no counts.
    pub shape: Shape,
}

impl Description {
    /// 表名: what it says, in one word.
    #[must_use]
    pub fn title(&self) -> &'static str {
        zh_of(self.meaning)
    }

    /// The columns of a table of such objects, in the order of the fields.
    #[must_use]
    pub fn columns(&self) -> Vec<Flat> {
        let mut columns = Vec::new();
        for field in self.all_fields() {
            let (zh, en) = (zh_of(field.meaning), words_of(field.name));
            let (zh, en) = match field.shape.unit() {
                Some(Integer::MINUTES) => (format!("{zh}(分钟)"), format!("{en} (minutes)")),
                Some(_) | None => (zh.to_owned(), en),
            };
            Flat { key: field.name.to_owned(), zh, en, shape: field.shape }.spread(&mut columns);
        }
        columns
    }
}

impl Shape {
    /// In what its numbers count, where they count no things.
    fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Integer(integer) => integer.unit,
            Self::Optional(shape) => shape.unit(),
            Self::Text(_)
            | Self::Words(_)
            | Self::Boolean
            | Self::Date
            | Self::Timestamp
            | Self::Counts(_)
            | Self::List(_)
            | Self::Object(_) => None,
        }
    }
}

impl Flat {
    /// Gives each value within an object a column of its own.
    fn spread(self, columns: &mut Vec<Self>) {
        match self.shape {
            Shape::Optional(shape) => Self { shape: *shape, ..self }.spread(columns),
            Shape::Object(part) => {
                for inner in part.columns() {
                    columns.push(self.within(&inner.key, &inner.zh, inner.shape));
                }
            }
            Shape::Counts(counts) => {
                for Word { stored, zh } in (counts.words)() {
                    columns.push(self.within(stored, zh, Shape::Integer(counts.number)));
                }
            }
            Shape::Text(_)
            | Shape::Words(_)
            | Shape::Integer(_)
            | Shape::Boolean
            | Shape::Date
            | Shape::Timestamp
            | Shape::List(_) => columns.push(self),
        }
    }

    fn within(&self, key: &str, zh: &str, shape: Shape) -> Self {
        Self {
            key: format!("{}.{key}", self.key),
            zh: format!("{}·{zh}", self.zh),
            en: format!("{}: {}", self.en, words_of(&key.replace('.', ": ")).to_lowercase()),
            shape,
        }
    }
}

/// The Chinese that a meaning begins with: what stands before the first blank or colon.
#[must_use]
pub fn zh_of(meaning: &str) -> &str {
    let meaning = meaning.trim_start();
    meaning.split([' ', ':', '\n']).next().unwrap_or(meaning)
}

/// `headcount_total` as `Headcount total`.
fn words_of(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
