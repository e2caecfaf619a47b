//! 网上提交议题: and following it by a secret link.

use application::BadPersonal;
use application::queries::Seen;
use axum::Json;
use axum::extract::State;
use domain::issue::Channel;
use domain::meeting::Outcome;
use domain::{IssueId, MeetingId, Text, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::QueryError;
use projections::models::issue_register::Issue;
use projections::models::{execution_ledger, issue_register, meeting_calendar};
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::resolutions::PublicResolution;
use crate::answer::command::{FilingReceipt, FollowUp};
use crate::answer::problem::Problem;
use crate::openapi::operation::{filing, public};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::personal::{PersonName, Telephone, Told, contact};
use crate::request::public::{Filed, Key, Peer};
use crate::request::query::Params;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(filing(
            routes!(file_issue),
            &[
                domain::issue::Rejection::CODES,
                domain::station::Rejection::CODES,
                BadPersonal::CODES,
            ],
        ))
        .routes(public(routes!(follow_issue)))
}

input! {
    /// An issue that somebody raises. Has no `Debug` form: it is personal.
    struct OnlineIssue {
        /// 单位代码 of the station's village.
        station: UnitCode = "330225001001",
        /// 地点, at most 100 characters.
        place: Text<100>,
        /// 姓名; to the vault. Nobody must tell it.
        #[serde(default)]
        name: Told<PersonName>,
        /// 联系电话; to the vault. Nobody must tell it.
        #[serde(default)]
        telephone: Told<Telephone>,
        /// 具体问题, at most 1000 characters, without personal data.
        problem: Text<1000>,
        /// 希望的解决方式, at most 500 characters.
        #[serde(default)]
        solution: Option<Text<500>>,
    }
}

impl From<OnlineIssue> for application::NewIssue {
    fn from(new: OnlineIssue) -> Self {
        Self {
            station: new.station,
            raised_at: None,
            place: new.place,
            source: None,
            channel: Channel::Web,
            asker: contact(new.name, new.telephone),
            problem: new.problem,
            solution: new.solution,
            remark: None,
        }
    }
}

/// 网上提交议题。Files an issue without an account.
///
/// 按规则簿期限答复，逾期公开显示；回答含编号和查询链接，遗失不能补。It is answered within the days of the rulebook, or shown as late. The answer is
/// the case number and the secret link; nobody can look them up again.
#[utoipa::path(post, path = "/public/issues", tag = "public", security(()), request_body = OnlineIssue,
    responses((status = 201, body = FollowUp)))]
async fn file_issue(
    State(state): State<AppState>,
    filed: Filed<OnlineIssue>,
) -> Result<FilingReceipt, Problem> {
    let registered = state.app.register_issue_online(filed.input.into(), &filed.caller).await?;
    let follow_up = FollowUp::of_issue(registered.issue, &registered.code);
    Ok(FilingReceipt { follow_up, position: registered.done.position })
}

/// An issue as whoever raised it sees it.
#[derive(Serialize, ToSchema)]
struct FollowedIssue {
    /// 议题编号.
    #[schema(value_type = String)]
    issue: IssueId,
    /// 登记号: 议题〔year〕第n号.
    number: String,
    /// 状态: `registered`, `triaged`, `accepted`, `scheduled`, `decided`, `settled`, `merged`, `rejected` or `routed_out`.
    stage: &'static str,
    /// 反映时间.
    raised_at: Timestamp,
    /// 具体问题.
    problem: String,
    /// 答复期限.
    answer_due: Option<Date>,
    /// 答复.
    answer: Option<String>,
    /// 答复是否逾期.
    answer_overdue: bool,
    /// 不予列入或转办的理由.
    reason: Option<String>,
    /// 转办单位.
    routed_to: Option<String>,
    /// 议事会 on whose agenda it is, or was last.
    meeting: Option<OnAgenda>,
    /// 决议 that came of it.
    resolution: Option<PublicResolution>,
    /// 办结时间.
    settled_at: Option<Timestamp>,
    /// 办理结果.
    result: Option<String>,
    /// 重新办理次数.
    reopened: u32,
}

/// The meeting that deals with it.
#[derive(Serialize, ToSchema)]
struct OnAgenda {
    /// Number of the topic.
    topic: Option<u8>,
    /// When it begins, or was to begin.
    starts_at: Timestamp,
    /// The day on which it was held; none as long as its minutes are not sealed.
    held_on: Option<Date>,
    /// Whether it was called off.
    cancelled: bool,
    /// 议定结果: `adopted`, `not_adopted` or `deferred`.
    #[schema(value_type = Option<String>)]
    outcome: Option<Outcome>,
}

/// 查询办理进度。Follows an issue with the code that was given out.
#[utoipa::path(get, path = "/public/issues/{issue}", tag = "public", security(()), params(Key),
    responses((status = 200, body = FollowedIssue)))]
async fn follow_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<Option<IssueId>>,
    Peer(peer): Peer,
    Params(key): Params<Key>,
) -> Result<Json<FollowedIssue>, Problem> {
    let issue = issue.ok_or_else(|| state.leads_nowhere(peer))?;
    state.opened(peer, state.app.check_follow_up(issue, key.as_str()).await)?;
    let query = move |seen: &Seen<'_>| followed(seen.rows, issue, seen.today());
    let found = state.queries.latest(query).await?;
    found.map(Json).ok_or_else(|| state.leads_nowhere(peer))
}

fn followed(
    connection: &Connection,
    issue: IssueId,
    today: Date,
) -> Result<Option<FollowedIssue>, QueryError> {
    let Some(found) = issue_register::get(connection, issue)? else { return Ok(None) };
    let meeting =
        found.meeting.map(|meeting| on_agenda(connection, meeting, &found)).transpose()?;
    let resolution = found.resolution.map(|id| execution_ledger::get(connection, id, today));
    Ok(Some(FollowedIssue {
        issue,
        number: found.number,
        stage: found.stage.as_str(),
        raised_at: found.raised_at,
        problem: found.problem,
        answer_due: found.answer_due,
        answer: found.answer,
        answer_overdue: found.answer_overdue,
        reason: found.reason,
        routed_to: found.routed_to,
        meeting: meeting.flatten(),
        resolution: resolution.transpose()?.flatten().map(PublicResolution::of),
        settled_at: found.settled_at,
        result: found.result,
        reopened: found.reopened,
    }))
}

fn on_agenda(
    connection: &Connection,
    meeting: MeetingId,
    issue: &Issue,
) -> Result<Option<OnAgenda>, QueryError> {
    let found = meeting_calendar::get(connection, meeting)?;
    Ok(found.map(|meeting| OnAgenda {
        topic: issue.meeting_topic,
        starts_at: meeting.starts_at,
        held_on: meeting.held_on,
        cancelled: meeting.cancelled_at.is_some(),
        outcome: issue.outcome,
    }))
}
