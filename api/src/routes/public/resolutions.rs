//! 决议 as it hangs on the board.

use application::queries::PublicResolution;
use axum::extract::State;
use axum::response::Response;
use domain::ResolutionId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::Row;
use crate::openapi::operation::public;
use crate::request::account::AnyAccount;
use crate::request::filter::Unfiltered;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type PublicResolutionRow = Row<PublicResolution>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(public(routes!(read_public_resolution)))
}

/// 一项决议。Reads a resolution and how far it has come.
///
/// 查询过去某一时间需要令牌。`as_of` needs a token.
#[utoipa::path(get, path = "/public/resolutions/{resolution}", tag = "public", security(()), params(View),
    responses((status = 200, body = PublicResolutionRow)))]
async fn read_public_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let (queries, moment) = (&state.queries, view.moment());
    let found = queries.public_resolution(asker.as_ref(), resolution, moment).await?;
    state.shown(&view, found)
}
