//! The auditors' program, run within a test.

use std::ffi::OsString;

/// What the program answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Its exit code.
    pub code: u8,
    /// The answer.
    pub out: String,
    /// What it said beside.
    pub err: String,
}

impl Replayed {
    /// Answer and what was said beside it.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// Runs `replay` in English, without notes. Blocks on a runtime of its own: not for async code.
#[must_use]
pub fn replay(args: &[&str]) -> Replayed {
    let head = ["replay", "--lang", "en", "--quiet"];
    let args = head.iter().chain(args).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = replay_tool::run(args, &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Replayed { code, out: text(out), err: text(err) }
}
