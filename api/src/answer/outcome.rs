/// How a request ended, as metrics and the access log say it. Travels in the response's extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// A word of few: `done`, `repeated`, `unchanged`, `refused`, `forbidden`, `conflict`, `failed`, `invalid`.
    pub word: &'static str,
    /// The problem's code, where there is one.
    pub code: Option<String>,
}

impl Outcome {
    /// A request that was answered as asked.
    #[must_use]
    pub const fn of(word: &'static str) -> Self {
        Self { word, code: None }
    }
}
