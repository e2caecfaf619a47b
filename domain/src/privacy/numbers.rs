//! Telephone, identity and bank card numbers, found by what they are.
//!
//! From each group of digits the chain is followed for at most [`LONGEST`] digits, so the time is linear. What the number
//! itself tells – its check digit, its area, a date of birth, the way it is parted – goes before the words around it.

use super::allotted::{area_code, is_card, is_province};
use super::kind::{Found, Kind};
use super::otherwise::{self, is_date};
use super::reading::Reading;
use super::shape::Shape;
use super::words::{self, Word};
use super::{Place, digits::TEN};
use crate::identity_number::check_character;

/// The longest number looked for, a bank card with 19 digits.
const LONGEST: usize = 19;
/// Every number, from left to right, without overlap.
pub(super) fn find(characters: &[char], place: Place) -> Vec<Found> {
    let mut reading = Reading::of(characters);
    otherwise::mark(&mut reading);
    let mut finds = Vec::new();
    let mut at = 0;
    while at < reading.groups.len() {
        match best_from(&reading, at, place) {
            Some((taken, kind)) => {
                let last = &reading.groups[at + taken - 1];
                let range = reading.groups[at].characters.start..last.characters.end;
                finds.push(Found { range, kind });
                at += taken;
            }
            None => at += 1,
        }
    }
    finds
}

/// How many groups from this one form a number, and its kind: an identity number that its check digit proves, else the
/// longest.
fn best_from(reading: &Reading<'_>, at: usize, place: Place) -> Option<(usize, Kind)> {
    let mut count = 0;
    let mut longest = None;
    for group in at..reading.groups.len() {
        let end = reading.groups[group].digits.end;
        if end - reading.groups[at].digits.start > LONGEST {
            break;
        }
        count += 1;
        let candidate = Candidate::new(reading, at, count, place);
        if candidate.is_proven_identity() {
            return Some((count, Kind::IdentityNumber));
        }
        longest = candidate.kind().map(|kind| (count, kind)).or(longest);
        if !reading.groups[group].joined {
            break;
        }
    }
    longest
}

/// Some groups of a chain that may be a number.
struct Candidate<'a> {
    reading: &'a Reading<'a>,
    digits: &'a [u8],
    shape: Shape<'a>,
    place: Place,
    start: usize,
    end: usize,
}

impl<'a> Candidate<'a> {
    fn new(reading: &'a Reading<'a>, first: usize, count: usize, place: Place) -> Self {
        let shape = Shape { reading, first, count };
        let (from, to) = (&reading.groups[first], &reading.groups[first + count - 1]);
        Self {
            reading,
            digits: &reading.digits[from.digits.start..to.digits.end],
            shape,
            place,
            start: from.characters.start,
            end: to.characters.end,
        }
    }

    fn kind(&self) -> Option<Kind> {
        if self.is_identity() {
            Some(Kind::IdentityNumber)
        } else if self.digits.contains(&TEN) {
            None
        } else if self.is_mobile() {
            Some(Kind::Mobile)
        } else if self.is_landline() {
            Some(Kind::Landline)
        } else if self.is_bank_card() {
            Some(Kind::BankCard)
        } else {
            None
        }
    }

    /// 18 characters with a province, a day of birth and the right check digit: of other numbers of that length not one in
    /// ten thousand has all three. The area 99 does not exist; people who are plainly invented live there.
    fn is_proven_identity(&self) -> bool {
        let Some((check, first)) = self.digits.split_last().filter(|(_, first)| first.len() == 17)
        else {
            return false;
        };
        let area = is_province(first) || first.starts_with(&[9, 9]);
        area && !first.contains(&TEN)
            && is_date(&first[6..14])
            && check_character(first.iter().copied())
                == if *check == TEN { b'X' } else { b'0' + check }
    }

    /// 18 characters with a slip of the pen, where the words say what they are: they still reach their owner. And 15
    /// digits of the old kind, which have no check digit.
    fn is_identity(&self) -> bool {
        let digits = self.digits;
        let body = &digits[..digits.len().min(17)];
        if body.contains(&TEN) {
            return false;
        }
        let announced = || matches!(self.before(), Some((Word::Identity, _)));
        match digits.len() {
            18 => is_date(&digits[6..14]) && (self.place == Place::Code || announced()),
            15 => {
                let born = [&[1, 9], &digits[6..12]].concat();
                is_province(digits)
                    && is_date(&born)
                    && (announced() || (self.shape.is_old_identity() && !self.is_thing_or_code()))
            }
            _ => false,
        }
    }

    /// 1[3-9] and nine more digits, with or without 86, 0086 or the 0 of a call from elsewhere in front.
    fn is_mobile(&self) -> bool {
        let shape = match self.digits {
            [1, 3..=9, ..] if self.digits.len() == 11 => self.shape.lengths(0),
            [0, 0, 8, 6, 1, 3..=9, ..] if self.digits.len() == 15 => self.shape.lengths(4),
            [8, 6, 1, 3..=9, ..] if self.digits.len() == 13 => self.shape.lengths(2),
            [0, 1, 3..=9, ..] if self.digits.len() == 12 && self.shape.lengths(0)[0] > 1 => {
                self.shape.lengths(1)
            }
            _ => return false,
        };
        if self.is_announced(Word::Telephone) {
            return true;
        }
        if self.is_announced(Word::Thing) {
            return false;
        }
        match shape.as_slice() {
            [11] => !words::follows_money(self.reading.characters, self.end),
            [3, 4, 4] if self.shape.is_parted_by_one() => !self.shape.in_address(),
            [3, 4, 4] | [3, 8] | [7, 4] => !self.is_out_of_place(),
            lengths => !self.is_out_of_place() && !self.counts() && self.shape.is_parted(lengths),
        }
    }

    /// 区号 that is given out and 7 or 8 digits, of which the first is 2 to 8; or those alone behind 电话.
    fn is_landline(&self) -> bool {
        if let Some(number) = self.called_from_abroad() {
            return landline_area([&[0], number].concat().as_slice()).is_some();
        }
        if self.is_local() {
            return self.is_announced(Word::Telephone);
        }
        let Some(area) = landline_area(self.digits) else { return false };
        if self.is_announced(Word::Telephone) {
            return true;
        }
        let lengths = self.shape.lengths(0);
        let parted = match lengths.as_slice() {
            [_] => !self.is_thing_or_code(),
            [first, ..] if *first == area => lengths.len() <= 5,
            _ => self.place == Place::Text && self.shape.is_parted(&lengths),
        };
        parted && !self.is_announced(Word::Thing) && !self.is_out_of_place()
    }

    /// The number behind +86 or 0086, without the 0 of the area.
    fn called_from_abroad(&self) -> Option<&[u8]> {
        let number = match self.digits {
            [0, 0, 8, 6, number @ ..] => number,
            [8, 6, number @ ..] if self.reading.characters[..self.start].ends_with(&['+']) => {
                number
            }
            _ => return None,
        };
        Some(number.strip_prefix(&[0]).unwrap_or(number))
    }

    /// 7 or 8 digits that may be a number within the area; 400 and 800 belong to whoever is called.
    fn is_local(&self) -> bool {
        matches!(self.digits.len(), 7 | 8)
            && matches!(self.digits, [2..=8, ..])
            && matches!(self.shape.lengths(0).as_slice(), [7 | 8] | [4, 4] | [3, 4 | 5])
            && !matches!(self.digits, [4 | 8, 0, 0, ..])
            && !is_date(self.digits)
            && !words::follows_unit(self.reading.characters, self.end)
    }

    /// 14 to 19 digits of an issuer that pass Luhn (ISO/IEC 7812-1), or do not where the words say what they are.
    fn is_bank_card(&self) -> bool {
        if !is_card(self.digits) {
            return false;
        }
        let announced = matches!(self.before(), Some((Word::Card, _)));
        announced
            || (passes_luhn(self.digits)
                && !self.is_thing_or_code()
                && !self.is_out_of_place()
                && !self.counts()
                && self.shape.is_card())
    }

    fn before(&self) -> Option<(Word, bool)> {
        words::before(self.reading.characters, self.start)
    }

    /// Whether such a word stands directly in front.
    fn is_announced(&self, by: Word) -> bool {
        self.place == Place::Text && self.before() == Some((by, true))
    }

    fn is_thing_or_code(&self) -> bool {
        self.is_announced(Word::Thing) || self.is_announced(Word::Code)
    }

    /// Whether it is part of a date, an amount or the like, or of an address of the web and not in one piece.
    fn is_out_of_place(&self) -> bool {
        self.shape.is_otherwise() || (self.shape.count > 1 && self.shape.in_address())
    }

    /// Whether the groups are counts, amounts or parts of a code: by a unit behind, a word in front, or the way they are
    /// set out.
    fn counts(&self) -> bool {
        let characters = self.reading.characters;
        (self.place == Place::Code && self.shape.count > 1)
            || words::follows_unit(characters, self.end)
            || matches!(self.before(), Some((Word::Amount | Word::Code, true)))
            || self.shape.is_range()
            || self.shape.touches_letters()
    }
}

/// How many digits are the area code of a whole landline number.
fn landline_area(digits: &[u8]) -> Option<usize> {
    let area = area_code(digits)?;
    let rest = &digits[area..];
    let full = rest.len() == 8 || (area == 4 && rest.len() == 7);
    (full && matches!(rest[0], 2..=8)).then_some(area)
}

fn passes_luhn(digits: &[u8]) -> bool {
    let mut sum = 0;
    for (place, digit) in digits.iter().rev().map(|digit| u32::from(*digit)).enumerate() {
        sum += if place % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } };
    }
    sum % 10 == 0
}
