//! 公民身份号码 (GB 11643-1999), and the age group that may stand in the log in its place.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::values::writing::{Point, Writing};

/// Weights of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// The check character for each remainder of the weighted sum by 11.
const CHECKS: &[u8; 11] = b"10X98765432";
/// Nobody alive was born earlier; an earlier year is a slip of the pen.
const EARLIEST_YEAR: i16 = 1900;

/// A well-formed identity number: 17 digits, one of them a real date of birth, and a check character.
///
/// Neither `Debug` nor `Display` shows it. Only [`IdentityNumber::expose`] does, for the vault.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber([u8; 18]);

/// 性别, as the identity number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// 年龄段: all that the log learns of a person's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeGroup {
    /// 未成年人: under 18 (民法典 §17). Needs a guardian's consent.
    Minor,
    /// 18 to 59.
    Adult,
    /// 老年人: 60 and more (老年人权益保障法 §2).
    Senior,
}

refusals! {
    /// Why a text is not an identity number. Never repeats it.
    pub enum BadIdentityNumber {
        Fifteen {} "identity_number.fifteen_digits" at "identity_number" =>
            "15位旧号码已停用；请填写18位公民身份号码。",
            "Numbers of 15 digits are no longer in use; give the identity number of 18 characters.";
        Length { got: usize } "identity_number.length" at "identity_number" =>
            "公民身份号码应为18位，现有{got}位。",
            "An identity number has 18 characters; there are {got}.";
        Character { position: usize, found: Point } "identity_number.character" at "identity_number" =>
            "公民身份号码第{position}位{found}有误：前17位应为数字，末位应为数字或X。",
            "Character {position} is wrong, {found}: 17 digits are expected, then a digit or X.";
        Date {} "identity_number.date" at "identity_number" =>
            "公民身份号码第7至14位应为真实的出生日期(年月日),不早于1900年。",
            "Digits 7 to 14 must be a real date of birth (YYYYMMDD), not before 1900.";
        Checksum {} "identity_number.checksum" at "identity_number" =>
            "公民身份号码校验位不符；请对照证件逐位核对。",
            "The check character does not fit; compare every digit with the card.";
    }
}

impl IdentityNumber {
    /// Reads a number as people type and paste it: parted by spaces or hyphens, in any width, with invisible marks or what a
    /// spreadsheet puts around it, with another cross for the X.
    ///
    /// Whether the birth lies in the future is for the caller to judge, who knows the day.
    ///
    /// # Errors
    /// Says which part is wrong and what would be accepted, see [`BadIdentityNumber`].
    pub fn parse(text: &str) -> Result<Self, BadIdentityNumber> {
        // What no text holds is a wrong character, wherever it stands.
        let text = Writing::Code.normalise(text).unwrap_or_else(|_| text.to_owned());
        let characters: Vec<char> = text.chars().filter(|c| *c != '-').collect();
        if characters.len() == 15 && characters.iter().all(char::is_ascii_digit) {
            return Err(BadIdentityNumber::Fifteen {});
        }
        if characters.len() != 18 {
            return Err(BadIdentityNumber::Length { got: characters.len() });
        }
        let mut number = [0; 18];
        for (index, (slot, &character)) in number.iter_mut().zip(&characters).enumerate() {
            *slot = match character {
                '0'..='9' => u8::try_from(character).unwrap_or_default(),
                'X' | 'x' | '×' | '✕' | 'Х' | 'х' | 'Χ' | 'χ' | 'Ⅹ' | 'ⅹ' if index == 17 => {
                    b'X'
                }
                _ => {
                    let found = Point(character);
                    return Err(BadIdentityNumber::Character { position: index + 1, found });
                }
            };
        }
        if birth_in(&number).is_none() {
            return Err(BadIdentityNumber::Date {});
        }
        if check_of(&number) != number[17] {
            return Err(BadIdentityNumber::Checksum {});
        }
        Ok(Self(number))
    }

    /// Completes 17 digits by their check character: for people who are plainly generated.
    ///
    /// # Errors
    /// As [`IdentityNumber::parse`], with [`BadIdentityNumber::Length`] unless there are 17 digits.
    pub fn with_check_digit(first17: &str) -> Result<Self, BadIdentityNumber> {
        let mut number = [0; 18];
        let digits = first17.as_bytes();
        if digits.len() != 17 {
            return Err(BadIdentityNumber::Length { got: first17.chars().count() + 1 });
        }
        if let Some(wrong) = digits.iter().position(|digit| !digit.is_ascii_digit()) {
            let found = Point(char::from(digits[wrong]));
            return Err(BadIdentityNumber::Character { position: wrong + 1, found });
        }
        number[..17].copy_from_slice(digits);
        number[17] = check_of(&number);
        birth_in(&number).map(|_| Self(number)).ok_or(BadIdentityNumber::Date {})
    }

    /// The number itself, 18 ASCII characters. For the vault and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// 出生日期: digits 7 to 14.
    #[must_use]
    pub fn birth(&self) -> Date {
        // A number exists only with a real date; the fallback is never reached.
        birth_in(&self.0).unwrap_or(Date::MIN)
    }

    /// 性别: digit 17 is odd for men.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.0[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// 周岁: whole years completed on a day; 0 before birth.
    #[must_use]
    pub fn age_on(&self, day: Date) -> u8 {
        age(self.birth(), day)
    }
}

impl AgeGroup {
    /// The group of somebody born on `birth`, on `day`. A birthday counts from its morning on.
    #[must_use]
    pub fn on(birth: Date, day: Date) -> Self {
        match age(birth, day) {
            0..=17 => Self::Minor,
            18..=59 => Self::Adult,
            60.. => Self::Senior,
        }
    }
}

/// Whoever is born on 29 February turns a year older on 1 March of a common year.
fn age(birth: Date, day: Date) -> u8 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    let years = day.year() - birth.year() - i16::from(!had_birthday);
    u8::try_from(years.max(0)).unwrap_or(u8::MAX)
}

fn birth_in(number: &[u8; 18]) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| {
        number[range].iter().fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
    };
    let (year, month, day) = (digits(6..10), digits(10..12), digits(12..14));
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (year >= EARLIEST_YEAR).then_some(date)
}

fn check_of(number: &[u8; 18]) -> u8 {
    check_character(number.iter().map(|digit| digit - b'0'))
}

/// The check character, in ASCII, that belongs to 17 digits.
pub(crate) fn check_character(digits: impl Iterator<Item = u8>) -> u8 {
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| u32::from(digit) * weight).sum();
    CHECKS[(sum % 11) as usize]
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityNumber(******************)")
    }
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("******************")
    }
}

#[cfg(test)]
mod tests;
