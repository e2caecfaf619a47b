//! Two languages.

use std::fmt;

use serde::Serialize;

/// The language of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lang {
    /// 中文.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of the environment; English where it names no Chinese.
    pub fn of_environment() -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(std::env::var_os);
        let locale = set.into_iter().find(|value| !value.is_empty()).unwrap_or_default();
        if locale.to_string_lossy().starts_with("zh") { Self::Zh } else { Self::En }
    }

    /// The one or the other.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// A word of the field, of which `{}` writes the Chinese name and `{:#}` the English one.
    pub fn word(self, word: impl fmt::Display) -> String {
        self.pick(format!("{word}"), format!("{word:#}"))
    }
}

/// The same said in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// 中文.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// In one language.
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh, self.en)
    }
}
