//! Examples: put together from those of the fields.

use serde_json::{Map, Value, json};

use super::{Description, Field, Shape, Word};

impl Description {
    /// An object that fits.
    #[must_use]
    pub fn example(&self) -> Value {
        let fields = self.all_fields().into_iter();
        Value::Object(fields.map(|field| (field.name.to_owned(), field.example())).collect())
    }
}

impl Field {
    /// A value that fits.
    #[must_use]
    pub fn example(&self) -> Value {
        self.example.map_or_else(|| self.shape.example(), Value::from)
    }
}

impl Shape {
    /// A value that fits.
    #[must_use]
    pub fn example(&self) -> Value {
        match self {
            Self::Text(text) => json!(text.example),
            Self::Words(words) => words().first().map(|word| word.stored).into(),
            Self::Integer(integer) => json!(integer.example),
            Self::Boolean => json!(true),
            Self::Date => json!("2022-03-10"),
            Self::Timestamp => json!("2022-03-10T04:00:00Z"),
            Self::Counts(counts) => {
                let shown = if counts.complete { usize::MAX } else { 1 };
                let words = (counts.words)().into_iter().take(shown);
                let number = |word: Word| (word.stored.to_owned(), json!(counts.number.example));
                Value::Object(words.map(number).collect::<Map<_, _>>())
            }
            Self::List(shape) => json!([shape.example()]),
            Self::Optional(shape) => shape.example(),
            Self::Object(object) => object.example(),
        }
    }
}
