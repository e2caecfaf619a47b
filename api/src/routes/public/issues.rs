//! 网上提交议题: and following it by a secret link.

use application::BadPersonal;
use application::queries::FollowedIssue;
use axum::Json;
use axum::extract::State;
use domain::issue::Channel;
use domain::{IssueId, Text, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{FilingReceipt, FollowUp};
use crate::answer::problem::Problem;
use crate::answer::rows::Row;
use crate::openapi::operation::{counted, filing, linked, public, vaulted};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::personal::{PersonName, Telephone, Told, contact};
use crate::request::public::{Filed, Key, Peer};
use crate::request::query::Params;
use crate::state::AppState;

type FollowedIssueRow = Row<FollowedIssue>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(counted(vaulted(filing(
            routes!(file_issue),
            &[
                domain::issue::Rejection::CODES,
                domain::station::Rejection::CODES,
                BadPersonal::CODES,
            ],
        ))))
        .routes(linked(public(routes!(follow_issue))))
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
        wish: Option<Text<500>>,
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
            wish: new.wish,
            remark: None,
            photographs: vec![],
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

/// 查询办理进度。Follows an issue with the code that was given out.
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
