//! 姓名, as people have them: of two characters or fifty, with dots, spaces, hyphens, and the comma of a residence card.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Writing;
use super::answers::{NoAnswer, no_answer, no_name};
use super::characters::{Point, Unwritable, is_han, is_letter};

/// The most characters of a name: minority and foreign names can be long. Our default.
pub const LONGEST_NAME: usize = 50;
/// The most marks over and under one letter.
const MOST_MARKS: usize = 4;

/// Why a text is not a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadName {
    /// Nothing, or too much.
    Length,
    /// A word that says there is none.
    NoAnswer(NoAnswer),
    /// A character that no text of ours holds.
    Unwritable(Unwritable),
    /// A character that names are not written with.
    Character(Point),
}

/// A person's name in its one spelling. `张　三`, spaced to fill a column, is `张三`; `古丽•示例` is `古丽·示例`.
///
/// # Errors
/// See [`BadName`].
pub fn name(text: &str) -> Result<String, BadName> {
    let written = Writing::Name.normalise(text);
    let forms = [text, written.as_deref().unwrap_or_default()];
    if let Some(word) = forms.into_iter().find_map(|form| no_answer(form).or_else(|| no_name(form)))
    {
        return Err(BadName::NoAnswer(word));
    }
    let name = written.map_err(BadName::Unwritable)?;
    if let Some(wrong) = first_wrong(&name) {
        return Err(BadName::Character(Point(wrong)));
    }
    let fits = name.chars().any(is_letter) && name.chars().count() <= LONGEST_NAME;
    if fits { Ok(name) } else { Err(BadName::Length) }
}

/// The first character that stands where names have none.
fn first_wrong(name: &str) -> Option<char> {
    let (mut marks, mut commas, mut before) = (0, 0, None);
    for c in name.chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        commas += usize::from(c == ',');
        let fits = match c {
            c if is_combining_mark(c) => {
                marks <= MOST_MARKS && before.is_some_and(|c| is_letter(c) || is_combining_mark(c))
            }
            // Of a residence card: SURNAME, GIVEN NAMES. Between 汉字 it parts two people.
            ',' => commas == 1 && before.is_some_and(|c| is_letter(c) && !is_han(c)),
            ' ' | '·' | '.' | '\'' | '-' | '\u{f0b}' => true,
            c => is_letter(c),
        };
        if !fits {
            return Some(c);
        }
        before = Some(c);
    }
    None
}

/// One space at most, and none where 汉字, dots and commas meet; a full stop between 汉字 is the dot of a keyboard without one.
pub(super) fn tidy(name: &str) -> String {
    let mut tidied: Vec<char> = Vec::new();
    let mut pending: Option<char> = None;
    let ends = |c: char| matches!(c, ' ' | '·' | ',' | '\'' | '-');
    let trimmed = name.trim_matches(ends).trim_start_matches(|c| ends(c) || c == '.');
    for c in trimmed.chars() {
        let Some(&last) = tidied.last() else {
            tidied.push(c);
            continue;
        };
        match c {
            ' ' => pending = pending.or(Some(' ')),
            '·' => pending = Some('·'),
            '.' if is_han(last) || pending == Some('·') => {
                pending = Some(if pending == Some('·') { '·' } else { '.' });
            }
            c => {
                match pending.take() {
                    Some(' ') if c == ',' || last == ',' || (is_han(last) && is_han(c)) => {}
                    Some('.') if is_han(c) => tidied.push('·'),
                    Some(parting) => tidied.push(parting),
                    None => {}
                }
                tidied.push(c);
            }
        }
    }
    tidied.into_iter().collect()
}

/// Whether what was told of a guardian, 姓名 and perhaps a telephone number, names somebody.
#[must_use]
pub fn guardian_is_named(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| is_letter(*c)).collect();
    !letters.is_empty() && no_answer(&letters).is_none() && no_name(&letters).is_none()
}

/// What a name, or a part of one, is searched by: its letters alone, small and without accents.
#[must_use]
pub fn search_key(text: &str) -> String {
    let readable: String = text.chars().filter(|c| Unwritable::of(*c).is_none()).collect();
    let name = Writing::Name.normalise(&readable).unwrap_or(readable);
    let letters = name.nfd().filter(|c| is_letter(*c));
    letters.flat_map(char::to_lowercase).nfc().collect()
}
