use application::queries::ShownNotice;
use axum::extract::State;
use axum::response::Response;
use domain::NoticeId;
use projections::models::public_notice::{self, Status};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{public, public_list};
use crate::request::account::AnyAccount;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type NoticePage = RowPage<ShownNotice>;
type NoticeRow = Row<ShownNotice>;
type PostingPage = RowPage<public_notice::Posting>;
type ObjectionPage = RowPage<public_notice::Objection>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(public_list(routes!(list_notices)))
        .routes(public(routes!(read_notice)))
        .routes(public_list(routes!(list_notice_objections)))
        .routes(public_list(routes!(list_notice_postings)))
}

filter! {
    /// Which notices.
    Notices {
        /// Only those that have come so far.
        status: Status,
    }
}

/// 公示列表。Lists public notices, the latest number first.
///
/// 查询以往某一时刻（`as_of`）须有令牌。The past (`as_of`) takes a token.
#[utoipa::path(get, path = "/notices", tag = "read", params(View, Notices), security(()),
    responses((status = 200, body = NoticePage)))]
async fn list_notices(
    State(state): State<AppState>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, filter: Notices { status } }: Viewed<Notices>,
) -> Result<Response, Problem> {
    let found = state.queries.notices(asker.as_ref(), status, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一则公示。Reads one public notice.
///
/// 查询以往某一时刻（`as_of`）须有令牌。The past (`as_of`) takes a token.
#[utoipa::path(get, path = "/notices/{notice}", tag = "read", params(View), security(()),
    responses((status = 200, body = NoticeRow)))]
async fn read_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.notice(asker.as_ref(), notice, view.moment()).await?;
    state.shown(&view, found)
}

/// 异议办理情况。Lists when objections to a notice were filed, due and answered, and how.
///
/// 不显示异议人和异议内容；查询以往某一时刻（`as_of`）须有令牌。Never who filed them or what they say. The past (`as_of`) takes a token.
#[utoipa::path(get, path = "/notices/{notice}/objections", tag = "read", params(View), security(()),
    responses((status = 200, body = ObjectionPage)))]
async fn list_notice_objections(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.notice_objections(asker.as_ref(), notice, &view.list()).await?;
    state.listed(&view, found).await
}

/// 公示张贴情况。Lists the boards that a notice hung on, with the digests of photographs.
///
/// 查询以往某一时刻（`as_of`）须有令牌。The past (`as_of`) takes a token.
#[utoipa::path(get, path = "/notices/{notice}/postings", tag = "read", params(View), security(()),
    responses((status = 200, body = PostingPage)))]
async fn list_notice_postings(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.notice_postings(asker.as_ref(), notice, &view.list()).await?;
    state.listed(&view, found).await
}
