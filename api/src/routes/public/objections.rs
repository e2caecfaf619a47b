//! 居民异议: filed, followed by a secret link, and taken further.

use application::BadPersonal;
use application::queries::Seen;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::ResolutionId;
use domain::notice::Verdict;
use domain::resolution::Escalation;
use jiff::Timestamp;
use jiff::civil::Date;
use projections::models::execution_ledger::ObjectionText;
use projections::models::public_notice;
use projections::{QueryError, find};
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{FilingReceipt, FollowUp};
use crate::answer::problem::Problem;
use crate::openapi::operation::{filing, public};
use crate::request::command_request::Nothing;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::contact;
use crate::request::public::{Filed, Key, Peer};
use crate::request::query::Params;
use crate::routes::deliberation::NewObjection;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(filing(
            routes!(file_objection),
            &[domain::resolution::Rejection::CODES, BadPersonal::CODES],
        ))
        .routes(public(routes!(follow_objection)))
        .routes(filing(routes!(escalate_objection), &[domain::resolution::Rejection::CODES]))
}

/// 提出决议异议。Files an objection to a resolution without an account.
///
/// 公示期后提出的记为逾期，由乡镇答复；回答含序号和查询链接，遗失不能补。After the period it is kept as late, and the town answers it. The answer is its
/// number and the secret link; nobody can look them up again.
#[utoipa::path(post, path = "/public/resolutions/{resolution}/objections", tag = "public", security(()),
    request_body = NewObjection, responses((status = 201, body = FollowUp)))]
async fn file_objection(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    filed: Filed<NewObjection>,
) -> Result<FilingReceipt, Problem> {
    let NewObjection { ground, name, telephone } = filed.input;
    let contact = contact(name, telephone);
    let filed =
        state.app.file_resolution_objection(resolution, ground, &contact, &filed.caller).await?;
    let follow_up = FollowUp::of_objection(resolution, filed.objection, &filed.code);
    Ok(FilingReceipt { follow_up, position: filed.done.position })
}

/// An objection as whoever filed it sees it.
#[derive(Serialize, ToSchema)]
struct FollowedObjection {
    /// 异议序号.
    objection: u32,
    /// 异议理由.
    ground: String,
    /// 提出时间.
    filed_at: Timestamp,
    /// 是否逾期提出.
    late: bool,
    /// 答复期限.
    answer_due: Date,
    /// 答复时间.
    answered_at: Option<Timestamp>,
    /// 处理结果: `upheld` or `dismissed`.
    #[schema(value_type = Option<String>)]
    verdict: Option<Verdict>,
    /// 答复.
    answer: Option<String>,
    /// 最近逾期的答复期限.
    overdue_since: Option<Date>,
    /// 上报时间: since when the town, and no longer the village, answers it.
    escalated_at: Option<Timestamp>,
    /// 上报原因: `overdue`, `late` or `unsatisfied`.
    #[schema(value_type = Option<String>)]
    escalation: Option<Escalation>,
}

/// 查询异议办理。Follows an objection with the code that was given out.
#[utoipa::path(get, path = "/public/resolutions/{resolution}/objections/{objection}", tag = "public",
    security(()), params(Key), responses((status = 200, body = FollowedObjection)))]
async fn follow_objection(
    State(state): State<AppState>,
    PathParams2(resolution, objection): PathParams2<Option<ResolutionId>, Option<u32>>,
    Peer(peer): Peer,
    Params(key): Params<Key>,
) -> Result<Json<FollowedObjection>, Problem> {
    let named = resolution.zip(objection);
    let (resolution, objection) = named.ok_or_else(|| state.leads_nowhere(peer))?;
    let checked = state.app.check_objection(resolution, objection, key.as_str()).await;
    state.opened(peer, checked)?;
    let query = move |seen: &Seen<'_>| followed(seen.rows, resolution, objection);
    let found = state.queries.latest(query).await?;
    found.map(Json).ok_or_else(|| state.leads_nowhere(peer))
}

fn followed(
    connection: &Connection,
    resolution: ResolutionId,
    objection: u32,
) -> Result<Option<FollowedObjection>, QueryError> {
    let Some(found) = public_notice::objection_to(connection, resolution, objection)? else {
        return Ok(None);
    };
    let Some(text) = find::<ObjectionText>(connection, &(resolution, objection))? else {
        return Ok(None);
    };
    Ok(Some(FollowedObjection {
        objection,
        ground: text.ground,
        filed_at: found.filed_at,
        late: found.late,
        answer_due: found.answer_due,
        answered_at: found.answered_at,
        verdict: found.verdict,
        answer: text.answer,
        overdue_since: found.overdue_since,
        escalated_at: found.escalated_at,
        escalation: found.escalation,
    }))
}

/// 异议上报。Takes an objection to the town, because the objector does not accept the village's answer.
#[utoipa::path(post, path = "/public/resolutions/{resolution}/objections/{objection}/escalation",
    tag = "public", security(()), params(Key), request_body = Nothing, responses((status = 204)))]
async fn escalate_objection(
    State(state): State<AppState>,
    PathParams2(resolution, objection): PathParams2<Option<ResolutionId>, Option<u32>>,
    Params(key): Params<Key>,
    filed: Filed<Nothing>,
) -> Result<StatusCode, Problem> {
    let (Filed { caller, peer, .. }, named) = (filed, resolution.zip(objection));
    let (resolution, objection) = named.ok_or_else(|| state.leads_nowhere(peer))?;
    let done = state.app.escalate_objection(resolution, objection, key.as_str(), &caller).await;
    state.opened(peer, done)?;
    Ok(StatusCode::NO_CONTENT)
}
