//! Looks at all that a service needs and says what is well, what is not, and what mends it.

mod checks;
mod running;

use super::exit::{Exit, on_runtime};
use crate::config::Config;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Well,
    /// It works, and somebody should know.
    Mind,
    Wrong,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Well => "好 ok",
            Self::Mind => "留意 mind",
            Self::Wrong => "不好 wrong",
        }
    }
}

/// What was found of one thing.
#[derive(Debug)]
struct Finding {
    state: State,
    zh: String,
    en: String,
    /// What to do; none where nothing is to be done.
    mends: Option<String>,
}

impl Finding {
    fn new(state: State, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { state, zh: zh.into(), en: en.into(), mends: None }
    }

    fn well(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Well, zh, en)
    }

    fn mind(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Mind, zh, en)
    }

    fn wrong(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Wrong, zh, en)
    }

    fn mended_by(mut self, command: impl Into<String>) -> Self {
        self.mends = Some(command.into());
        self
    }
}

/// Looks, tells, and ends with 1 where something is wrong. Writes nothing.
pub fn run(config: &Config) -> Exit {
    on_runtime(async {
        let mut found = checks::of_folder(config);
        found.extend(checks::of_system(config));
        found.extend(checks::of_history(config).await);
        found.extend(checks::of_entrances(config));
        found.extend(running::of_service(config));
        for Finding { state, zh, en, mends } in &found {
            println!("[{}] {zh} {en}", state.word());
            if let Some(mends) = mends {
                println!("    → {mends}");
            }
        }
        let count = |wanted| found.iter().filter(|one| one.state == wanted).count();
        let (wrong, mind) = (count(State::Wrong), count(State::Mind));
        println!(
            "共{}项,不好{wrong},留意{mind}。 {} looked at, {wrong} wrong, {mind} to mind.",
            found.len(),
            found.len()
        );
        Ok(if wrong == 0 { Exit::Ok } else { Exit::Refused })
    })
}
