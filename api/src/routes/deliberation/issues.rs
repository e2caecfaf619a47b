//! 问题登记簿: issues come in, are answered and settled.

use application::BadPersonal;
use application::InvalidReference;
use axum::Json;
use axum::extract::State;
use domain::issue::{Channel, Source};
use domain::permission::Act;
use domain::{IssueId, SealedDigest, Text, UnitCode};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{Answer, FollowUp};
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::personal::{ContactShown, PersonName, Purpose, Telephone, Told, contact};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(evidenced(vaulted(command(
            routes!(register_issue),
            Act::RegisterIssue,
            &[
                domain::issue::Rejection::CODES,
                domain::station::Rejection::CODES,
                InvalidReference::CODES,
                BadPersonal::CODES,
            ],
        ))))
        .routes(command(
            routes!(answer_issue),
            Act::AnswerIssue,
            &[domain::issue::Rejection::CODES],
        ))
        .routes(command(
            routes!(settle_issue),
            Act::TriageIssue,
            &[domain::issue::Rejection::CODES],
        ))
        .routes(vaulted(command(
            routes!(read_asker),
            Act::ReadAsker,
            &[domain::issue::Rejection::CODES],
        )))
}

input! {
    /// A row of the register (基层援法议事工作方案 附件2). Has no `Debug` form: it is personal.
    struct NewIssue {
        /// 单位代码 of the station's village.
        station: UnitCode = "330225001001",
        /// 时间: when it was raised; now unless told.
        #[serde(default)]
        raised_at: Option<Timestamp>,
        /// 地点, at most 100 characters.
        place: Text<100>,
        /// As what the register is kept; what the account's role is unless told.
        #[serde(default)]
        source: Option<Source>,
        /// 咨询方式.
        channel: Channel,
        /// 咨询人; to the vault. Nobody must tell it.
        #[serde(default)]
        name: Told<PersonName>,
        /// 联系电话; to the vault. Nobody must tell it.
        #[serde(default)]
        telephone: Told<Telephone>,
        /// 具体问题, at most 1000 characters, without personal data.
        problem: Text<1000>,
        /// 希望的解决方式: what the asker wishes, at most 500 characters; 解决方式 is told by how the issue comes to its end.
        #[serde(default)]
        wish: Option<Text<500>>,
        /// 备注, at most 200 characters.
        #[serde(default)]
        remark: Option<Text<200>>,
        /// 补录: digests of photographs of the register on paper, where it was entered from that; a second person then
        /// approves it.
        #[serde(default)]
        photographs: Vec<SealedDigest>,
    }
}

impl From<NewIssue> for application::NewIssue {
    fn from(new: NewIssue) -> Self {
        Self {
            station: new.station,
            raised_at: new.raised_at,
            place: new.place,
            source: new.source,
            channel: new.channel,
            asker: contact(new.name, new.telephone),
            problem: new.problem,
            wish: new.wish,
            remark: new.remark,
            photographs: new.photographs,
        }
    }
}

/// 登记议题。Registers an issue.
///
/// 回答含咨询人的查询链接。The answer holds the link with which the asker follows it.
#[utoipa::path(post, path = "/issues", tag = "issues", request_body = NewIssue,
    responses((status = 201, body = Answer)))]
async fn register_issue(
    State(state): State<AppState>,
    request: CommandRequest<NewIssue>,
) -> Result<Answer, Problem> {
    let registered = state.app.register_issue(request.input.into(), &request.caller).await?;
    let issue = registered.issue;
    let answer = Answer::of(&registered.done)?.made(format!("/api/v1/issues/{issue}"));
    Ok(answer.with(FollowUp::of_issue(issue, &registered.code)))
}

input! {
    /// 答复.
    struct IssueAnswer {
        /// The answer, at most 1000 characters; whoever raised the issue sees it.
        answer: Text<1000>,
    }
}

/// 答复咨询人。Answers whoever raised the issue.
#[utoipa::path(post, path = "/issues/{issue}/answer", tag = "issues", request_body = IssueAnswer,
    responses((status = 200, body = Answer)))]
async fn answer_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<IssueAnswer>,
) -> Result<Answer, Problem> {
    let answer = request.input.answer;
    Answer::of(&state.app.answer_issue(issue, answer, &request.caller).await?)
}

input! {
    /// 办结.
    struct Settlement {
        /// What came of it, at most 500 characters.
        result: Text<500>,
    }
}

/// 办结。Settles an issue by an answer, without a resolution.
///
/// 经议事会议定的，由决议完成而办结。What a meeting decided is settled by its completion.
#[utoipa::path(post, path = "/issues/{issue}/settlement", tag = "issues", request_body = Settlement,
    responses((status = 200, body = Answer)))]
async fn settle_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Settlement>,
) -> Result<Answer, Problem> {
    let result = request.input.result;
    Answer::of(&state.app.settle_issue(issue, result, &request.caller).await?)
}

/// 查阅咨询人。Reads who raised the issue and how to reach them.
///
/// 先记录由谁、为何查阅。Who read it and what for is recorded first.
#[utoipa::path(post, path = "/issues/{issue}/asker", tag = "issues", request_body = Purpose,
    responses((status = 200, body = ContactShown)))]
async fn read_asker(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Purpose>,
) -> Result<Json<ContactShown>, Problem> {
    let purpose = request.input.of(&state, &request.caller.actor, Act::ReadAsker).await?;
    ContactShown::of(state.app.read_asker(issue, purpose, &request.caller).await?)
}
