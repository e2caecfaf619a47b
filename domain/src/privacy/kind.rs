use std::fmt;
use std::ops::Range;

/// A kind of personal data that a pattern can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 手机号码 of the mainland.
    Mobile,
    /// 固定电话 with its area code, or without behind a word such as 电话.
    Landline,
    /// 公民身份号码 of 18 characters, or of 15 as before 1999.
    IdentityNumber,
    /// 电子邮箱.
    Email,
    /// 银行卡号: 14 to 19 digits of an issuer with a valid check digit.
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

/// 中文名称; `{:#}` writes the English one.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { self.en() } else { self.zh() })
    }
}

/// A number with something between all its digits has fewer characters.
const LONGEST_QUOTE: usize = 60;

/// The stretch of a text that a refusal means, as its sender wrote it, for the answer to the sender.
///
/// `Display` shows it, `Debug` does not: what is written of a refusal for others must not hold it.
#[derive(Clone, PartialEq, Eq)]
pub struct Stretch(Box<str>);

impl Stretch {
    pub(super) fn new(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Stretch {
    /// In one line, and no more than a refusal has room for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.0.replace('\n', " ");
        match line.char_indices().nth(LONGEST_QUOTE) {
            Some((end, _)) => write!(f, "{}…", &line[..end]),
            None => f.write_str(&line),
        }
    }
}

impl fmt::Debug for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stretch(…)")
    }
}

/// One find: its characters, counted from 0, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}
