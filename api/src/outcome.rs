use axum::http::StatusCode;

use super::problem::Problem;

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

    /// The outcome that a problem is.
    #[must_use]
    pub fn of_problem(problem: &Problem) -> Self {
        let word = match problem.status {
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND | StatusCode::GONE => {
                "refused"
            }
            StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "forbidden",
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => "conflict",
            status if status.is_server_error() => "failed",
            _ => "invalid",
        };
        Self { word, code: Some(problem.code.to_string()) }
    }
}
