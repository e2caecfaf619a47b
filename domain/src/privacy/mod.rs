//! What must not stand in free text, how a name is shown to the public, and what answers leave out of a fact
//! (个人信息保护法 §6, §25).
//!
//! The history is for ever, so a text that reaches a person is refused before it becomes a fact;
//! texts from outside the history are masked before they are shown.

mod email;
mod names;
mod numbers;
mod redacted;

use std::ops::Range;

pub use names::mask_name;

/// A kind of personal data that a pattern can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 手机号码 of the mainland.
    Mobile,
    /// 固定电话 with its area code.
    Landline,
    /// 公民身份号码 of 18 characters.
    IdentityNumber,
    /// 电子邮箱.
    Email,
    /// 银行卡号: 16 to 19 digits with a valid check digit.
    BankCard,
}

impl Kind {
    /// The Chinese word for it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Mobile => "手机号码",
            Self::Landline => "固定电话",
            Self::IdentityNumber => "公民身份号码",
            Self::Email => "电子邮箱",
            Self::BankCard => "银行卡号",
        }
    }

    /// The English word for it.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Mobile => "mobile number",
            Self::Landline => "telephone number",
            Self::IdentityNumber => "identity number",
            Self::Email => "e-mail address",
            Self::BankCard => "bank card number",
        }
    }
}

/// The first personal data in a text, if any. Takes time linear in the length of the text.
///
/// Full-width characters, `+86`, spaces, dashes and brackets inside a number do not hide it. Names and
/// addresses have no pattern and are not found: fields that ask for them belong in the vault.
#[must_use]
pub fn personal_in(text: &str) -> Option<Kind> {
    if !may_hold_any(text) {
        return None;
    }
    find(&characters(text)).first().map(|found| found.kind)
}

/// The text with every find of [`personal_in`] replaced by `＊＊＊`.
#[must_use]
pub fn mask_text(text: &str) -> String {
    if !may_hold_any(text) {
        return text.to_owned();
    }
    let finds = find(&characters(text));
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

/// Every kind has a digit or an `@`; most texts have neither, and millions are looked at in a rebuild.
fn may_hold_any(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '0'..='9' | '@' | '０'..='９' | '＠'))
}

/// One find: its characters, counted from 0, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    range: Range<usize>,
    kind: Kind,
}

/// All finds by where they start, the longer one first.
fn find(characters: &[char]) -> Vec<Found> {
    let mut finds = numbers::find(characters);
    finds.extend(email::find(characters));
    finds.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    finds
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
