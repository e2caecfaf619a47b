//! 书写: what people type, paste and export is brought to one form before anything is compared, checked or kept.
//!
//! One function for cells, headers, choices, values of the API and terms of a search: [`Writing::normalise`]. What differs by
//! what a value is stands in [`Writing`]. Doing it twice changes nothing more, and no text makes it panic.

mod answers;
mod characters;
mod day;
mod name;
#[cfg(test)]
mod tests;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

pub use answers::{NoAnswer, no_answer, no_name};
pub use characters::{Point, Unwritable, has_hidden};
pub use day::day;
pub use name::{BadName, LONGEST_NAME, guardian_is_named, name, search_key};

/// A spreadsheet wraps once, a copy of a copy perhaps again. What is wrapped more often stays as it came: each wrapper costs a
/// pass over the text, and anybody may send long ones.
const MOST_WRAPPERS: usize = 8;

/// What a value is, and so how its characters are brought to one form.
///
/// | | invisible marks, wrappers of spreadsheets | look-alikes | width | white space | dots, dashes, apostrophes |
/// | --- | --- | --- | --- | --- | --- |
/// | `Prose` | taken off | radicals and compatibility ideographs; NFC | letters and digits | at both ends | stay |
/// | `Name` | taken off | every compatibility form of a letter; NFC | all | at both ends; between 汉字 all | each one kind |
/// | `Code` | taken off | as `Prose` | all | all | dashes one kind |
/// | `Figure` | taken off | as `Prose` | all | at both ends | dashes one kind |
///
/// A wrapper is `="…"`, an apostrophe in front, and of codes and figures the `.0` behind a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Free text: a unit's name, a residence, a skill, a reason.
    Prose,
    /// The name of a person.
    Name,
    /// A code or number of a unit, a person or an account, an identity number.
    Code,
    /// A count, a date, a telephone number, one of several choices, the header of a column.
    Figure,
}

impl Writing {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Prose, Self::Name, Self::Code, Self::Figure];

    /// The one form of a text; empty where nothing visible is left.
    ///
    /// # Errors
    /// When it holds a control character, one of a private use area, or one that stands for a character that was lost.
    pub fn normalise(self, text: &str) -> Result<String, Unwritable> {
        let mut written = String::with_capacity(text.len() + text.len() / 2);
        if is_nfc(text) {
            text.chars().try_for_each(|c| self.push(c, &mut written))?;
        } else {
            text.nfc().try_for_each(|c| self.push(c, &mut written))?;
        }
        // A mark may have lost what parted it from its letter.
        if !is_nfc(&written) {
            written = written.nfc().collect();
        }
        let written = written.trim();
        Ok(self.stripped(written).unwrap_or_else(|| written.to_owned()))
    }

    /// The text without its wrappers, and a name tidied; none where there are too many of them.
    fn stripped(self, text: &str) -> Option<String> {
        let mut inner = self.unwrapped(text)?;
        if self != Self::Name {
            return Some(inner);
        }
        for _ in 0..MOST_WRAPPERS {
            let tidied = self.unwrapped(&name::tidy(&inner))?;
            if tidied == inner {
                return Some(inner);
            }
            inner = tidied;
        }
        None
    }

    fn push(self, c: char, written: &mut String) -> Result<(), Unwritable> {
        if c.is_ascii_graphic() && self != Self::Name {
            written.push(c);
            return Ok(());
        }
        if characters::is_hidden(c) {
            return Ok(());
        }
        if c.is_whitespace() {
            match self {
                Self::Prose if matches!(c, '\n' | '\u{2028}' | '\u{2029}' | '\u{85}') => {
                    written.push('\n');
                }
                // A break of Windows is one break.
                Self::Prose if c == '\r' => {}
                Self::Code => {}
                Self::Prose | Self::Name | Self::Figure => written.push(' '),
            }
            return Ok(());
        }
        if let Some(unwritable) = Unwritable::of(c) {
            return Err(unwritable);
        }
        match self {
            Self::Prose => written.push(characters::narrow_letter(characters::unified(c))),
            Self::Name => characters::push_of_name(c, written),
            Self::Code | Self::Figure => {
                characters::push_narrow(characters::unified(c), written);
            }
        }
        Ok(())
    }

    /// The text without what spreadsheets put around it; none where they did so too often.
    fn unwrapped(self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for wrappers in 0.. {
            let formula = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
            let inner = match formula {
                Some(inner) => inner.replace("\"\"", "\""),
                None => match text.strip_prefix('\'') {
                    // A text in quotes keeps both of them.
                    Some(rest) if !rest.contains('\'') || begins_a_formula(rest) => rest.to_owned(),
                    Some(_) | None => break,
                },
            };
            if wrappers == MOST_WRAPPERS {
                return None;
            }
            text = inner.trim().to_owned();
        }
        if matches!(self, Self::Code | Self::Figure)
            && let Some((whole, zeros)) = text.split_once('.')
            && !whole.is_empty()
            && !zeros.is_empty()
            && whole.bytes().all(|byte| byte.is_ascii_digit())
            && zeros.bytes().all(|byte| byte == b'0')
        {
            return Some(whole.to_owned());
        }
        Some(text)
    }
}

/// Whether a table would be written with an apostrophe in front of it, so that no spreadsheet calculates it.
fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// 联系电话 as digits: a mainland mobile number, or a landline with its area code; with the country's code or without, however it
/// is parted. None for any other text.
#[must_use]
pub fn telephone(text: &str) -> Option<String> {
    let text = Writing::Figure.normalise(text).ok()?;
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '.' | '_'))
        .collect();
    let abroad = ["+86", "0086"].iter().find_map(|code| plain.strip_prefix(code));
    let abroad = abroad.or_else(|| plain.strip_prefix("86").filter(|rest| rest.len() >= 10));
    let number = match abroad {
        // From abroad an area code is dialled without its zero.
        Some(rest) if !rest.starts_with('0') && !is_mobile(rest) => format!("0{rest}"),
        Some(rest) => rest.to_owned(),
        None => plain,
    };
    (is_mobile(&number) || is_landline(&number)).then_some(number)
}

fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11
        && matches!(bytes, [b'1', b'3'..=b'9', ..])
        && bytes.iter().all(u8::is_ascii_digit)
}

fn is_landline(number: &str) -> bool {
    let bytes = number.as_bytes();
    (10..=12).contains(&bytes.len())
        && matches!(bytes, [b'0', b'1'..=b'9', ..])
        && bytes.iter().all(u8::is_ascii_digit)
}
