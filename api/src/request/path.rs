//! What the path names, checked: a code that cannot exist is not found.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::station::Item;
use domain::{
    ActivityId, ActorId, BadValue, BulletinId, CampaignCode, ComparisonId, ImportId, IssueId,
    MeetingId, Month, NoticeId, PersonId, ResolutionId, SealedDigest, SurveyId, UnitCode,
};

use crate::answer::problem::Problem;
use crate::request::words;
use crate::state::AppState;

/// The one thing that the path names.
pub struct PathParam<T>(pub T);

/// The two things that the path names, in its order.
pub struct PathParams2<A, B>(pub A, pub B);

/// The three things that the path names, in its order.
pub struct PathParams3<A, B, C>(pub A, pub B, pub C);

/// A thing that a path may name.
pub trait Named: Sized {
    /// Reads the part of the path called `name`.
    ///
    /// # Errors
    /// 404, when nothing can be called so.
    fn named(name: &str, text: &str) -> Result<Self, Problem>;

    /// The same thing by the name that the service has for it.
    fn known(self, state: &AppState) -> Self {
        let _ = state;
        self
    }
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

named!(
    CampaignCode,
    PersonId,
    ActivityId,
    NoticeId,
    ActorId,
    IssueId,
    MeetingId,
    ResolutionId,
    SurveyId,
    ImportId,
    ComparisonId,
    BulletinId,
    SealedDigest,
    Month
);

/// A statistical division code may have all its zeros or none.
impl Named for UnitCode {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        Self::from_str(text).map_err(|bad| Problem {
            status: StatusCode::NOT_FOUND,
            ..Problem::bad_value(name, &bad)
        })
    }

    fn known(self, state: &AppState) -> Self {
        state.app.reference_data().units.resolve(&self).cloned().unwrap_or(self)
    }
}

/// Says nothing of what nothing can be called: a secret link does not tell.
impl<T: Named> Named for Option<T> {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        Ok(T::named(name, text).ok())
    }
}

impl Named for Item {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        word(name, text, Self::ALL, Self::as_str, Self::zh)
    }
}

/// One of several words.
///
/// # Errors
/// 404 with the words that there are.
pub fn word<T: Copy>(
    name: &str,
    text: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    zh: fn(T) -> &'static str,
) -> Result<T, Problem> {
    words::word(text, all, as_str, zh).map_err(|words| {
        Problem::new(
            StatusCode::NOT_FOUND,
            "path.word",
            format!("路径中应为下列之一：{words}。"),
            format!("The path needs one of these here: {words:#}."),
        )
        .at(name)
    })
}

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

impl<T: Named> FromRequestParts<AppState> for PathParam<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(part(&params, 0, state)?))
    }
}

impl<A: Named, B: Named> FromRequestParts<AppState> for PathParams2<A, B> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(part(&params, 0, state)?, part(&params, 1, state)?))
    }
}

impl<A: Named, B: Named, C: Named> FromRequestParts<AppState> for PathParams3<A, B, C> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let params = params(parts, state).await?;
        Ok(Self(part(&params, 0, state)?, part(&params, 1, state)?, part(&params, 2, state)?))
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

fn part<T: Named>(params: &RawPathParams, index: usize, state: &AppState) -> Result<T, Problem> {
    let (name, text) = params.iter().nth(index).ok_or_else(Problem::internal)?;
    T::named(name, text).map(|named| named.known(state))
}
