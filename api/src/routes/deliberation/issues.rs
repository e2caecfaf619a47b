//! 问题登记簿: issues come in, are answered and settled.

use axum::Json;
use axum::extract::State;
use domain::IssueId;
use domain::issue::{Channel, Source};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{Answer, FollowUp};
use crate::answer::problem::Problem;
use crate::openapi::schema;
use crate::request::command_request::{CommandRequest, take, take_some};
use crate::request::path::PathParam;
use crate::request::personal::{self, ContactShown, Purpose};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(register))
        .routes(routes!(answer))
        .routes(routes!(settlement))
        .routes(routes!(asker))
}

/// A row of the register (附件2). Has no `Debug` form: it is personal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIssue {
    /// 单位代码 of the station's village.
    #[schema(example = "330225001001")]
    station: String,
    /// 时间: when it was raised; now unless told.
    raised_at: Option<Timestamp>,
    /// 地点, at most 100 characters.
    place: String,
    /// As what the register is kept; what the account's role is unless told.
    #[schema(schema_with = schema::issue_source)]
    source: Option<Source>,
    /// 咨询方式.
    #[schema(schema_with = schema::channel)]
    channel: Channel,
    /// 咨询人; to the vault. Nobody must tell it.
    name: Option<String>,
    /// 联系电话; to the vault. Nobody must tell it.
    telephone: Option<String>,
    /// 具体问题, at most 1000 characters, without personal data.
    problem: String,
    /// 解决方式 that is wished for or was offered, at most 500 characters.
    solution: Option<String>,
    /// 备注, at most 200 characters.
    remark: Option<String>,
}

impl NewIssue {
    fn read(self) -> Result<application::NewIssue, Problem> {
        Ok(application::NewIssue {
            station: take("station", &self.station)?,
            raised_at: self.raised_at,
            place: take("place", &self.place)?,
            source: self.source,
            channel: self.channel,
            asker: personal::contact(self.name, self.telephone)?,
            problem: take("problem", &self.problem)?,
            solution: take_some("solution", self.solution.as_ref())?,
            remark: take_some("remark", self.remark.as_ref())?,
        })
    }
}

/// 登记议题: the answer holds the link with which the asker follows it.
#[utoipa::path(post, path = "/issues", tag = "issues", request_body = NewIssue,
    responses((status = 201, body = Answer)))]
async fn register(
    State(state): State<AppState>,
    request: CommandRequest<NewIssue>,
) -> Result<Answer, Problem> {
    let registered = state.app.register_issue(request.input.read()?, &request.caller).await?;
    let issue = registered.issue;
    let answer = Answer::of(&registered.done)?.made(format!("/api/v1/issues/{issue}"));
    Ok(answer.with(FollowUp::of_issue(issue, &registered.code)))
}

/// 答复.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IssueAnswer {
    /// The answer, at most 1000 characters; whoever raised the issue sees it.
    answer: String,
}

/// 答复咨询人.
#[utoipa::path(post, path = "/issues/{issue}/answer", tag = "issues", request_body = IssueAnswer,
    responses((status = 200, body = Answer)))]
async fn answer(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<IssueAnswer>,
) -> Result<Answer, Problem> {
    let answer = take("answer", &request.input.answer)?;
    Answer::of(&state.app.answer_issue(issue, answer, &request.caller).await?)
}

/// 办结.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Settlement {
    /// What came of it, at most 500 characters.
    result: String,
}

/// 办结 by an answer, without a resolution; what a meeting decided is settled by its completion.
#[utoipa::path(post, path = "/issues/{issue}/settlement", tag = "issues", request_body = Settlement,
    responses((status = 200, body = Answer)))]
async fn settlement(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Settlement>,
) -> Result<Answer, Problem> {
    let result = take("result", &request.input.result)?;
    Answer::of(&state.app.settle_issue(issue, result, &request.caller).await?)
}

/// 查阅咨询人: that it was read, by whom and what for, is recorded first.
#[utoipa::path(post, path = "/issues/{issue}/asker", tag = "issues", request_body = Purpose,
    responses((status = 200, body = ContactShown)))]
async fn asker(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Purpose>,
) -> Result<Json<ContactShown>, Problem> {
    let purpose = request.input.read()?;
    ContactShown::of(state.app.read_asker(issue, purpose, &request.caller).await?)
}
