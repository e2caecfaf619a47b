//! Digits that are plainly something else: dates, times, amounts in thousands, addresses of machines, lengths, places on a map.
//! They count for no number, unless its check digit or the word in front says that it is one.

use jiff::civil::Date;

use super::digits::Script;
use super::reading::Reading;

/// Marks the groups of each chain that are something else.
pub(super) fn mark(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.groups.len() {
        let taken = recognised(reading, at).unwrap_or(0);
        for group in &mut reading.groups[at..at + taken] {
            group.otherwise = true;
        }
        at += taken.max(1);
    }
}

/// How many groups from this one are something else together.
fn recognised(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if starts_like_the_one_before(reading, at) {
        return None;
    }
    let taken = date(reading, at)
        .or_else(|| time(reading, at))
        .or_else(|| thousands(reading, at))
        .or_else(|| machine(reading, at))
        .or_else(|| measures(reading, at))
        .or_else(|| place(reading, at))?;
    let goes_on =
        reading.groups[at + taken - 1].joined && reading.between(at + taken - 1).is_empty();
    (!goes_on).then_some(taken)
}

/// Whether a full stop, colon, comma or asterisk joins the group to the one before, so that it does not begin anything.
fn starts_like_the_one_before(reading: &Reading<'_>, at: usize) -> bool {
    at > 0
        && reading.groups[at - 1].joined
        && !reading.groups[at - 1].otherwise
        && reading.groups.get(at).is_some_and(|group| group.joined)
        && matches!(reading.between(at - 1), ['.' | ':' | ',' | '*'])
        && reading.between(at - 1) == reading.between(at)
}

/// The one character that joins the groups from `at` on, and how many it joins, counted to `limit`.
fn joined_by_one(reading: &Reading<'_>, at: usize, limit: usize) -> Option<(char, usize)> {
    let sign = |group: usize| match (reading.groups[group].joined, group + 1) {
        (true, next) if next < reading.groups.len() => match reading.between(group) {
            [sign] => Some(*sign),
            _ => None,
        },
        _ => None,
    };
    let first = sign(at)?;
    let same = (at..at + limit)
        .take_while(|group| *group < reading.groups.len() && sign(*group) == Some(first));
    Some((first, same.count() + 1))
}

/// 2021-11-30, 2021/1/5 or 20211130, and nothing more joined to it by the same sign.
fn date(reading: &Reading<'_>, at: usize) -> Option<usize> {
    if reading.groups[at].len() == 8 {
        return is_date(reading.digits_of(at)).then_some(1);
    }
    let (sign, count) = joined_by_one(reading, at, 4)?;
    let is_date = count == 3
        && matches!(sign, '-' | '/' | '.')
        && reading.groups[at].len() == 4
        && (at + 1..at + 3).all(|group| reading.groups[group].len() <= 2)
        && date_of(
            number(reading.digits_of(at)),
            number(reading.digits_of(at + 1)),
            number(reading.digits_of(at + 2)),
        );
    is_date.then_some(3)
}

/// Eight digits of a day between 1900 and 2049.
pub(super) fn is_date(digits: &[u8]) -> bool {
    digits.len() == 8 && date_of(number(&digits[..4]), number(&digits[4..6]), number(&digits[6..]))
}

/// Nobody alive was born earlier, and nobody who is born later is written of today.
fn date_of(year: u32, month: u32, day: u32) -> bool {
    let narrow = |part: u32| i8::try_from(part).unwrap_or(0);
    (1900..2050).contains(&year)
        && i16::try_from(year).is_ok_and(|year| Date::new(year, narrow(month), narrow(day)).is_ok())
}

/// 14:30 or 14:30:05.
fn time(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let (sign, count) = joined_by_one(reading, at, 4)?;
    let hour = reading.digits_of(at);
    let is_time = sign == ':'
        && matches!(count, 2 | 3)
        && hour.len() <= 2
        && number(hour) <= 24
        && (at + 1..at + count).all(|group| {
            let digits = reading.digits_of(group);
            digits.len() == 2 && number(digits) < 60
        });
    is_time.then_some(count)
}

/// 1,380,000: groups of three behind commas, the first shorter or as long.
fn thousands(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let (sign, count) = joined_by_one(reading, at, 6)?;
    let first = reading.digits_of(at);
    let is_amount = sign == ','
        && first.len() <= 3
        && first[0] != 0
        && (at + 1..at + count).all(|group| reading.groups[group].len() == 3)
        && (at..at + count).all(|group| reading.groups[group].script == Script::Figure);
    is_amount.then_some(count)
}

/// 192.168.10.254: four numbers of one byte each.
fn machine(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let (sign, count) = joined_by_one(reading, at, 5)?;
    let is_machine = sign == '.'
        && count == 4
        && (at..at + 4).all(|group| {
            let digits = reading.digits_of(group);
            digits.len() <= 3 && number(digits) < 256 && (digits.len() == 1 || digits[0] != 0)
        });
    is_machine.then_some(4)
}

/// 15*20*300: two or three lengths.
fn measures(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let (sign, count) = joined_by_one(reading, at, 4)?;
    let short = |group: usize| reading.groups[group].len() <= 3;
    (sign == '*' && matches!(count, 2 | 3) && (at..at + count).all(short)).then_some(count)
}

/// 121.8765,29.4321: degrees within the country, three decimals at least.
fn place(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let is_whole = reading.groups.len() >= at + 4
        && (at..at + 3).all(|group| reading.groups[group].joined)
        && reading.between(at) == ['.']
        && !reading.between(at + 1).is_empty()
        && reading.between(at + 2) == ['.']
        && (at + 1..at + 4).step_by(2).all(|group| reading.groups[group].len() >= 3);
    let degrees = |group: usize| Some(number(reading.digits_of(group))).filter(|it| *it > 0);
    let (one, other) = is_whole.then(|| degrees(at).zip(degrees(at + 2)))??;
    ((73..=136).contains(&one.max(other)) && (3..=54).contains(&one.min(other))).then_some(4)
}

/// The value of a few digits; of more than nine the last nine.
pub(super) fn number(digits: &[u8]) -> u32 {
    let few = &digits[digits.len().saturating_sub(9)..];
    few.iter().fold(0, |number, digit| number * 10 + u32::from(*digit))
}
