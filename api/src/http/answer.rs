//! What a command answers.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Event;
use serde::Serialize;
use serde_json::Value;

use super::outcome::Outcome;
use super::problem::{Problem, failed};
use crate::app::Done;

/// Position of a command's last event, for reads that must show it.
pub const X_POSITION: HeaderName = HeaderName::from_static("x-position");

/// What a command did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Answer {
    /// The stream its facts are in.
    #[schema(example = "unit-330225")]
    pub stream: String,
    /// The stream's version after it; also the `ETag`, for `If-Match`.
    pub version: u64,
    /// Position of its last fact in the log; also `X-Position`. 0 where nothing new was said.
    pub position: u64,
    /// Whether the command was done before, under the same `Idempotency-Key`.
    pub repeated: bool,
    /// Its facts; none where all was so already.
    pub events: Vec<StatedFact>,
    /// Where the thing is that it made.
    #[serde(skip)]
    location: Option<String>,
}

impl Answer {
    /// The answer to a command that changed something.
    ///
    /// # Errors
    /// When a fact has no JSON form, which none of ours has.
    pub fn of(done: &Done) -> Result<Self, Problem> {
        let events = done.events.iter().map(StatedFact::of).collect::<Result<_, _>>();
        Ok(Self {
            stream: done.stream.to_string(),
            version: done.version.0,
            position: done.position.0,
            repeated: done.repeated,
            events: events.map_err(|error| failed(&error))?,
            location: None,
        })
    }

    /// The same for a command that made something: 201 and where it is, unless it was there already.
    #[must_use]
    pub fn made(self, location: String) -> Self {
        Self { location: Some(location), ..self }
    }
}

/// A fact, as the log keeps it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StatedFact {
    /// Its stored name, one of the catalogue of events.
    #[schema(example = "QuotaAssigned")]
    pub kind: &'static str,
    /// Its own fields.
    #[schema(value_type = Object)]
    pub data: Value,
}

impl StatedFact {
    /// An event as an answer shows it.
    ///
    /// # Errors
    /// When it has no JSON form.
    pub fn of(event: &Event) -> serde_json::Result<Self> {
        Ok(Self { kind: event.entry().kind, data: serde_json::from_slice(&event.encode()?)? })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let outcome = match (self.repeated, self.events.is_empty()) {
            (true, _) => Outcome::of("repeated"),
            (false, true) => Outcome::of("unchanged"),
            (false, false) => Outcome::of("done"),
        };
        let location = self.location.as_deref().filter(|_| !self.events.is_empty());
        let location = location.and_then(|place| HeaderValue::from_str(place).ok());
        let (version, position) = (self.version, self.position);
        let mut response = Json(self).into_response();
        response.extensions_mut().insert(outcome);
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response.headers_mut().insert(X_POSITION, position.into());
        if let Some(location) = location {
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
