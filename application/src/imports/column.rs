//! The columns of a table: one list drives reading, the template and its instructions.

use domain::writing::Writing;

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// The name in the header.
    pub name: &'static str,
    /// Other headers that offices write above it. Only where none of them is there, the column is missing. Our default, from
    /// rosters that were tried.
    pub also: &'static [&'static str],
    /// Whether it must be there.
    pub need: Need,
    /// What its cells hold.
    pub form: Form,
    /// How what stands in its cells is brought to one form.
    pub writing: Writing,
    /// Whether a merged cell stands for every row beside it: it says where people belong, and not what a person said or is.
    pub filled_down: bool,
    /// What is accepted, in Chinese.
    pub zh: &'static str,
    /// What is accepted, in English.
    pub en: &'static str,
    /// A plainly fictitious value.
    pub example: &'static str,
}

/// Whether a column and its cells must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// 必填: every row has a value.
    Value,
    /// The column is there, a cell may be blank.
    Column,
    /// The column itself may be left out.
    Nothing,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Text, also where it looks like a number.
    Text,
    /// A whole number.
    Number,
    /// One of these, offered as a list.
    Choice(fn() -> Vec<&'static str>),
}

impl Column {
    /// A column that may be left out, of figures: dates, numbers, telephones or choices.
    pub(super) const PLAIN: Self = Self {
        name: "",
        also: &[],
        need: Need::Nothing,
        form: Form::Text,
        writing: Writing::Figure,
        filled_down: false,
        zh: "",
        en: "",
        example: "",
    };
}
