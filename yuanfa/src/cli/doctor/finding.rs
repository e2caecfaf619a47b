//! What is found of one thing.

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Well,
    /// It works, and somebody should know.
    Mind,
    /// Not as it should be.
    Wrong,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::Well => "好 ok",
            Self::Mind => "留意 mind",
            Self::Wrong => "不好 wrong",
        }
    }
}

/// What was found of one thing.
#[derive(Debug)]
pub struct Finding {
    /// How it is.
    pub state: State,
    /// What was found, in Chinese.
    pub zh: String,
    /// What was found, in English.
    pub en: String,
    /// What to do; none where nothing is to be done.
    pub mends: Option<String>,
}

impl Finding {
    pub fn new(state: State, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { state, zh: zh.into(), en: en.into(), mends: None }
    }

    pub fn well(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Well, zh, en)
    }

    pub fn mind(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Mind, zh, en)
    }

    pub fn wrong(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(State::Wrong, zh, en)
    }

    pub fn mended_by(mut self, command: impl Into<String>) -> Self {
        self.mends = Some(command.into());
        self
    }
}
