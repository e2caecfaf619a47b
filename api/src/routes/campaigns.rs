//! 组建行动.

use axum::Json;
use axum::extract::State;
use domain::campaign::{Adopted, Deadlines, KindDeadlines, Known, Rejection, Task};
use domain::permission::Act;
use domain::unit::Kind;
use domain::{CampaignCode, Text, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::listing::absent;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, one};
use crate::request::account::Account;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(one(routes!(read_campaigns), Act::ReadUnits))
        .routes(one(routes!(read_campaign), Act::ReadUnits))
        .routes(command(routes!(adopt_campaign), Act::ManageCampaign, &[Rejection::CODES]))
        .routes(command(routes!(move_deadlines), Act::ManageCampaign, &[Rejection::CODES]))
        .routes(command(routes!(end_campaign), Act::ManageCampaign, &[Rejection::CODES]))
}

input! {
    /// Deadlines of one kind of unit; one that is left out is that of the campaign.
    struct KindDeadlinesInput {
        /// 类别.
        kind: Kind,
        /// 管理员上报期限.
        #[serde(default)]
        administrator: Option<Timestamp>,
        /// 小分队组建期限.
        #[serde(default)]
        squad: Option<Timestamp>,
    }
}

input! {
    /// 任务 of one unit.
    struct TaskInput {
        /// 单位代码.
        unit: UnitCode,
        /// Members to reach.
        task: u32,
    }
}

input! {
    /// A campaign to raise squads (组建) or to enlarge them (增补).
    struct NewCampaign {
        /// 行动代码, 1–16 letters, digits or hyphens.
        campaign: CampaignCode = "2021",
        /// 名称, at most 80 characters.
        name: Text<80> = "组建2021",
        /// The notice or decision that orders it, at most 200 characters.
        source: Text<200> = "关于组建法治志愿者队伍的通知",
        /// First day.
        starts_on: Date = "2021-11-01",
        /// Last day; without it until it is ended.
        #[serde(default)]
        ends_on: Option<Date> = "2022-06-30",
        /// 管理员上报期限: reported then or later is late; without it there is none.
        #[serde(default)]
        administrator: Option<Timestamp> = "2021-11-23T12:00:00+08:00",
        /// 小分队组建期限: complete then or later is late; without it there is none.
        #[serde(default)]
        squad: Option<Timestamp> = "2021-12-01T00:00:00+08:00",
        /// Other deadlines for some kinds of units.
        #[serde(default)]
        by_kind: Vec<KindDeadlinesInput>,
        /// 全县目标: members to reach in the whole county; without it the sum of the tasks.
        #[serde(default)]
        county_total: Option<u32> = 10_000,
        /// 任务分解表: whoever is not in it has no task until it is given one.
        #[serde(default)]
        tasks: Vec<TaskInput>,
        /// Whether the tasks given while there was no campaign become tasks of this one.
        #[serde(default)]
        take_over: bool,
    }
}

/// 发起组建行动。Adopts a campaign with deadlines, tasks and an end.
///
/// 没有任务的单位既不达标也不逾期。A unit without a task is neither met nor overdue. Only the county's first campaign may reach back.
#[utoipa::path(post, path = "/campaigns", tag = "campaigns", request_body = NewCampaign,
    responses((status = 201, body = Answer)))]
async fn adopt_campaign(
    State(state): State<AppState>,
    request: CommandRequest<NewCampaign>,
) -> Result<Answer, Problem> {
    let asked = request.input;
    let plan = Adopted {
        name: asked.name,
        source: asked.source,
        starts_on: asked.starts_on,
        ends_on: asked.ends_on,
        deadlines: Deadlines { administrator: asked.administrator, squad: asked.squad },
        by_kind: by_kind(asked.by_kind),
        county_total: asked.county_total,
        tasks: asked.tasks.into_iter().map(|one| Task { unit: one.unit, task: one.task }).collect(),
    };
    let (code, take_over) = (asked.campaign, asked.take_over);
    let done = state.app.adopt_campaign(&code, plan, take_over, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/campaigns/{code}")))
}

fn by_kind(asked: Vec<KindDeadlinesInput>) -> Vec<KindDeadlines> {
    let deadlines = |KindDeadlinesInput { kind, administrator, squad }| KindDeadlines {
        kind,
        deadlines: Deadlines { administrator, squad },
    };
    asked.into_iter().map(deadlines).collect()
}

input! {
    /// 期限延长; what is left out stays.
    struct LaterDeadlines {
        /// 管理员上报期限.
        #[serde(default)]
        administrator: Option<Timestamp>,
        /// 小分队组建期限.
        #[serde(default)]
        squad: Option<Timestamp>,
        /// Deadlines of some kinds of units.
        #[serde(default)]
        by_kind: Vec<KindDeadlinesInput>,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 延长组建期限。Puts deadlines off that are not over yet.
///
/// 已过的期限不变,已逾期的仍为逾期。One that is over stays, and with it who was late.
#[utoipa::path(post, path = "/campaigns/{campaign}/deadlines", tag = "campaigns", request_body = LaterDeadlines,
    responses((status = 200, body = Answer)))]
async fn move_deadlines(
    State(state): State<AppState>,
    PathParam(campaign): PathParam<CampaignCode>,
    request: CommandRequest<LaterDeadlines>,
) -> Result<Answer, Problem> {
    let LaterDeadlines { administrator, squad, by_kind: asked, reason } = request.input;
    let deadlines = Deadlines { administrator, squad };
    let (asked, caller) = (by_kind(asked), &request.caller);
    let done = state.app.move_campaign_deadlines(&campaign, deadlines, asked, reason, caller).await;
    Answer::of(&done?)
}

input! {
    /// 结束.
    struct CampaignEnd {
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 结束组建行动。Ends a campaign: from today nobody owes anything under it.
#[utoipa::path(post, path = "/campaigns/{campaign}/end", tag = "campaigns", request_body = CampaignEnd,
    responses((status = 200, body = Answer)))]
async fn end_campaign(
    State(state): State<AppState>,
    PathParam(campaign): PathParam<CampaignCode>,
    request: CommandRequest<CampaignEnd>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.end_campaign(&campaign, reason, &request.caller).await?)
}

/// Deadlines of one kind of unit.
#[derive(Debug, Serialize, ToSchema)]
struct KindDeadlinesRow {
    /// 类别.
    #[schema(value_type = String, example = "school")]
    kind: Kind,
    /// 管理员上报期限.
    administrator: Option<Timestamp>,
    /// 小分队组建期限.
    squad: Option<Timestamp>,
}

/// A campaign. Which unit has which task, and how far it is, tells `GET /quota?campaign=…`.
#[derive(Debug, Serialize, ToSchema)]
struct Campaign {
    /// 行动代码.
    #[schema(value_type = String, example = "2021")]
    campaign: CampaignCode,
    /// 名称.
    #[schema(example = "组建2021")]
    name: String,
    /// What orders it.
    source: String,
    /// First day.
    starts_on: Date,
    /// Last day.
    ends_on: Option<Date>,
    /// The day from which it is over, where it was ended.
    ended_on: Option<Date>,
    /// 管理员上报期限.
    administrator: Option<Timestamp>,
    /// 小分队组建期限.
    squad: Option<Timestamp>,
    /// Other deadlines for some kinds of units.
    by_kind: Vec<KindDeadlinesRow>,
    /// 全县目标.
    county_total: Option<u32>,
}

impl Campaign {
    fn of(known: Known) -> Self {
        let Known { code, adopted, ended, .. } = known;
        let row = |KindDeadlines { kind, deadlines }| KindDeadlinesRow {
            kind,
            administrator: deadlines.administrator,
            squad: deadlines.squad,
        };
        Self {
            campaign: code,
            name: adopted.name.to_string(),
            source: adopted.source.to_string(),
            starts_on: adopted.starts_on,
            ends_on: adopted.ends_on,
            ended_on: ended,
            administrator: adopted.deadlines.administrator,
            squad: adopted.deadlines.squad,
            by_kind: adopted.by_kind.into_iter().map(row).collect(),
            county_total: adopted.county_total,
        }
    }
}

/// All campaigns.
#[derive(Debug, Serialize, ToSchema)]
struct Campaigns {
    /// In the order in which they were adopted.
    items: Vec<Campaign>,
}

/// 组建行动。Lists the county's campaigns.
#[utoipa::path(get, path = "/campaigns", tag = "campaigns", responses((status = 200, body = Campaigns)))]
async fn read_campaigns(
    State(state): State<AppState>,
    Account(actor): Account,
) -> Result<Json<Campaigns>, Problem> {
    let found = state.queries.campaigns(&actor)?;
    Ok(Json(Campaigns { items: found.into_iter().map(Campaign::of).collect() }))
}

/// 一个组建行动。Reads one campaign.
#[utoipa::path(get, path = "/campaigns/{campaign}", tag = "campaigns", responses((status = 200, body = Campaign)))]
async fn read_campaign(
    State(state): State<AppState>,
    PathParam(campaign): PathParam<CampaignCode>,
    Account(actor): Account,
) -> Result<Json<Campaign>, Problem> {
    let found = state.queries.campaign(&actor, &campaign)?;
    Ok(Json(Campaign::of(found.ok_or_else(absent)?)))
}
