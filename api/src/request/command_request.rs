//! A command as it comes in: who, which asking, on what version, and what it says.

use application::Caller;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::{HeaderMap, StatusCode, header};
use event_store::Version;
use serde::de::DeserializeOwned;

use crate::answer::problem::Problem;
use crate::request::account::Account;
use crate::request::input::input;
use crate::request::json;
use crate::state::AppState;

/// A command with its JSON body.
pub struct CommandRequest<T> {
    /// Who asks, and which asking this is.
    pub caller: Caller,
    /// What the body says.
    pub input: T,
}

input! {
    /// The body of a command that says all by its path.
    pub struct Nothing {}
}

impl<T: DeserializeOwned> FromRequest<AppState> for CommandRequest<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Account(actor) = Account::from_request_parts(&mut parts, state).await?;
        let seen = if_match(&parts.headers)?;
        let (headers, method) = (parts.headers.clone(), parts.method.clone());
        let path = parts.uri.path().to_owned();
        let body = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|rejection| json::unread(&rejection))?;
        let input = json::read(&headers, &body)?;
        let command = state.keys.command(&headers, &actor.id, &method, &path, &body)?;
        Ok(Self { caller: Caller { seen, ..Caller::new(actor, command) }, input })
    }
}

/// The version that the caller insists on: `If-Match: "3"`. A tag that a proxy weakened is taken too: it names the same
/// version. `*` insists on none: a command on what is not there is refused by its rules.
///
/// # Errors
/// 400 when the header says anything else.
pub fn if_match(headers: &HeaderMap) -> Result<Option<Version>, Problem> {
    let Some(given) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = given.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let tag = text.strip_prefix("W/").unwrap_or(text);
    let quoted = tag.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let version = quoted.and_then(|digits| digits.parse().ok());
    version.map(|version| Some(Version(version))).ok_or_else(|| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "if_match.malformed",
            "If-Match 应为上次回答的 ETag，例如 \"3\"，或者 *。",
            "If-Match is the ETag of an earlier answer, for example \"3\", or *.",
        )
        .at("If-Match")
    })
}
