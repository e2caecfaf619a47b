//! What a row or an answer looks like when it is written out: every type says so itself, and whoever publishes the
//! description only translates it.

mod example;
pub mod flat;
mod misfit;
mod shapes;

/// A type that is written out as an object. Declared by `table!` or
/// [`described!`](macro@crate::described).
pub trait Described {
    /// Its fields and what they mean.
    const DESCRIPTION: Description;
}

/// An object: what it is and which fields it has, all of them always.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    /// Its name, which no other object has.
    pub name: &'static str,
    /// What it says, in Chinese and English.
    pub meaning: &'static str,
    /// Its fields, in order; those of a flattened part stand in the object itself.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it means, in Chinese and English.
    pub meaning: &'static str,
    /// What its value looks like.
    pub shape: Shape,
    /// A text that it might hold, where that of its shape says too little.
    pub example: Option<&'static str>,
    /// Whether it is no field of its own: its object's fields stand in its place.
    pub flattened: bool,
}

/// A type that says what its values look like.
pub trait Shaped {
    /// What they look like.
    const SHAPE: Shape;
}

/// What a value looks like in JSON.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text(Text),
    /// One of these words.
    Words(fn() -> Vec<Word>),
    /// A whole number.
    Integer(Integer),
    /// `true` or `false`.
    Boolean,
    /// A day: `2022-03-10`.
    Date,
    /// A moment in UTC: `2022-03-10T04:00:00Z`.
    Timestamp,
    /// An object that gives a number under words.
    Counts(Counts),
    /// A list of such values.
    List(&'static Shape),
    /// Such a value or `null`.
    Optional(&'static Shape),
    /// An object.
    Object(&'static Description),
}

/// A word of a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// As it is stored and written out.
    pub stored: &'static str,
    /// 中文名称.
    pub zh: &'static str,
}

/// What a text looks like.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// Its format, as JSON Schema calls it.
    pub format: Option<&'static str>,
    /// Least and most characters, where that is limited.
    pub length: Option<(usize, usize)>,
    /// A regular expression that it matches.
    pub pattern: Option<&'static str>,
    /// Such a text.
    pub example: &'static str,
}

/// Which numbers there may be.
#[derive(Debug, Clone, Copy)]
pub struct Integer {
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
    /// In what they count, where they count no things.
    pub unit: Option<&'static str>,
    /// Such a number.
    pub example: i64,
}

impl Integer {
    /// The unit of numbers that count hundredths of a point.
    pub const HUNDREDTHS: &'static str = "hundredths of a point";
    /// The unit of numbers that count minutes.
    pub const MINUTES: &'static str = "minutes";
    /// The unit of numbers that count thousandths of a whole.
    pub const PER_MILLE: &'static str = "‰";
}

/// Numbers under words.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// The words.
    pub words: fn() -> Vec<Word>,
    /// Whether all words are there; else those that are not there count nothing.
    pub complete: bool,
    /// What each number looks like.
    pub number: Integer,
}

impl Description {
    /// All fields that the object has, those of flattened parts in their places.
    #[must_use]
    pub fn all_fields(&self) -> Vec<&'static Field> {
        let mut all = Vec::new();
        for field in self.fields {
            match field.shape {
                Shape::Object(part) if field.flattened => all.extend(part.all_fields()),
                Shape::Object(_)
                | Shape::Text(_)
                | Shape::Words(_)
                | Shape::Integer(_)
                | Shape::Boolean
                | Shape::Date
                | Shape::Timestamp
                | Shape::Counts(_)
                | Shape::List(_)
                | Shape::Optional(_) => all.push(field),
            }
        }
        all
    }
}

impl<T: Described> Shaped for T {
    const SHAPE: Shape = Shape::Object(&T::DESCRIPTION);
}

/// Declares an answer that is no table, and describes it. Its doc comments are what is published, so they say in Chinese
/// and English what a field means. `#[serde(flatten)]` takes the fields of another described type in; `as "…"` names it
/// for whoever reads the description.
///
/// ```
/// use projections::described;
/// use projections::described::Described;
///
/// described! {
///     /// 村 a village.
///     pub struct Village {
///         /// 村名 name
///         #[example = "溪口村"]
///         pub name: String,
///         /// 户数 households
///         pub households: Option<u32>,
///     }
/// }
/// let village = Village { name: "溪口村".into(), households: Some(120) };
/// let json = serde_json::to_value(&village)?;
/// assert_eq!(Village::DESCRIPTION.misfit(&json, &|_, _| true), None);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! described {
    (
        $(#[doc = $meaning:literal])+
        $(#[derive($($derived:ident),+)])?
        pub struct $name:ident $(as $shown:literal)? {
            $(
                $(#[doc = $doc:literal])+
                $(#[serde($flatten:ident)])?
                $(#[example = $example:literal])?
                pub $field:ident: $type:ty,
            )+
        }
    ) => {
        $(#[doc = $meaning])+
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize $( $(, $derived)+ )?)]
        pub struct $name {
            $( $(#[doc = $doc])+ $(#[serde($flatten)])? pub $field: $type, )+
        }

        impl $crate::described::Described for $name {
            const DESCRIPTION: $crate::described::Description = $crate::described::Description {
                name: [$($shown,)? stringify!($name)][0],
                meaning: concat!($($meaning),+),
                fields: &[$(
                    $crate::described::Field {
                        name: stringify!($field),
                        meaning: concat!($($doc),+),
                        shape: <$type as $crate::described::Shaped>::SHAPE,
                        example: [$(Some($example),)? None][0],
                        flattened: [$( stringify!($flatten), )?  ""][0].len() > 0,
                    },
                )+],
            };
        }
    };
}
