use std::ops::Range;

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

/// One find: its characters, counted from 0, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}
