use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::unit::Kind;
use domain::{CampaignCode, UnitCode};
use projections::models::quota;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{list, one};
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type QuotaPage = RowPage<quota::UnitQuota>;
type QuotaRow = Row<quota::UnitQuota>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_quotas), Act::ReadUnits))
        .routes(one(routes!(read_quota), Act::ReadUnits))
}

filter! {
    /// Which units.
    Units {
        /// Only this unit and those below it; the account's own where it sees no more.
        within: UnitCode,
        /// Only this 类别, for example `town`.
        kind: Kind,
        /// Tasks and deadlines of this campaign; without it of the one that runs, or ran last.
        campaign: CampaignCode,
    }
}

filter! {
    /// Which campaign.
    InCampaign {
        /// Tasks and deadlines of this campaign; without it of the one that runs, or ran last.
        campaign: CampaignCode,
    }
}

/// 任务进度。Lists every unit against its quota.
#[utoipa::path(get, path = "/quota", tag = "read", params(View, Units),
    responses((status = 200, body = QuotaPage)))]
async fn list_quotas(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Units { within, kind, campaign } }: Viewed<Units>,
) -> Result<Response, Problem> {
    let filter = quota::Filter { within, kind, campaign };
    let found = state.queries.quotas(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 一个单位的任务进度。Reads one unit against its quota.
#[utoipa::path(get, path = "/quota/{unit}", tag = "read", params(View, InCampaign),
    responses((status = 200, body = QuotaRow)))]
async fn read_quota(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    Account(actor): Account,
    Viewed { view, filter: InCampaign { campaign } }: Viewed<InCampaign>,
) -> Result<Response, Problem> {
    let found = state.queries.quota(&actor, unit, campaign, view.moment()).await?;
    state.shown(&view, found)
}
