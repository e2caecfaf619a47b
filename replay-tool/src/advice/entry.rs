//! One line of advice.

use serde::Serialize;

use crate::lang::Lang;

/// What a finding means and what to do next.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Advice {
    /// The code of the finding.
    pub code: &'static str,
    /// 含义和下一步.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
}

impl Advice {
    /// In one language.
    pub fn pick(&self, lang: Lang) -> &'static str {
        lang.pick(self.zh, self.en)
    }
}

/// Declares advice: `"code" "含义;下一步" "meaning; what to do next";`
macro_rules! advice {
    ($( $code:literal $zh:literal $en:literal; )+) => {
        &[$( $crate::advice::entry::Advice { code: $code, zh: $zh, en: $en } ),+]
    };
}
pub(crate) use advice;
