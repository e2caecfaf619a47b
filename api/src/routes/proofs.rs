//! 证明: an event with its way to the signed checkpoint, for those who may read the event; that of a notice is for everybody.

use std::borrow::Cow;
use std::sync::Arc;

use application::queries::Moment;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::NoticeId;
use domain::permission::Act;
use event_store::{Recorded, Version};
use ledger::Bundle;
use papers::notice::{self as paper, Codes, Proof};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{also, one, public};
use crate::request::account::{Account, AnyAccount};
use crate::request::filter::Unfiltered;
use crate::request::path::{PathParam, PathParams2};
use crate::request::query::{View, Viewed};
use crate::state::AppState;

const NO_EVENT: (StatusCode, &str, &str) =
    (StatusCode::NOT_FOUND, "stream.no_event", "The stream has no event of this version.");
const NO_NOTICE: (StatusCode, &str, &str) =
    (StatusCode::NOT_FOUND, "notice.unknown", "There is no notice with this id.");
const PENDING: (StatusCode, &str, &str) = (
    StatusCode::CONFLICT,
    "ledger.pending",
    "The published checkpoint does not cover the event yet.",
);
const MASKED: (StatusCode, &str, &str) = (
    StatusCode::FORBIDDEN,
    "ledger.masked",
    "Parts of the notice are masked, so its record is not public.",
);

/// Routes under `/api/v1`.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(also(one(routes!(prove_event), Act::ReadAccessLog), &[NO_EVENT, PENDING]))
        .routes(also(public(routes!(prove_notice)), &[NO_NOTICE, PENDING, MASKED]))
}

/// The page to print.
pub fn pages() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(also(public(routes!(print_notice)), &[NO_NOTICE]))
}

/// 事件证明。Returns all bytes of an event, and the proof that they are in the published ledger (c2sp.org/tlog-proof).
///
/// 可用 `replay check` 离线核对。`replay check` checks it offline.
#[utoipa::path(get, path = "/streams/{stream}/{version}/proof", tag = "ledger",
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn prove_event(
    State(state): State<AppState>,
    PathParams2(stream, version): PathParams2<String, u32>,
    Account(actor): Account,
) -> Result<Response, Problem> {
    let found = state.queries.event(&actor, &stream, Version(version.into())).await?;
    let event = found.ok_or_else(no_event)?;
    Ok(answer(&prove(&state, event).await?.ok_or_else(pending)?))
}

/// 公示证明。Returns the proof that a notice was published, when and with which words.
#[utoipa::path(get, path = "/notices/{notice}/proof", tag = "ledger", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn prove_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
) -> Result<Response, Problem> {
    let found = state.queries.publication(None, notice, Moment::Now).await?;
    let (_, publication) = found.ok_or_else(no_notice)?;
    let event = publication.ok_or_else(masked)?;
    Ok(answer(&prove(&state, event).await?.ok_or_else(pending)?))
}

/// 公示页。Returns a notice as a page to print, with its proof in QR codes.
///
/// 查询以往某一时刻（`as_of`）须有令牌。The past (`as_of`) takes a token.
#[utoipa::path(get, path = "/notices/{notice}", tag = "ledger", params(View), security(()),
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.publication(asker.as_ref(), notice, view.moment()).await?;
    let (shown, publication) = found.ok_or_else(no_notice)?;
    let proof = match publication {
        None => Proof::Masked,
        Some(event) => match prove(&state, event).await? {
            None => Proof::Pending,
            Some(bundle) => {
                let codes = state.aside.run(move || Codes::of(&bundle)).await;
                let codes = codes.map_err(|error| failed(&error))?;
                Proof::Whole(codes.map_err(|error| failed(&error))?)
            }
        },
    };
    let objections = shown.objections_to.zip(shown.objections_at);
    let (notice, unit) = (shown.notice, shown.unit_name);
    let notice = paper::Notice {
        number: notice.number,
        unit: unit.or_else(|| notice.unit.map(|unit| unit.to_string())),
        person: shown.person,
        title: notice.title,
        text: notice.text,
        opens_on: notice.opens_on,
        closes_on: notice.closes_on,
        as_of: view.as_of,
        status: notice.status.zh(),
        objections: objections.map(|(to, at)| paper::Objections { to, at }),
    };
    let page = paper::page(notice, proof).map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, Cow::Borrowed(paper::POLICY.as_str())),
        (header::CACHE_CONTROL, "no-cache".into()),
    ];
    Ok((headers.map(|(name, value)| (name, value.into_owned())), Html(page)).into_response())
}

/// The proof of an event; none before a checkpoint that covers it was published.
async fn prove(state: &AppState, event: Recorded) -> Result<Option<Bundle>, Problem> {
    let ledger = Arc::clone(&state.ledger);
    let proven = state.aside.run(move || ledger.prove(&event)).await;
    proven.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
}

fn answer(bundle: &Bundle) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"yuanfa.tlog-proof\""),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, bundle.to_string()).into_response()
}

fn pending() -> Problem {
    Problem {
        retry_after: Some(2),
        ..Problem::new(
            StatusCode::CONFLICT,
            "ledger.pending",
            "尚待签署或见证,公布的检查点还不含此事件;请稍后再取。",
            "Its proof is pending: the published checkpoint does not cover the event yet. Ask again soon.",
        )
    }
}

fn masked() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "ledger.masked",
        "公示内容有遮盖,原始记录不公开;证明可由有权查阅事件流的账号取得。",
        "Parts of the notice are masked, so its record is not public; accounts that may read the stream get its proof there.",
    )
}

fn no_event() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "stream.no_event",
        "事件流中没有这件事件。",
        "The stream has no such event.",
    )
}

fn no_notice() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "notice.unknown",
        "没有这则公示。",
        "There is no such notice.",
    )
}
