//! 转办: an issue that is another authority's matter, and its way back.

use axum::extract::State;
use axum::response::Response;
use domain::issue::{Rejection, RoutingOutcome};
use domain::permission::Act;
use domain::{IssueId, Text, UnitCode};
use jiff::civil::Date;
use projections::models::issue_register;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::answer::rows::RowPage;
use crate::openapi::operation::{command, list};
use crate::request::account::Account;
use crate::request::command_request::CommandRequest;
use crate::request::filter::filter;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type IssuePage = RowPage<issue_register::Issue>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(route_out_issue), Act::TriageIssue, &[Rejection::CODES]))
        .routes(command(routes!(receive_routing), Act::ReplyRouting, &[Rejection::CODES]))
        .routes(command(routes!(reply_routing), Act::ReplyRouting, &[Rejection::CODES]))
        .routes(list(routes!(list_routings), Act::ReplyRouting))
}

input! {
    /// 转办.
    struct Routing {
        /// Which authority, at most 80 characters.
        to: Text<80> = "镇城管办",
        /// 承办单位: 单位代码 of the authority, where it is a unit of the county; its account then receives and replies.
        #[serde(default)]
        receiver: Option<UnitCode> = "330225001",
        /// Why, at most 500 characters.
        reason: Text<500>,
        /// Last day for the reply, within 180 days; without it the rulebook's days.
        #[serde(default)]
        due: Option<Date>,
    }
}

/// 转办。Passes the issue on, as it is another authority's matter.
///
/// 承办单位按期回复，逾期公开显示，咨询人凭查询链接可见。The authority replies until the last day, or is shown as late; whoever raised the issue
/// sees it.
#[utoipa::path(post, path = "/issues/{issue}/routing", tag = "issues", request_body = Routing,
    responses((status = 200, body = Answer)))]
async fn route_out_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Routing>,
) -> Result<Answer, Problem> {
    let Routing { to, receiver, reason, due } = request.input;
    let done = state.app.route_out_issue(issue, to, receiver, reason, due, &request.caller).await?;
    Answer::of(&done)
}

input! {
    /// 签收.
    struct RoutingReceipt {
        /// The day on which the authority received it; today unless told.
        #[serde(default)]
        on: Option<Date>,
    }
}

/// 转办签收。Says that the authority has received the issue.
///
/// 由承办单位办理；承办单位不在本县登记的，由工作站按回执登记。By the authority's account, or by the station's from a receipt on paper.
#[utoipa::path(post, path = "/issues/{issue}/routing/receipt", tag = "issues", request_body = RoutingReceipt,
    responses((status = 200, body = Answer)))]
async fn receive_routing(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<RoutingReceipt>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.receive_routing(issue, request.input.on, &request.caller).await?)
}

input! {
    /// 回复.
    struct RoutingReply {
        /// Whether the authority dealt with it, or declines it.
        outcome: RoutingOutcome,
        /// What it says, at most 1000 characters; whoever raised the issue sees it.
        reply: Text<1000>,
    }
}

/// 转办回复。Tells what the authority made of the issue.
///
/// 已办理的由工作站核对后办结；不属其职责的退回工作站。What was dealt with is looked at and settled by the station; what is declined is the station's again.
#[utoipa::path(post, path = "/issues/{issue}/routing/reply", tag = "issues", request_body = RoutingReply,
    responses((status = 200, body = Answer)))]
async fn reply_routing(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<RoutingReply>,
) -> Result<Answer, Problem> {
    let RoutingReply { outcome, reply } = request.input;
    Answer::of(&state.app.reply_routing(issue, outcome, reply, &request.caller).await?)
}

filter! {
    /// Which routings.
    Routings {
        /// 承办单位: only what was passed on to this unit or those below it; the account's own where it sees no more.
        receiver: UnitCode,
        /// 待回复: `true`: only what is not replied to yet; `false`: only the others.
        awaits_reply: bool,
        /// 转办逾期: `true`: only what was not replied to in time; `false`: only the others.
        overdue: bool,
    }
}

/// 转办事项。Lists what lies with the authorities that it was passed on to, the latest first.
#[utoipa::path(get, path = "/routings", tag = "read", params(View, Routings),
    responses((status = 200, body = IssuePage)))]
async fn list_routings(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Routings { receiver, awaits_reply, overdue } }: Viewed<Routings>,
) -> Result<Response, Problem> {
    let filter = issue_register::Filter {
        receiver,
        awaits_reply,
        routing_overdue: overdue,
        ..issue_register::Filter::default()
    };
    let found = state.queries.routings(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}
