//! 居民异议: filed, followed by a secret link, and taken further.

use application::BadPersonal;
use application::queries::FollowedObjection;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::ResolutionId;
use domain::resolution::Rejection;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{FilingReceipt, FollowUp};
use crate::answer::problem::Problem;
use crate::answer::rows::Row;
use crate::openapi::operation::{counted, filing, linked, public, vaulted};
use crate::request::command_request::Nothing;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::contact;
use crate::request::public::{Filed, Key, Peer};
use crate::request::query::Params;
use crate::routes::deliberation::NewObjection;
use crate::state::AppState;

type FollowedObjectionRow = Row<FollowedObjection>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(counted(vaulted(filing(
            routes!(file_objection),
            &[Rejection::CODES, BadPersonal::CODES],
        ))))
        .routes(linked(public(routes!(follow_objection))))
        .routes(counted(linked(filing(routes!(escalate_objection), &[Rejection::CODES]))))
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

/// 查询异议办理。Follows an objection with the code that was given out.
#[utoipa::path(get, path = "/public/resolutions/{resolution}/objections/{objection}", tag = "public",
    security(()), params(Key), responses((status = 200, body = FollowedObjectionRow)))]
async fn follow_objection(
    State(state): State<AppState>,
    PathParams2(resolution, objection): PathParams2<Option<ResolutionId>, Option<u32>>,
    Peer(peer): Peer,
    Params(key): Params<Key>,
) -> Result<Json<FollowedObjection>, Problem> {
    let named = resolution.zip(objection);
    let (resolution, objection) = named.ok_or_else(|| state.leads_nowhere(peer))?;
    let found = state.queries.followed_objection(resolution, objection, key.as_str()).await;
    let found = state.opened(peer, found)?;
    found.map(Json).ok_or_else(|| state.leads_nowhere(peer))
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
