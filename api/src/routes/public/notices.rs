//! 居民对公示的异议: filed, followed by a secret link, and taken further, as those to a resolution.

use application::BadPersonal;
use application::queries::FollowedObjection;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::NoticeId;
use domain::notice::Rejection;
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
            routes!(object_to_notice),
            &[Rejection::CODES, BadPersonal::CODES],
        ))))
        .routes(linked(public(routes!(follow_notice_objection))))
        .routes(counted(linked(filing(routes!(escalate_notice_objection), &[Rejection::CODES]))))
}

/// 提出公示异议。Files an objection to a notice without an account.
///
/// 应在公示期内提出；回答含序号和查询链接，遗失不能补。Within the period. The answer is its number and the secret link; nobody can look them up again.
#[utoipa::path(post, path = "/public/notices/{notice}/objections", tag = "public", security(()),
    request_body = NewObjection, responses((status = 201, body = FollowUp)))]
async fn object_to_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    filed: Filed<NewObjection>,
) -> Result<FilingReceipt, Problem> {
    let NewObjection { ground, name, telephone } = filed.input;
    let contact = contact(name, telephone);
    let filed = state.app.file_objection(&notice, ground, &contact, &filed.caller).await?;
    let follow_up = FollowUp::of_notice_objection(&notice, filed.objection, &filed.code);
    Ok(FilingReceipt { follow_up, position: filed.done.position })
}

/// 查询公示异议办理。Follows an objection to a notice with the code that was given out.
#[utoipa::path(get, path = "/public/notices/{notice}/objections/{objection}", tag = "public",
    security(()), params(Key), responses((status = 200, body = FollowedObjectionRow)))]
async fn follow_notice_objection(
    State(state): State<AppState>,
    PathParams2(notice, objection): PathParams2<Option<NoticeId>, Option<u32>>,
    Peer(peer): Peer,
    Params(key): Params<Key>,
) -> Result<Json<FollowedObjection>, Problem> {
    let named = notice.zip(objection);
    let (notice, objection) = named.ok_or_else(|| state.leads_nowhere(peer))?;
    let found = state.queries.followed_notice_objection(notice, objection, key.as_str()).await;
    let found = state.opened(peer, found)?;
    found.map(Json).ok_or_else(|| state.leads_nowhere(peer))
}

/// 公示异议上报。Takes an objection to a unit above, because the objector does not accept the answer.
#[utoipa::path(post, path = "/public/notices/{notice}/objections/{objection}/escalation",
    tag = "public", security(()), params(Key), request_body = Nothing, responses((status = 204)))]
async fn escalate_notice_objection(
    State(state): State<AppState>,
    PathParams2(notice, objection): PathParams2<Option<NoticeId>, Option<u32>>,
    Params(key): Params<Key>,
    filed: Filed<Nothing>,
) -> Result<StatusCode, Problem> {
    let (Filed { caller, peer, .. }, named) = (filed, notice.zip(objection));
    let (notice, objection) = named.ok_or_else(|| state.leads_nowhere(peer))?;
    let key = key.as_str();
    let done = state.app.escalate_notice_objection(&notice, objection, key, &caller).await;
    state.opened(peer, done)?;
    Ok(StatusCode::NO_CONTENT)
}
