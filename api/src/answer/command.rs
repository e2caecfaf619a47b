//! What a command answers.

use application::CommandOutcome;
use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{Event, IssueId, NoticeId, ResolutionId};
use event_store::{Position, Version};
use serde::Serialize;
use serde_json::Value;
use vault::Code;

use crate::answer::outcome::Outcome;
use crate::answer::problem::{Problem, failed};

/// Position of a command's last event, for reads that must show it.
pub const X_POSITION: HeaderName = HeaderName::from_static("x-position");

/// The version of a stream as an `ETag`, for `If-Match`.
pub fn entity_tag(version: Version) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("*"))
}

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
    /// What whoever raised an issue or objected is to be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// Where the thing is that it made.
    #[serde(skip)]
    location: Option<String>,
}

/// 查询链接: with it somebody without an account follows what they raised. Its code is stored nowhere.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FollowUp {
    /// 议题编号, or the number of the objection.
    #[schema(example = "Y0123456789AB")]
    pub number: String,
    /// 查询码, 26 characters.
    pub code: String,
    /// Path and query to ask with.
    pub link: String,
}

impl FollowUp {
    /// The link to an issue.
    #[must_use]
    pub fn of_issue(issue: IssueId, code: &Code) -> Self {
        Self::under(format!("/api/v1/public/issues/{issue}"), issue.to_string(), code)
    }

    /// The link to an objection.
    #[must_use]
    pub fn of_objection(resolution: ResolutionId, objection: u32, code: &Code) -> Self {
        let path = format!("/api/v1/public/resolutions/{resolution}/objections/{objection}");
        Self::under(path, objection.to_string(), code)
    }

    /// The link to an objection to a notice.
    #[must_use]
    pub fn of_notice_objection(notice: &NoticeId, objection: u32, code: &Code) -> Self {
        let path = format!("/api/v1/public/notices/{notice}/objections/{objection}");
        Self::under(path, objection.to_string(), code)
    }

    fn under(path: String, number: String, code: &Code) -> Self {
        let code = code.expose().to_owned();
        Self { number, link: format!("{path}?key={code}"), code }
    }
}

impl Answer {
    /// The answer to a command that changed something.
    ///
    /// # Errors
    /// When a fact has no JSON form, which none of ours has.
    pub fn of(done: &CommandOutcome) -> Result<Self, Problem> {
        let events = done.events.iter().map(StatedFact::redacted).collect::<Result<_, _>>();
        Ok(Self {
            stream: done.stream.to_string(),
            version: done.version.0,
            position: done.position.0,
            repeated: done.repeated,
            events: events.map_err(|error| failed(&error))?,
            follow_up: None,
            location: None,
        })
    }

    /// The same for a command that made something: 201 and where it is, unless it was there already.
    #[must_use]
    pub fn made(self, location: String) -> Self {
        Self { location: Some(location), ..self }
    }

    /// With what somebody is to be given to follow it.
    #[must_use]
    pub fn with(self, follow_up: FollowUp) -> Self {
        Self { follow_up: Some(follow_up), ..self }
    }
}

/// What a resident is given for what they filed: nothing else is told.
pub struct FilingReceipt {
    /// Number, code and link.
    pub follow_up: FollowUp,
    /// Position of its last event.
    pub position: Position,
}

impl IntoResponse for FilingReceipt {
    fn into_response(self) -> Response {
        let position = [(X_POSITION, HeaderValue::from(self.position.0))];
        (StatusCode::CREATED, position, Json(self.follow_up)).into_response()
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
    /// An event as the log holds it.
    ///
    /// # Errors
    /// When it has no JSON form.
    pub fn of(event: &Event) -> serde_json::Result<Self> {
        Ok(Self { kind: event.kind().name, data: serde_json::from_slice(&event.encode()?)? })
    }

    /// The same for whoever gave the command.
    ///
    /// # Errors
    /// When it has no JSON form.
    fn redacted(event: &Event) -> serde_json::Result<Self> {
        Ok(Self { kind: event.kind().name, data: event.redacted()? })
    }
}

impl Answer {
    /// The response: its body is the answer and what `within` puts beside it.
    pub fn into_response_with<B: Serialize>(mut self, within: impl FnOnce(Self) -> B) -> Response {
        let outcome = match (self.repeated, self.events.is_empty()) {
            (true, _) => Outcome::of("repeated"),
            (false, true) => Outcome::of("unchanged"),
            (false, false) => Outcome::of("done"),
        };
        let location = self.location.take().filter(|_| !self.events.is_empty());
        let location = location.and_then(|place| HeaderValue::from_str(&place).ok());
        let (version, position) = (self.version, self.position);
        let mut response = Json(within(self)).into_response();
        response.extensions_mut().insert(outcome);
        response.headers_mut().insert(header::ETAG, entity_tag(Version(version)));
        response.headers_mut().insert(X_POSITION, position.into());
        if let Some(location) = location {
            *response.status_mut() = StatusCode::CREATED;
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        self.into_response_with(|answer| answer)
    }
}
