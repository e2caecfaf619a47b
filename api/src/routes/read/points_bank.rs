use axum::extract::State;
use axum::response::Response;
use domain::PersonId;
use domain::permission::Act;
use jiff::civil::Date;
use projections::models::points_bank::{self, AccountId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{AccountPage, AccountRow, EntryPage};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(entries))
}

/// Which period.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Period {
    /// First day of the period (2021-01-01); what was before is the opening balance.
    since: Option<String>,
}

impl Period {
    fn read(&self) -> Result<Option<Date>, Problem> {
        scope::parsed("since", self.since.as_ref(), "2021-01-01")
    }
}

/// 积分银行: all accounts and the issuer's; together they sum to zero. Points in hundredths.
#[utoipa::path(get, path = "/points-bank", tag = "read", params(View, Period),
    responses((status = 200, body = AccountPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Period>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadVolunteers, None, None)?;
    let since = filter.read()?;
    state
        .reads
        .list(&view, move |connection, page| points_bank::list(connection, since, page))
        .await
}

/// 积分账户 of a volunteer. Points in hundredths.
#[utoipa::path(get, path = "/points-bank/{volunteer}", tag = "read", params(View, Period),
    responses((status = 200, body = AccountRow)))]
async fn one(
    State(state): State<AppState>,
    At(volunteer): At<PersonId>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Period>,
) -> Result<Response, Problem> {
    let unit = state.app.home_of(volunteer).await?;
    state.app.permit(&actor, Act::ReadVolunteers, Some(&unit), Some(volunteer))?;
    let (account, since) = (AccountId::Volunteer(volunteer), filter.read()?);
    state.reads.one(&view, move |connection| points_bank::get(connection, account, since)).await
}

/// 积分明细: a volunteer's entries, the latest first; each names the record or redemption it comes from.
#[utoipa::path(get, path = "/points-bank/{volunteer}/entries", tag = "read", params(View),
    responses((status = 200, body = EntryPage)))]
async fn entries(
    State(state): State<AppState>,
    At(volunteer): At<PersonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let unit = state.app.home_of(volunteer).await?;
    state.app.permit(&actor, Act::ReadVolunteers, Some(&unit), Some(volunteer))?;
    state
        .reads
        .list(&view, move |connection, page| points_bank::entries(connection, volunteer, page))
        .await
}
