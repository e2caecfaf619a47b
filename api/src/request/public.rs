//! Residents without an account 居民: what they file, and the secret links that they follow.

use std::net::IpAddr;
use std::time::Instant;

use application::{Caller, Error};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use crate::answer::problem::Problem;
use crate::request::client;
use crate::request::idempotency;
use crate::request::json;
use crate::state::AppState;

/// The address that a request came from, where it came by a socket.
pub struct Peer(pub Option<IpAddr>);

impl FromRequestParts<AppState> for Peer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        Ok(Self(client::of(&parts.extensions)))
    }
}

/// What a resident files, with its JSON body. So many an hour are taken from an address, unless they do not count: who
/// shows a code that was handed out for it needs no other bound.
pub struct Filed<T, const COUNTS: bool = true> {
    /// A resident, and which filing this is.
    pub caller: Caller,
    /// What the body says.
    pub input: T,
    /// Where it came from.
    pub peer: Option<IpAddr>,
}

impl<T: DeserializeOwned, const COUNTS: bool> FromRequest<AppState> for Filed<T, COUNTS> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let (headers, method) = (parts.headers.clone(), parts.method.clone());
        let (path, peer) = (parts.uri.path().to_owned(), client::of(&parts.extensions));
        let body = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|rejection| json::unread(&rejection))?;
        // Also what is refused took its time.
        if COUNTS {
            state.takes_filing(peer)?;
        }
        let input = json::read(&headers, &body)?;
        let command = idempotency::of_resident(&headers, &method, &path, &body)?;
        Ok(Self { caller: Caller::resident(command), input, peer })
    }
}

/// 查询码 of a secret link.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Key {
    /// The code that was given out, 26 characters.
    #[serde(default)]
    key: String,
}

impl Key {
    /// The code as it was given.
    pub fn as_str(&self) -> &str {
        &self.key
    }
}

impl AppState {
    fn takes_filing(&self, peer: Option<IpAddr>) -> Result<(), Problem> {
        let (Some(filings), Some(peer)) = (&self.filings, peer) else { return Ok(()) };
        match filings.count(peer, Instant::now()) {
            None => Ok(()),
            Some(seconds) => Err(too_many_filings().retry_after(seconds)),
        }
    }

    /// What a secret link leads to. A wrong code, the code of something else and a thing that does not exist are one and
    /// the same, and count as a failed attempt of the address.
    ///
    /// # Errors
    /// 404 or 429; what failed while it was checked.
    pub fn opened<T>(&self, peer: Option<IpAddr>, found: Result<T, Error>) -> Result<T, Problem> {
        match found {
            Err(Error::Refused(refusal)) if refusal.code() == "code.wrong" => {
                Err(self.leads_nowhere(peer))
            }
            found => Ok(found?),
        }
    }

    /// A secret link that opens nothing.
    pub fn leads_nowhere(&self, peer: Option<IpAddr>) -> Problem {
        match peer.and_then(|peer| self.failures.count(peer, Instant::now())) {
            None => Problem::new(
                StatusCode::NOT_FOUND,
                "link.unknown",
                "查询链接或查询码不正确，请核对当时收到的链接和26位查询码。",
                "The link or its code is not right; check those that were given out.",
            ),
            Some(seconds) => Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "link.too_many_attempts",
                "不正确的查询链接尝试过多，请稍后再试。",
                "Too many attempts with links that are not right; wait before the next.",
            )
            .retry_after(seconds),
        }
    }
}

fn too_many_filings() -> Problem {
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "public.too_many_filings",
        "从此网络地址提交过多，请稍后再提交，或到工作站当面办理。",
        "Too much was filed from this address; file later, or at the station in person.",
    )
}
