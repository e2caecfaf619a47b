//! Bodies that several commands share.

use domain::{Text, notice, squad};
use jiff::civil::Date;

use crate::request::input::input;

input! {
    /// 本人同意: how and when a person agreed.
    pub struct ConsentInput {
        /// The day of consent.
        pub given_on: Date,
        /// How: 书面, 线上, 扫码 …, at most 40 characters.
        pub form: Text<40> = "书面",
    }
}

impl From<ConsentInput> for squad::Consent {
    fn from(ConsentInput { given_on, form }: ConsentInput) -> Self {
        Self { given_on, form }
    }
}

input! {
    /// 异议答复.
    pub struct ObjectionAnswer {
        /// How it is decided.
        pub verdict: notice::Verdict,
        /// The answer, at most 500 characters; whoever objected sees it.
        pub answer: Text<500>,
    }
}

input! {
    /// Why something is done; it stands in the history.
    pub struct Reason {
        /// At most 200 characters, without personal data.
        pub reason: Text<200> = "本人申请",
    }
}
