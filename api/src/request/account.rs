//! Who asks: the account behind the bearer token.

use std::time::Instant;

use application::tokens::Secret;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use domain::{Actor, ActorId};
use serving::Guest;

use crate::answer::problem::{Problem, failed};
use crate::request::client;
use crate::state::AppState;

/// The account whose good token a request brought.
#[derive(Clone)]
struct Recognised(Actor);

/// Looks up the token of a request before anything is done for it. Whoever brings a good one is served when others are
/// not; a bad one is refused by the handler that asks for the account.
pub fn recognise(request: &mut Request, state: &AppState) -> Option<ActorId> {
    let secret = Secret::parse(bearer(request.headers())?)?;
    let actor = state.tokens.account(&secret, state.app.clock.now()).ok()??;
    if let Some(guest) = request.extensions().get::<Guest>() {
        guest.vouch();
    }
    let id = actor.id.clone();
    request.extensions_mut().insert(Recognised(actor));
    Some(id)
}

/// The account of a request. Without a good token there is none, and the answer is 401.
pub struct Account(pub Actor);

impl FromRequestParts<AppState> for Account {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(Recognised(actor)) = parts.extensions.get() {
            return Ok(Self(actor.clone()));
        }
        let Some(given) = bearer(&parts.headers) else {
            return Err(unauthorized(
                "token.missing",
                "请在 Authorization 请求头中提供令牌：Bearer yf_…；只有公示不需要令牌。",
                "Give a token in the Authorization header: Bearer yf_…; only public notices need none.",
            ));
        };
        let now = state.app.clock.now();
        let found = match Secret::parse(given) {
            Some(secret) => state.tokens.account(&secret, now).map_err(|error| failed(&error))?,
            None => None,
        };
        found.map(Self).ok_or_else(|| unknown(parts, state))
    }
}

/// The account of a request that may also come from anybody; a token that is given must still be a good one.
pub struct AnyAccount(pub Option<Actor>);

impl FromRequestParts<AppState> for AnyAccount {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        let Account(actor) = Account::from_request_parts(parts, state).await?;
        Ok(Self(Some(actor)))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unknown(parts: &Parts, state: &AppState) -> Problem {
    let wait =
        client::of(&parts.extensions).and_then(|peer| state.failures.count(peer, Instant::now()));
    match wait {
        None => unauthorized(
            "token.unknown",
            "令牌无效、已过期或已撤销；请向管理人员申请新令牌。",
            "The token is unknown, expired or revoked; ask the operators for a new one.",
        ),
        Some(seconds) => Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "token.too_many_attempts",
            "无效令牌尝试过多，请稍后再试。",
            "Too many attempts with unknown tokens; wait before the next.",
        )
        .retry_after(seconds),
    }
}

fn unauthorized(code: &'static str, zh: &str, en: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code, zh, en).at("Authorization")
}
