use axum::extract::State;
use axum::response::Response;
use domain::PersonId;
use domain::permission::Act;
use jiff::civil::Date;
use projections::models::points_bank;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{list, one};
use crate::request::account::Account;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type AccountPage = RowPage<points_bank::Statement>;
type AccountRow = Row<points_bank::Statement>;
type EntryPage = RowPage<points_bank::Entry>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_points_accounts), Act::ReadVolunteers))
        .routes(one(routes!(read_points_account), Act::ReadVolunteers))
        .routes(list(routes!(list_points_entries), Act::ReadVolunteers))
}

filter! {
    /// Which period.
    Period {
        /// First day of the period (2021-01-01); what was before is the opening balance.
        since: Date,
    }
}

/// 积分账户列表。Lists all points accounts, and the issuer's.
///
/// 积分以百分之一分计，全部账户之和为零。Points are in hundredths; all accounts together sum to zero.
#[utoipa::path(get, path = "/points-bank", tag = "read", params(View, Period),
    responses((status = 200, body = AccountPage)))]
async fn list_points_accounts(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Period { since } }: Viewed<Period>,
) -> Result<Response, Problem> {
    let found = state.queries.points_accounts(&actor, since, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅积分账户。Reads the points account of one volunteer.
///
/// 积分以百分之一分计。Points are in hundredths.
#[utoipa::path(get, path = "/points-bank/{volunteer}", tag = "read", params(View, Period),
    responses((status = 200, body = AccountRow)))]
async fn read_points_account(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Viewed { view, filter: Period { since } }: Viewed<Period>,
) -> Result<Response, Problem> {
    let found = state.queries.points_account(&actor, volunteer, since, view.moment()).await?;
    state.shown(&view, found)
}

/// 积分明细。Lists the entries of a points account, the latest first.
///
/// 每笔注明其服务记录或兑换。Each names the service record or redemption it comes from.
#[utoipa::path(get, path = "/points-bank/{volunteer}/entries", tag = "read", params(View),
    responses((status = 200, body = EntryPage)))]
async fn list_points_entries(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.points_entries(&actor, volunteer, &view.list()).await?;
    state.listed(&view, found).await
}
