//! 网上提交议题: and following it by a secret link.

use application::queries::FollowedIssue;
use axum::Json;
use axum::extract::State;
use domain::IssueId;
use domain::issue::Channel;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{FilingReceipt, FollowUp};
use crate::answer::problem::Problem;
use crate::answer::rows::Row;
use crate::request::command_request::{take, take_some};
use crate::request::path::PathParam;
use crate::request::personal;
use crate::request::public::{Filed, Key, Peer};
use crate::request::query::Params;
use crate::state::AppState;

type FollowedIssueRow = Row<FollowedIssue>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(file_issue)).routes(routes!(follow_issue))
}

/// An issue that somebody raises. Has no `Debug` form: it is personal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OnlineIssue {
    /// 单位代码 of the station's village.
    #[schema(example = "330225001001")]
    station: String,
    /// 地点, at most 100 characters.
    place: String,
    /// 姓名; to the vault. Nobody must tell it.
    name: Option<String>,
    /// 联系电话; to the vault. Nobody must tell it.
    telephone: Option<String>,
    /// 具体问题, at most 1000 characters, without personal data.
    problem: String,
    /// 希望的解决方式, at most 500 characters.
    solution: Option<String>,
}

impl OnlineIssue {
    fn read(self) -> Result<application::NewIssue, Problem> {
        Ok(application::NewIssue {
            station: take("station", &self.station)?,
            raised_at: None,
            place: take("place", &self.place)?,
            source: None,
            channel: Channel::Web,
            asker: personal::contact(self.name, self.telephone)?,
            problem: take("problem", &self.problem)?,
            solution: take_some("solution", self.solution.as_ref())?,
            remark: None,
        })
    }
}

/// 网上提交议题: it is answered within the days of the rulebook, or shown as late. The answer is the case number and the
/// secret link; nobody can look them up again.
#[utoipa::path(post, path = "/public/issues", tag = "public", security(()), request_body = OnlineIssue,
    responses((status = 201, body = FollowUp)))]
async fn file_issue(
    State(state): State<AppState>,
    filed: Filed<OnlineIssue>,
) -> Result<FilingReceipt, Problem> {
    let registered = state.app.register_issue_online(filed.input.read()?, &filed.caller).await?;
    let follow_up = FollowUp::of_issue(registered.issue, &registered.code);
    Ok(FilingReceipt { follow_up, position: registered.done.position })
}

/// 查询办理进度, with the code that was given out.
#[utoipa::path(get, path = "/public/issues/{issue}", tag = "public", security(()), params(Key),
    responses((status = 200, body = FollowedIssueRow)))]
async fn follow_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<Option<IssueId>>,
    Peer(peer): Peer,
    Params(key): Params<Key>,
) -> Result<Json<FollowedIssue>, Problem> {
    let issue = issue.ok_or_else(|| state.leads_nowhere(peer))?;
    let found = state.queries.followed_issue(issue, key.as_str()).await;
    let found = state.opened(peer, found)?;
    found.map(Json).ok_or_else(|| state.leads_nowhere(peer))
}
