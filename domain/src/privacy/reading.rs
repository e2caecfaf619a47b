//! A text as groups of digits: those that touch and are written alike form one, and groups parted by something
//! short form a chain. Each character is looked at a bounded number of times.

use std::ops::Range;

use super::digits::{self, Script, TEN};

/// Between two groups of a chain stand at most so many characters; one that is repeated counts once.
const WIDEST_GAP: usize = 4;
/// 12345678-1234-1234-1234-123456789012, and 12:34:56:78:9a:bc of a network card.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];
const MAC: [usize; 6] = [2; 6];

/// The digits of a text.
pub(super) struct Reading<'a> {
    pub(super) characters: &'a [char],
    /// Their values, one after the other; [`TEN`] for an X.
    pub(super) digits: Vec<u8>,
    pub(super) groups: Vec<Group>,
}

/// Digits that touch and are written alike, or an X.
pub(super) struct Group {
    /// Where they stand in the text.
    pub(super) characters: Range<usize>,
    /// Where they stand in [`Reading::digits`].
    pub(super) digits: Range<usize>,
    pub(super) script: Script,
    /// Whether the next group belongs to the same chain.
    pub(super) joined: bool,
    /// Whether it is part of an address of the web.
    pub(super) in_address: bool,
    /// Whether it is part of a date, a time, an amount or the like.
    pub(super) otherwise: bool,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.digits.len()
    }
}

impl<'a> Reading<'a> {
    pub(super) fn of(characters: &'a [char]) -> Self {
        let mut reading = Self { characters, digits: Vec::new(), groups: Vec::new() };
        let mut gap = Gap::default();
        let mut address_until = 0;
        let mut at = 0;
        while at < characters.len() {
            let begins = at == 0 || !characters[at - 1].is_ascii_alphanumeric();
            if begins && characters[at].is_ascii_alphanumeric() {
                if let Some(length) = opaque(&characters[at..]) {
                    gap.breaks();
                    at += length;
                    continue;
                }
                if at >= address_until && starts_address(&characters[at..]) {
                    address_until = at + address_length(&characters[at..]);
                }
            }
            reading.take(at, at < address_until, &mut gap);
            at += 1;
        }
        reading
    }

    fn take(&mut self, at: usize, in_address: bool, gap: &mut Gap) {
        let character = self.characters[at];
        let (script, value) = if digits::is_invisible(character) {
            return;
        } else if self.is_check(at, gap) {
            (Script::Check, TEN)
        } else if let Some(found) = digits::value(character) {
            found
        } else {
            return gap.take(character);
        };
        let from = self.digits.len();
        if value > 9 && script != Script::Check {
            self.digits.push(value / 10);
        }
        self.digits.push(if script == Script::Check { value } else { value % 10 });
        let (joined, touching) = (gap.is_short(), gap.length == 0);
        *gap = Gap::default();
        if let Some(last) = self.groups.last_mut() {
            if joined && touching && last.script == script && script != Script::Check {
                last.characters.end = at + 1;
                last.digits.end = self.digits.len();
                return;
            }
            last.joined = joined;
        }
        self.groups.push(Group {
            characters: at..at + 1,
            digits: from..self.digits.len(),
            script,
            joined: false,
            in_address,
            otherwise: false,
        });
    }

    /// An X close behind digits that is not the first letter of a word.
    fn is_check(&self, at: usize, gap: &Gap) -> bool {
        digits::is_check(self.characters[at])
            && gap.is_short()
            && self.groups.last().is_some_and(|last| last.script != Script::Check)
            && !self.characters.get(at + 1).is_some_and(char::is_ascii_alphanumeric)
    }

    /// What stands between a group and the next.
    pub(super) fn between(&self, group: usize) -> &[char] {
        &self.characters[self.groups[group].characters.end..self.groups[group + 1].characters.start]
    }

    pub(super) fn digits_of(&self, group: usize) -> &[u8] {
        &self.digits[self.groups[group].digits.clone()]
    }
}

/// What was seen since the last digit.
#[derive(Default)]
struct Gap {
    length: usize,
    last: Option<char>,
}

impl Gap {
    fn take(&mut self, character: char) {
        let paragraph =
            character == '\n' && matches!(self.last, Some('。' | '；' | ';' | '！' | '？'));
        if paragraph || !parts(character) {
            self.breaks();
        } else if self.last != Some(character) {
            self.length = self.length.saturating_add(1);
            self.last = Some(character);
        }
    }

    fn breaks(&mut self) {
        self.length = usize::MAX;
    }

    fn is_short(&self) -> bool {
        self.length <= WIDEST_GAP
    }
}

/// Whether people part a number by it: whatever is neither letter nor unit, and what is said in its place.
fn parts(character: char) -> bool {
    let unit = matches!(
        character,
        '%' | '‰' | '℃' | '°' | '′' | '″' | '¥' | '￥' | '$' | '€' | '£' | '㎡' | '№'
    );
    let spoken = matches!(character, '杠' | '横' | '点' | '空' | '格' | '划' | '线');
    spoken || (!unit && !character.is_alphanumeric())
}

/// How long a code is that stands here and in which digits and letters alternate: digests, UUIDs, ULIDs and our own ids.
fn opaque(rest: &[char]) -> Option<usize> {
    if let Some(length) =
        parted_hexadecimal(rest, &UUID, '-').or(parted_hexadecimal(rest, &MAC, ':'))
    {
        return Some(length);
    }
    let word = rest.iter().take_while(|c| c.is_ascii_alphanumeric());
    let (mut length, mut turns, mut before) = (0, 0, None);
    for character in word {
        let digit = character.is_ascii_digit();
        turns += usize::from(before.is_some_and(|before| before != digit));
        before = Some(digit);
        length += 1;
    }
    (turns >= 3 || (turns == 2 && length >= 16)).then_some(length)
}

/// How long it is, where hexadecimal digits of these lengths stand here, parted by a sign.
fn parted_hexadecimal(rest: &[char], lengths: &[usize], sign: char) -> Option<usize> {
    let length = lengths.iter().sum::<usize>() + lengths.len() - 1;
    let mut parts = rest.get(..length)?.split(|c| *c == sign);
    let fits = |length: &usize| {
        parts
            .next()
            .is_some_and(|part| part.len() == *length && part.iter().all(char::is_ascii_hexdigit))
    };
    let whole = !rest.get(length).is_some_and(char::is_ascii_alphanumeric);
    (lengths.iter().all(fits) && whole).then_some(length)
}

fn starts_address(rest: &[char]) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|start| start.chars().eq(rest.iter().take(start.len()).map(char::to_ascii_lowercase)))
}

fn address_length(rest: &[char]) -> usize {
    rest.iter().take_while(|c| c.is_ascii_graphic()).count()
}
