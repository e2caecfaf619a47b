//! Personal values as people write them, in a form or in a table, and the one way each is kept in the vault.

use std::fmt;

use domain::writing::{self, BadName, LONGEST_NAME, NoAnswer, Writing};
use zeroize::Zeroizing;

const LONGEST_TEXT: usize = 200;

domain::refusals! {
    /// Why a personal value is not taken. Never repeats it, but for one character that does not belong in it.
    pub enum BadPersonal {
        Name { most: usize, zh: String, en: String } "personal.name" =>
            "应为1至{most}个字的姓名，不含数字和其他符号{zh}。",
            "A name of 1 to {most} characters is expected, without digits and other signs{en}.";
        NoAnswer { word: &'static str } "personal.no_answer" =>
            "“{word}”不是要填的内容；请如实填写，没有的请留空。",
            "“{word}” is no answer; give the real one, or leave it blank where there is none.";
        Guardian {} "personal.guardian" =>
            "监护人应写明姓名，可加联系电话；没有监护人的请留空。",
            "A guardian is given by name, with a telephone number if you like; leave it blank where there is none.";
        Telephone {} "personal.telephone" =>
            "应为11位手机号码，或带区号的固定电话，只填一个。",
            "A mobile number of 11 digits is expected, or a landline number with its area code, one only.";
        Text { most: usize, zh: String, en: String } "personal.text" =>
            "最多{most}个字，不含控制字符、造字和乱码{zh}。",
            "At most {most} characters, without control and private use characters{en}.";
    }
}

impl From<BadName> for BadPersonal {
    fn from(bad: BadName) -> Self {
        let wrong = |zh: String, en: String| Self::Name {
            most: LONGEST_NAME,
            zh: format!("；其中有{zh}"),
            en: format!("; it holds {en}"),
        };
        match bad {
            BadName::Length => {
                Self::Name { most: LONGEST_NAME, zh: String::new(), en: String::new() }
            }
            BadName::NoAnswer(NoAnswer { word, .. }) => Self::NoAnswer { word },
            BadName::Character(found) => wrong(found.to_string(), found.to_string()),
            BadName::Unwritable(found) => wrong(found.zh(), found.en()),
        }
    }
}

/// A personal value on its way to the vault: never shown, and wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal(Zeroizing<String>);

impl Personal {
    /// 姓名, in its one spelling: see [`writing::name`].
    ///
    /// # Errors
    /// When it is no name.
    pub fn name(text: &str) -> Result<Self, BadPersonal> {
        Ok(Self::of(writing::name(text)?))
    }

    /// 联系电话: a mainland mobile number, or a landline with its area code; kept as digits.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn telephone(text: &str) -> Result<Self, BadPersonal> {
        writing::telephone(text).map(Self::of).ok_or(BadPersonal::Telephone {})
    }

    /// Any other personal text, such as 居住区域, in one line; empty where it says that there is none.
    ///
    /// # Errors
    /// When it is too long, points elsewhere, or holds characters that no text of ours does.
    pub fn text(text: &str) -> Result<Self, BadPersonal> {
        match writing::no_answer(text) {
            Some(NoAnswer { word, points_elsewhere: true }) => Err(BadPersonal::NoAnswer { word }),
            Some(NoAnswer { .. }) => Ok(Self::of(String::new())),
            None => Self::line(text),
        }
    }

    /// 监护人: a name, perhaps with a telephone number; empty where there is none.
    ///
    /// # Errors
    /// When it names nobody, or is no text of ours.
    pub fn guardian(text: &str) -> Result<Self, BadPersonal> {
        if let Ok(name) = writing::name(text) {
            return Ok(Self::of(name));
        }
        let line = Self::text(text)?;
        if line.0.is_empty() || writing::guardian_is_named(&line.0) {
            return Ok(line);
        }
        Err(BadPersonal::Guardian {})
    }

    fn line(text: &str) -> Result<Self, BadPersonal> {
        let bad = |zh, en| BadPersonal::Text { most: LONGEST_TEXT, zh, en };
        let text = Writing::Prose.normalise(text).map_err(|found| {
            bad(format!("；其中有{}", found.zh()), format!("; it holds {}", found.en()))
        })?;
        let text = Zeroizing::new(text);
        let line = Self::of(text.split_whitespace().collect::<Vec<_>>().join(" "));
        if line.0.chars().count() <= LONGEST_TEXT {
            return Ok(line);
        }
        Err(bad(String::new(), String::new()))
    }

    fn of(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The value itself, for the vault and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(***)")
    }
}

#[cfg(test)]
mod tests;
