//! Columns of a table made from what the type of its rows says of itself.

use projections::described::flat::Flat;
use projections::described::{self, Description, Integer, Shape};

use super::column::{Column, Kind, Word};

/// A column a figure, in the order of the fields.
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
