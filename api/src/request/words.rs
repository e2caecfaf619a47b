//! Closed sets of words in requests: the stored word is sent, and whoever sends another is told what each means.

use std::fmt;

use domain::Several;

domain::refusals! {
    /// Why a value of a body is not taken.
    pub enum WrongWord {
        Other { words: Several<Meant> } "json.wrong_value" =>
            "字段的值不合格式；应为：{words}。",
            "The value is not of the right kind; expected {words:#}.";
    }
}

/// A word as it is sent, and what it means: `县(county)`, with `{:#}` `county`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    word: &'static str,
    zh: &'static str,
}

impl fmt::Display for Meant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { word, zh } = self;
        if f.alternate() { f.write_str(word) } else { write!(f, "{zh}({word})") }
    }
}

/// The one that a text says.
///
/// # Errors
/// All that there are.
pub fn word<T: Copy>(
    text: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    zh: fn(T) -> &'static str,
) -> Result<T, Several<Meant>> {
    let meant = |value: &T| Meant { word: as_str(*value), zh: zh(*value) };
    let known = all.iter().copied().find(|value| as_str(*value) == text);
    known.ok_or_else(|| Several(all.iter().map(meant).collect()))
}
