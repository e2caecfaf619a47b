//! 决议 as it hangs on the board.

use application::queries::Seen;
use axum::extract::State;
use axum::response::Response;
use domain::{ResolutionId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::models::execution_ledger::{self, Entry};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::openapi::operation::public;
use crate::request::account::AnyAccount;
use crate::request::filter::Unfiltered;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(public(routes!(read_public_resolution)))
}

/// A resolution as everybody may see it. Claimed is not done: only `completed` is.
#[derive(Serialize, ToSchema)]
pub struct PublicResolution {
    /// 决议编号.
    #[schema(value_type = String)]
    resolution: ResolutionId,
    /// 村社区.
    #[schema(value_type = String)]
    station: UnitCode,
    /// 标题.
    title: String,
    /// 决议内容, as last corrected.
    text: String,
    /// 议定日.
    decided_on: Date,
    /// 阶段: `adopted`, `publicised`, `awaiting_correction`, `closed`, `executing`, `claimed`, `verified`, `completed` or
    /// `withdrawn`.
    stage: &'static str,
    /// 公示期次.
    period: u32,
    /// 公示首日.
    opens_on: Option<Date>,
    /// 公示末日.
    closes_on: Option<Date>,
    /// 异议数.
    objections_filed: u32,
    /// 待答复异议数.
    objections_open: u32,
    /// 成立异议数.
    objections_upheld: u32,
    /// 执行人职务: the office in which somebody executes it, never who.
    office: Option<String>,
    /// 完成期限.
    due: Option<Date>,
    /// 逾期天数.
    days_overdue: u32,
    /// 退回次数: claims of completion that supervision did not bear out.
    returns: u32,
    /// 核实时间.
    verified_at: Option<Timestamp>,
    /// 完成公示时间.
    completed_at: Option<Timestamp>,
    /// 完成情况.
    result: Option<String>,
    /// 重新办理次数.
    reopened: u32,
}

impl PublicResolution {
    /// The public side of a line of the ledger.
    pub fn of(entry: Entry) -> Self {
        let Entry { resolution: row, days_overdue } = entry;
        Self {
            resolution: row.resolution,
            station: row.station,
            title: row.title,
            text: row.text,
            decided_on: row.decided_on,
            stage: row.stage.as_str(),
            period: row.period,
            opens_on: row.opens_on,
            closes_on: row.closes_on,
            objections_filed: row.objections_filed,
            objections_open: row.objections_open,
            objections_upheld: row.objections_upheld,
            office: row.office,
            due: row.due,
            days_overdue,
            returns: row.returns,
            verified_at: row.verified_at,
            completed_at: row.completed_at,
            result: row.result,
            reopened: row.reopened,
        }
    }
}

/// 一项决议。Reads a resolution and how far it has come.
///
/// 查询过去某一时间需要令牌。`as_of` needs a token.
#[utoipa::path(get, path = "/public/resolutions/{resolution}", tag = "public", security(()), params(View),
    responses((status = 200, body = PublicResolution)))]
async fn read_public_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let query = move |seen: &Seen<'_>| {
        let found = execution_ledger::get(seen.rows, resolution, seen.today())?;
        Ok(found.map(PublicResolution::of))
    };
    let found = state.queries.public(asker.as_ref(), view.moment(), query).await?;
    state.shown(&view, found)
}
