//! 公示公告栏 of a village: what hangs on its wall.

use application::queries::Board;
use axum::extract::State;
use axum::response::Response;
use domain::UnitCode;
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

type BoardRow = Row<Board>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(public(routes!(read_public_station)))
}

/// 公示公告栏。Reads the board of a village: its station, the meetings of the year, the open notices.
///
/// 查询过去某一时间需要令牌。`as_of` needs a token.
#[utoipa::path(get, path = "/public/stations/{unit}", tag = "public", security(()), params(View),
    responses((status = 200, body = BoardRow)))]
async fn read_public_station(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.public_station(asker.as_ref(), unit, view.moment()).await?;
    state.shown(&view, found)
}
