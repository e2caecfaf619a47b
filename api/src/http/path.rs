//! What the path names, checked: a code that cannot exist is not found.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::{ActivityId, ActorId, BadValue, NoticeId, PersonId, UnitCode};

use super::problem::Problem;
use super::state::AppState;

/// The one thing that the path names.
pub struct At<T>(pub T);

/// The two things that the path names, in its order.
pub struct At2<A, B>(pub A, pub B);

/// A thing that a path may name.
pub trait Named: Sized {
    /// Reads the part of the path called `name`.
    ///
    /// # Errors
    /// 404, when nothing can be called so.
    fn named(name: &str, text: &str) -> Result<Self, Problem>;
}

macro_rules! named {
    ($($kind:ty),+) => { $(
        impl Named for $kind {
            fn named(name: &str, text: &str) -> Result<Self, Problem> {
                Self::from_str(text).map_err(|bad: BadValue| Problem {
                    status: StatusCode::NOT_FOUND,
                    ..Problem::bad_value(name, &bad)
                })
            }
        }
    )+ };
}

named!(UnitCode, PersonId, ActivityId, NoticeId, ActorId);

impl Named for u32 {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        text.parse().map_err(|_| {
            Problem::new(
                StatusCode::NOT_FOUND,
                "path.number",
                "路径中应为编号数字。",
                "The path needs a number here.",
            )
            .at(name)
        })
    }
}

impl Named for String {
    fn named(_: &str, text: &str) -> Result<Self, Problem> {
        Ok(text.to_owned())
    }
}

impl<T: Named> FromRequestParts<AppState> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(part(&params, 0)?))
    }
}

impl<A: Named, B: Named> FromRequestParts<AppState> for At2<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(part(&params, 0)?, part(&params, 1)?))
    }
}

async fn params(parts: &mut Parts, state: &AppState) -> Result<RawPathParams, Problem> {
    RawPathParams::from_request_parts(parts, state).await.map_err(|_| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "path.not_utf8",
            "路径应为UTF-8编码。",
            "The path must be UTF-8.",
        )
    })
}

fn part<T: Named>(params: &RawPathParams, index: usize) -> Result<T, Problem> {
    let (name, text) = params.iter().nth(index).ok_or_else(Problem::internal)?;
    T::named(name, text)
}
