//! 审计: the facts of one stream as the log holds them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::Metadata;
use domain::permission::Act;
use event_store::Version;
use jiff::Timestamp;
use projections::Fact;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::answer::command::StatedFact;
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{also, list};
use crate::request::account::Account;
use crate::request::path::PathParam;
use crate::request::query::{Numbered, Params};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(also(
        list(routes!(list_stream_events), Act::ReadAccessLog),
        &[(StatusCode::NOT_FOUND, "stream.unknown", "There is no such stream.")],
    ))
}

/// A fact with where and when it stands in the log, who asked for it and why.
#[derive(Serialize, ToSchema)]
struct StoredFact {
    /// Place in the whole log.
    position: u64,
    /// Place in the stream, from 1.
    version: u64,
    /// Id of the event.
    id: Uuid,
    /// When the log learned it.
    recorded_at: Timestamp,
    /// Account, command, cause and version of the rulebook.
    #[schema(value_type = Object)]
    metadata: Metadata,
    /// What happened.
    #[serde(flatten)]
    fact: StatedFact,
}

/// Facts of a stream, oldest first.
#[derive(Serialize, ToSchema)]
struct StoredFacts {
    /// The facts.
    items: Vec<StoredFact>,
    /// For the next page; none at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<u64>,
}

/// 事件流。Lists the facts of a stream such as `unit-330225`, decoded.
#[utoipa::path(get, path = "/streams/{stream}", tag = "audit", params(Numbered),
    responses((status = 200, body = StoredFacts)))]
async fn list_stream_events(
    State(state): State<AppState>,
    PathParam(stream): PathParam<String>,
    Account(actor): Account,
    Params(page): Params<Numbered>,
) -> Result<Json<StoredFacts>, Problem> {
    let after = Version(page.after());
    let found = state.queries.stream(&actor, &stream, after, page.limit()?).await?;
    if found.is_empty() && after == Version::NONE {
        return Err(unknown());
    }
    let cursor = page.next(&found, |last| last.version.0);
    let mut items = Vec::with_capacity(found.len());
    for found in found {
        let Fact { position, version, id, recorded_at, metadata, event, .. } = found;
        let fact = StatedFact::of(&event).map_err(|error| failed(&error))?;
        items.push(StoredFact {
            position: position.0,
            version: version.0,
            id,
            recorded_at,
            metadata,
            fact,
        });
    }
    Ok(Json(StoredFacts { items, cursor }))
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "stream.unknown",
        "没有这个事件流。",
        "There is no such stream.",
    )
    .at("stream")
}
