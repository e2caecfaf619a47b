use axum::extract::State;
use axum::response::Response;
use domain::NoticeId;
use projections::models::public_notice::{self, Status};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{NoticePage, NoticeRow, ObjectionPage};
use crate::account::AnyAccount;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(objections))
}

/// Which notices.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// `open`, `closed`, `upheld` or `withdrawn`.
    status: Option<String>,
}

/// 公示: for everybody, the latest number first. Needs no token but for `as_of`.
#[utoipa::path(get, path = "/notices", tag = "read", params(View, Filter), security(()),
    responses((status = 200, body = NoticePage)))]
async fn list(
    State(state): State<AppState>,
    anybody: AnyAccount,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    anybody.may_see(&view)?;
    let status = scope::word("status", filter.status.as_ref(), Status::ALL, Status::as_str)?;
    state
        .reads
        .list(&view, move |connection, page| public_notice::list(connection, status, page))
        .await
}

/// 一则公示. Needs no token but for `as_of`.
#[utoipa::path(get, path = "/notices/{notice}", tag = "read", params(View), security(()),
    responses((status = 200, body = NoticeRow)))]
async fn one(
    State(state): State<AppState>,
    At(notice): At<NoticeId>,
    anybody: AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    anybody.may_see(&view)?;
    state.reads.one(&view, move |connection| public_notice::get(connection, &notice)).await
}

/// 异议办理: when objections were filed, due and answered, and how; never who filed them or what they say. Needs no token but for `as_of`.
#[utoipa::path(get, path = "/notices/{notice}/objections", tag = "read", params(View), security(()),
    responses((status = 200, body = ObjectionPage)))]
async fn objections(
    State(state): State<AppState>,
    At(notice): At<NoticeId>,
    anybody: AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    anybody.may_see(&view)?;
    state
        .reads
        .list(&view, move |connection, page| public_notice::objections(connection, &notice, page))
        .await
}
