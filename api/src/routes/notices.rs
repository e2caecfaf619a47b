//! 公示.

use application::{BadPersonal, Contact, InvalidReference, NewPosting};
use axum::Json;
use axum::extract::State;
use domain::notice::{Rejection, Subject};
use domain::permission::Act;
use domain::{NoticeId, SealedDigest, Text, UnitCode};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{Answer, FollowUp};
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{command, evidenced, vaulted};
use crate::request::bodies::{ObjectionAnswer, Reason};
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::{ContactShown, Purpose};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(publish_notice), Act::PublishNotice, &[Rejection::CODES]))
        .routes(evidenced(command(
            routes!(post_notice),
            Act::PostNotice,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(
            routes!(file_notice_objection),
            Act::FileObjection,
            &[Rejection::CODES, BadPersonal::CODES],
        ))
        .routes(vaulted(command(
            routes!(read_notice_objector),
            Act::ReadObjector,
            &[Rejection::CODES],
        )))
        .routes(command(
            routes!(answer_notice_objection),
            Act::AnswerObjection,
            &[Rejection::CODES],
        ))
        .routes(command(routes!(close_notice), Act::CloseNotice, &[Rejection::CODES]))
        .routes(command(routes!(withdraw_notice), Act::PublishNotice, &[Rejection::CODES]))
}

input! {
    /// A notice to publish. Notices of star changes are published by the service itself.
    struct NewNotice {
        /// 标题, at most 80 characters.
        title: Text<80>,
        /// 正文, at most 2000 characters; people stand in it by number, never by name.
        text: Text<2000>,
        /// 单位代码 of the unit that publishes it.
        #[serde(default)]
        unit: Option<UnitCode>,
    }
}

/// 公示发布。Publishes a notice for the period of the rulebook.
#[utoipa::path(post, path = "/notices", tag = "notices", request_body = NewNotice,
    responses((status = 201, body = Answer)))]
async fn publish_notice(
    State(state): State<AppState>,
    request: CommandRequest<NewNotice>,
) -> Result<Answer, Problem> {
    let NewNotice { title, text, unit } = request.input;
    let new = application::NewNotice { subject: Subject::General, unit, title, text };
    let id = request.caller.command.to_string();
    let notice = NoticeId::new(&id).map_err(|error| failed(&error))?;
    let done = state.app.publish_notice(&notice, new, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/notices/{notice}")))
}

input! {
    /// 张贴.
    struct Posting {
        /// 单位代码 of the unit whose board it is.
        unit: UnitCode = "330225001001",
        /// Where the board is, at most 80 characters.
        board: Text<80>,
        /// The day on which the notice was there.
        posted_on: Date,
        /// Digests of photographs; at least one.
        evidence: Vec<SealedDigest>,
    }
}

/// 公示张贴。States which board a notice hung on, with photographs.
#[utoipa::path(post, path = "/notices/{notice}/postings", tag = "notices", request_body = Posting,
    responses((status = 200, body = Answer)))]
async fn post_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    request: CommandRequest<Posting>,
) -> Result<Answer, Problem> {
    let Posting { unit, board, posted_on, evidence } = request.input;
    let new = NewPosting { unit, board, posted_on, evidence };
    Answer::of(&state.app.post_notice(&notice, new, &request.caller).await?)
}

input! {
    /// 异议.
    struct NoticeObjection {
        /// What is objected, at most 500 characters, without personal data. It is never public.
        ground: Text<500>,
    }
}

/// 提出公示异议。Files an objection to a notice in the account's own name.
///
/// 没有账号的，见`/public/notices/{notice}/objections`。Who has no account files it there.
#[utoipa::path(post, path = "/notices/{notice}/objections", tag = "notices", request_body = NoticeObjection,
    responses((status = 200, body = Answer)))]
async fn file_notice_objection(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    request: CommandRequest<NoticeObjection>,
) -> Result<Answer, Problem> {
    let (ground, nobody) = (request.input.ground, Contact::default());
    let filed = state.app.file_objection(&notice, ground, &nobody, &request.caller).await?;
    let follow_up = FollowUp::of_notice_objection(&notice, filed.objection, &filed.code);
    Ok(Answer::of(&filed.done)?.with(follow_up))
}

/// 查阅公示异议人。Reads who objected to a notice and how to reach them.
///
/// 先记录由谁、为何查阅。Who read it and what for is recorded first.
#[utoipa::path(post, path = "/notices/{notice}/objections/{objection}/objector", tag = "notices",
    request_body = Purpose, responses((status = 200, body = ContactShown)))]
async fn read_notice_objector(
    State(state): State<AppState>,
    PathParams2(notice, objection): PathParams2<NoticeId, u32>,
    request: CommandRequest<Purpose>,
) -> Result<Json<ContactShown>, Problem> {
    let purpose = request.input.of(&state, &request.caller.actor, Act::ReadObjector).await?;
    let read = state.app.read_notice_objector(&notice, objection, purpose, &request.caller);
    ContactShown::of(read.await?)
}

/// 公示异议答复。Answers an objection to a notice.
///
/// 已上报的由上级单位答复。What went up is answered by a unit above.
#[utoipa::path(post, path = "/notices/{notice}/objections/{objection}/answer", tag = "notices",
    request_body = ObjectionAnswer, responses((status = 200, body = Answer)))]
async fn answer_notice_objection(
    State(state): State<AppState>,
    PathParams2(notice, objection): PathParams2<NoticeId, u32>,
    request: CommandRequest<ObjectionAnswer>,
) -> Result<Answer, Problem> {
    let ObjectionAnswer { verdict, answer } = request.input;
    Answer::of(
        &state.app.answer_objection(&notice, objection, verdict, answer, &request.caller).await?,
    )
}

/// 公示期满。Closes a notice whose period passed without open objection.
#[utoipa::path(post, path = "/notices/{notice}/closure", tag = "notices", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn close_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.close_notice(&notice, &request.caller).await?)
}

/// 公示撤回。Withdraws a notice that has lost its subject.
#[utoipa::path(post, path = "/notices/{notice}/withdrawal", tag = "notices", request_body = Reason,
    responses((status = 200, body = Answer)))]
async fn withdraw_notice(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.withdraw_notice(&notice, reason, &request.caller).await?)
}
