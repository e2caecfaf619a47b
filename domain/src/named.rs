//! Closed sets of the field's own words, each with its stored, its Chinese and its English name.

use std::fmt;

/// Declares one: `Name { Variant "stored" "中文", … }`. Written with `{}` a word is Chinese, with `{:#}` English, which is
/// the stored name with spaces.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $( $(#[$vmeta:meta])* $variant:ident $stored:literal $zh:literal ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $( #[doc = $zh] $(#[$vmeta])* #[serde(rename = $stored)] $variant, )+
        }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stored name.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $stored, )+ }
            }

            /// 中文名称.
            #[must_use]
            pub fn zh(self) -> &'static str {
                match self { $( Self::$variant => $zh, )+ }
            }

            /// The English name.
            #[must_use]
            pub fn en(self) -> String {
                $crate::spoken(self.as_str())
            }
        }

        /// 中文名称; `{:#}` writes the English one.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                if f.alternate() { f.write_str(&self.en()) } else { f.write_str(self.zh()) }
            }
        }
    };
}

/// The English name that a stored one stands for: `leading_group` is spoken `leading group`.
#[must_use]
pub fn spoken(stored: &str) -> String {
    stored.replace(['_', '-'], " ")
}

/// Several words in one sentence: `记录员、证明人`, with `{:#}` `recorder, attester`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several<T>(pub Vec<T>);

impl<T: fmt::Display> fmt::Display for Several<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, word) in self.0.iter().enumerate() {
            match (at, f.alternate()) {
                (0, true) => write!(f, "{word:#}")?,
                (0, false) => write!(f, "{word}")?,
                (_, true) => write!(f, ", {word:#}")?,
                (_, false) => write!(f, "、{word}")?,
            }
        }
        Ok(())
    }
}

/// The same said in both languages; `{:#}` is the English one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Both {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// What both languages write alike, such as `1–90`.
impl From<&'static str> for Both {
    fn from(alike: &'static str) -> Self {
        Self { zh: alike, en: alike }
    }
}

impl fmt::Display for Both {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { self.en } else { self.zh })
    }
}
