//! 公示.

use axum::extract::State;
use domain::notice::{Rejection, Subject};
use domain::permission::Act;
use domain::{NoticeId, Text, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::command;
use crate::request::bodies::{ObjectionAnswer, Reason};
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(publish_notice), Act::PublishNotice, &[Rejection::CODES]))
        .routes(command(routes!(file_notice_objection), Act::FileObjection, &[Rejection::CODES]))
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
    /// 异议.
    struct NoticeObjection {
        /// What is objected, at most 500 characters, without personal data. It is never public.
        ground: Text<500>,
    }
}

/// 提出公示异议。Files an objection to a notice.
#[utoipa::path(post, path = "/notices/{notice}/objections", tag = "notices", request_body = NoticeObjection,
    responses((status = 200, body = Answer)))]
async fn file_notice_objection(
    State(state): State<AppState>,
    PathParam(notice): PathParam<NoticeId>,
    request: CommandRequest<NoticeObjection>,
) -> Result<Answer, Problem> {
    let ground = request.input.ground;
    Answer::of(&state.app.file_objection(&notice, ground, &request.caller).await?)
}

/// 公示异议答复。Answers an objection to a notice.
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
