//! Personal values as people write them, in a form or in a table, and the one way each is kept in the vault.

use std::fmt;

use zeroize::Zeroizing;

/// The most characters of a person's name: minority and foreign names can be long.
const LONGEST_NAME: usize = 50;
const LONGEST_TEXT: usize = 200;

domain::refusals! {
    /// Why a personal value is not taken. Never repeats it.
    pub enum BadPersonal {
        Name { most: usize } "personal.name" =>
            "应为1至{most}个字的姓名，不含数字和其他符号。",
            "A name of 1 to {most} characters is expected, without digits and other signs.";
        Telephone {} "personal.telephone" =>
            "应为11位手机号码，或带区号的固定电话。",
            "A mobile number of 11 digits is expected, or a landline number with its area code.";
        Text { most: usize } "personal.text" =>
            "最多{most}个字，不含控制字符。",
            "At most {most} characters, without control characters.";
    }
}

/// A personal value on its way to the vault: never shown, and wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal(Zeroizing<String>);

impl Personal {
    /// 姓名: letters, spaces and middle dots. `张　三`, spaced to fill a column, becomes `张三`.
    ///
    /// # Errors
    /// When it is empty, too long or holds anything else.
    pub fn name(text: &str) -> Result<Self, BadPersonal> {
        let text = text.trim();
        let fits = text.chars().all(is_of_names)
            && text.chars().any(char::is_alphabetic)
            && text.chars().count() <= LONGEST_NAME;
        if !fits {
            return Err(BadPersonal::Name { most: LONGEST_NAME });
        }
        // Words in Latin letters are parted by spaces, 汉字 are not.
        let latin = text.chars().any(|c| c.is_ascii_alphabetic());
        Ok(Self::of(if latin { text.to_owned() } else { text.replace([' ', '\u{3000}'], "") }))
    }

    /// 联系电话: a mainland mobile number, or a landline with its area code; kept as digits.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn telephone(text: &str) -> Result<Self, BadPersonal> {
        let digits = Zeroizing::new(plain_digits(text));
        let number = ["+86", "0086", "86"]
            .iter()
            .find_map(|prefix| digits.strip_prefix(prefix).filter(|rest| rest.len() >= 10))
            .unwrap_or(digits.as_str());
        let fits = match number.as_bytes() {
            [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9,
            [b'0', b'1'..=b'9', rest @ ..] => (8..=10).contains(&rest.len()),
            _ => false,
        };
        if fits && number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Self::of(number.to_owned()));
        }
        Err(BadPersonal::Telephone {})
    }

    /// Any other personal text, such as 居住区域, in one line; may be empty.
    ///
    /// # Errors
    /// When it is too long or holds control characters.
    pub fn text(text: &str) -> Result<Self, BadPersonal> {
        let line = Self::of(text.split_whitespace().collect::<Vec<_>>().join(" "));
        if line.0.chars().count() <= LONGEST_TEXT && !line.0.chars().any(char::is_control) {
            return Ok(line);
        }
        Err(BadPersonal::Text { most: LONGEST_TEXT })
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

fn is_of_names(c: char) -> bool {
    let sign =
        matches!(c, ' ' | '\u{3000}' | '〇' | '·' | '•' | '‧' | '・' | '．' | '.' | '\'' | '-');
    sign || c.is_alphabetic()
}

/// Full-width characters as ASCII, without spaces, dashes and brackets.
fn plain_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '–' | '—'))
        .collect()
}

#[cfg(test)]
mod tests;
