//! Telephone, identity and bank card numbers, however they are spaced.
//!
//! Digits that touch form a group; groups parted by one or two spaces, dashes or brackets form a chain.
//! From each group the chain is followed for at most [`LONGEST`] digits, so the time is linear.

use super::kind::{Found, Kind};

/// The longest number looked for, a bank card with 19 digits.
const LONGEST: usize = 19;
/// How people part the eleven digits of a mobile number. Other partings are dates, counts and codes.
const MOBILE_SHAPES: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[3, 3, 5], &[5, 6]];

/// A run of digits, and an X behind 17 of them at the end of a chain.
struct Group {
    start: usize,
    digits: String,
    /// Whether the next group belongs to the same chain.
    joined: bool,
}

impl Group {
    fn end(&self) -> usize {
        self.start + self.digits.len()
    }
}

/// Every number, from left to right, without overlap.
pub(super) fn find(characters: &[char]) -> Vec<Found> {
    let groups = groups(characters);
    let mut finds = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        match longest_from(&groups[at..]) {
            Some((taken, kind)) => {
                let range = groups[at].start..groups[at + taken - 1].end();
                finds.push(Found { range, kind });
                at += taken;
            }
            None => at += 1,
        }
    }
    finds
}

fn groups(characters: &[char]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut gap = usize::MAX; // characters since the last group; more than two part a chain
    for (at, &character) in characters.iter().enumerate() {
        if character.is_ascii_digit() {
            match groups.last_mut() {
                Some(group) if gap == 0 => group.digits.push(character),
                before => {
                    if let Some(group) = before {
                        group.joined = gap <= 2;
                    }
                    groups.push(Group { start: at, digits: character.into(), joined: false });
                }
            }
            gap = 0;
        } else if matches!(character, 'x' | 'X') && gap == 0 {
            // Only an identity number ends in X, so it stays with its digits and ends the chain.
            if let Some(group) = groups.last_mut() {
                group.digits.push('X');
            }
            gap = usize::MAX;
        } else {
            gap = if matches!(character, ' ' | '-' | '(' | ')') {
                gap.saturating_add(1)
            } else {
                usize::MAX
            };
        }
    }
    groups
}

/// How many groups, counted from the first, form the longest number, and its kind.
fn longest_from(groups: &[Group]) -> Option<(usize, Kind)> {
    let mut digits = String::new();
    let mut shape = Vec::new();
    let mut longest = None;
    for group in groups {
        if digits.len() + group.digits.len() > LONGEST {
            break;
        }
        digits.push_str(&group.digits);
        shape.push(group.digits.len());
        if let Some(kind) = kind_of(&digits, &shape) {
            longest = Some((shape.len(), kind));
        }
        if !group.joined {
            break;
        }
    }
    longest
}

fn kind_of(digits: &str, shape: &[usize]) -> Option<Kind> {
    if is_identity_number(digits) {
        Some(Kind::IdentityNumber)
    } else if is_mobile(digits, shape) {
        Some(Kind::Mobile)
    } else if is_landline(digits, shape) {
        Some(Kind::Landline)
    } else if is_bank_card(digits, shape) {
        Some(Kind::BankCard)
    } else {
        None
    }
}

/// 18 characters with a possible date of birth. The check character is left aside: a number with a
/// slip of the pen still reaches its owner.
fn is_identity_number(digits: &str) -> bool {
    let number =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u16>().ok());
    digits.len() == 18
        && matches!(number(6..10), Some(1900..=2099))
        && matches!(number(10..12), Some(1..=12))
        && matches!(number(12..14), Some(1..=31))
        && number(14..17).is_some()
}

/// 1[3-9] and nine more digits, with or without 86 or 0086 in front.
fn is_mobile(digits: &str, shape: &[usize]) -> bool {
    let with_prefix = ["0086", "86"].iter().find_map(|prefix| {
        let rest = digits.strip_prefix(prefix)?;
        let first = shape[0].checked_sub(prefix.len()).filter(|first| *first > 0)?;
        Some((rest, first))
    });
    let (number, first) =
        with_prefix.filter(|(rest, _)| rest.len() == 11).unwrap_or((digits, shape[0]));
    let shape: Vec<usize> = std::iter::once(first).chain(shape[1..].iter().copied()).collect();
    number.len() == 11
        && number.as_bytes()[0] == b'1'
        && matches!(number.as_bytes()[1], b'3'..=b'9')
        && !number.ends_with('X')
        && (MOBILE_SHAPES.contains(&shape.as_slice()) || shape.iter().all(|part| *part == 1))
}

/// 区号 010, 02x (8 digits follow) or 0[3-9]xx (7 or 8 follow); the number itself starts with 2 to 8.
fn is_landline(digits: &str, shape: &[usize]) -> bool {
    let bytes = digits.as_bytes();
    let area = match bytes {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return false,
    };
    let rest = bytes.len().saturating_sub(area);
    let parted = shape[0] == area || shape.len() == 1;
    let full = rest == 8 || (area == 4 && rest == 7);
    parted && full && matches!(bytes[area], b'2'..=b'8') && !digits.ends_with('X')
}

/// 16 to 19 digits that pass Luhn (ISO/IEC 7812-1), in one piece or in fours, of an issuer that occurs
/// here: 银联 62, and 3, 4, 5.
fn is_bank_card(digits: &str, shape: &[usize]) -> bool {
    let issued = digits.starts_with("62") || digits.starts_with(['3', '4', '5']);
    let in_fours = shape.len() == 1
        || shape
            .split_last()
            .is_some_and(|(last, full)| *last <= 4 && full.iter().all(|part| *part == 4));
    (16..=LONGEST).contains(&digits.len()) && issued && in_fours && passes_luhn(digits)
}

fn passes_luhn(digits: &str) -> bool {
    let mut sum = 0;
    for (place, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        sum += if place % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } };
    }
    sum % 10 == 0
}
