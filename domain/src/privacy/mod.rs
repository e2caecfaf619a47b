//! What must not stand in free text, how a name is shown to the public, and what answers leave out of a fact
//! (个人信息保护法 §6, §25).
//!
//! The history is for ever, so a text that reaches a person is refused before it becomes a fact;
//! texts from outside the history are masked before they are shown.
//!
//! A number is found by what it is: digits of any script and Chinese numerals, whatever short parts them. Check digits,
//! areas, dates of birth and issuers tell numbers of persons from others, and the words around decide where the number
//! does not. What is found and what is left alone is listed in `domain/tests/domain/privacy/texts.tsv`.

mod allotted;
mod digits;
mod kind;
mod names;
mod numbers;
mod otherwise;
mod reading;
mod redacted;
mod shape;
mod words;

pub use kind::{Kind, Stretch};
pub use names::mask_name;

use kind::Found;

/// The shortest number, a telephone within its area, has so many digits.
const FEWEST_DIGITS: usize = 7;

/// Where something is written: words explain the numbers of a text, but not those of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Code,
}

/// The kind of the first personal data in a text, if any. Takes time linear in the length of the text.
///
/// Names and addresses have no pattern and are not found: fields that ask for them belong in the vault.
#[must_use]
pub fn personal_in(text: &str) -> Option<Kind> {
    first(text, Place::Text).map(|found| found.kind)
}

/// The same, with the stretch of the text that is meant.
#[must_use]
pub fn first_personal(text: &str) -> Option<(Kind, Stretch)> {
    let found = first(text, Place::Text)?;
    let stretch = text.chars().skip(found.range.start).take(found.range.len()).collect();
    Some((found.kind, Stretch::new(stretch)))
}

/// The kind of the first personal data in a code, which stands alone: no word says what else its digits could be, and
/// hyphens part a code anywhere.
#[must_use]
pub fn personal_in_code(code: &str) -> Option<Kind> {
    first(code, Place::Code).map(|found| found.kind)
}

/// The text with every find of [`personal_in`] replaced by `＊＊＊`.
#[must_use]
pub fn mask_text(text: &str) -> String {
    if !may_hold_any(text) {
        return text.to_owned();
    }
    let finds = find(&characters(text), Place::Text);
    let mut masked = String::with_capacity(text.len());
    let mut original = text.chars();
    let mut at = 0;
    for found in finds {
        if found.range.end <= at {
            continue; // lies within the one before
        }
        let kept = found.range.start.saturating_sub(at);
        masked.extend(original.by_ref().take(kept));
        masked.push_str("＊＊＊");
        let hidden = found.range.end - at - kept;
        original.by_ref().take(hidden).for_each(drop);
        at = found.range.end;
    }
    masked.extend(original);
    masked
}

/// Most texts have too few digits and no `@`, and millions are looked at in a rebuild.
fn may_hold_any(text: &str) -> bool {
    let mut digits = 0;
    text.chars().any(|character| {
        digits += digits::value(character).map_or(0, |(_, value)| if value > 9 { 2 } else { 1 });
        digits >= FEWEST_DIGITS || matches!(character, '@' | '＠')
    })
}

fn first(text: &str, place: Place) -> Option<Found> {
    if !may_hold_any(text) {
        return None;
    }
    find(&characters(text), place).into_iter().next()
}

/// All finds by where they start, the longer one first.
fn find(characters: &[char], place: Place) -> Vec<Found> {
    let mut finds = numbers::find(characters, place);
    finds.extend(emails(characters));
    finds.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    finds
}

/// Every 电子邮箱: a local part, `@`, and a domain of at least two labels that ends in letters. Each character is looked
/// at twice at most, because no part of an address contains `@`.
fn emails(characters: &[char]) -> Vec<Found> {
    let ats = characters.iter().enumerate().filter(|&(_, &character)| character == '@');
    ats.filter_map(|(at, _)| {
        let local = characters[..at].iter().rev().take_while(|c| in_local(**c)).count();
        let domain = domain_length(&characters[at + 1..])?;
        (local > 0).then_some(Found { range: at - local..at + 1 + domain, kind: Kind::Email })
    })
    .collect()
}

fn in_local(character: char) -> bool {
    character.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(character)
}

/// How many characters belong to a domain name, if one stands here.
fn domain_length(rest: &[char]) -> Option<usize> {
    let length =
        rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '-' || **c == '.').count();
    // A full stop after the address ends the sentence, not the name.
    let length = rest[..length].iter().rposition(|c| *c != '.')? + 1;
    let dot = rest[..length].iter().rposition(|c| *c == '.').filter(|dot| *dot > 0)?;
    let last = &rest[dot + 1..length];
    (last.len() >= 2 && last[0].is_ascii_alphabetic()).then_some(length)
}

/// The text, character by character, with full-width forms (U+FF01–FF5E) as ASCII.
fn characters(text: &str) -> Vec<char> {
    text.chars()
        .map(|character| match character {
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(character as u32 - 0xfee0).unwrap_or(character)
            }
            '\u{3000}' | '\u{a0}' => ' ',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests;
