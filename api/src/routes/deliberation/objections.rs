//! 决议异议.

use application::BadPersonal;
use axum::Json;
use axum::extract::State;
use domain::permission::Act;
use domain::resolution::Rejection;
use domain::{ResolutionId, Text};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::{Answer, FollowUp};
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::bodies::ObjectionAnswer;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::request::personal::{ContactShown, PersonName, Purpose, Telephone, Told, contact};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(
            routes!(file_resolution_objection),
            Act::FileResolutionObjection,
            &[Rejection::CODES, BadPersonal::CODES],
        ))
        .routes(command(
            routes!(answer_resolution_objection),
            Act::AnswerResolutionObjection,
            &[Rejection::CODES],
        ))
        .routes(vaulted(command(routes!(read_objector), Act::ReadObjector, &[Rejection::CODES])))
}

input! {
    /// 异议. Has no `Debug` form: it is personal.
    pub struct NewObjection {
        /// What is objected, at most 500 characters, without personal data. It is never public.
        pub ground: Text<500>,
        /// 异议人; to the vault. Nobody must tell it.
        #[serde(default)]
        pub name: Told<PersonName>,
        /// 联系电话; to the vault. Nobody must tell it.
        #[serde(default)]
        pub telephone: Told<Telephone>,
    }
}

/// 代为提出决议异议。Files an objection to a resolution for somebody.
///
/// 回答含异议人的查询链接。The answer holds the link with which the objector follows it.
#[utoipa::path(post, path = "/resolutions/{resolution}/objections", tag = "resolutions",
    request_body = NewObjection, responses((status = 201, body = Answer)))]
async fn file_resolution_objection(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<NewObjection>,
) -> Result<Answer, Problem> {
    let NewObjection { ground, name, telephone } = request.input;
    let contact = contact(name, telephone);
    let filed =
        state.app.file_resolution_objection(resolution, ground, &contact, &request.caller).await?;
    let place = format!("/api/v1/resolutions/{resolution}/objections/{}", filed.objection);
    let follow_up = FollowUp::of_objection(resolution, filed.objection, &filed.code);
    Ok(Answer::of(&filed.done)?.made(place).with(follow_up))
}

/// 决议异议答复。Answers an objection to a resolution.
///
/// 已上报的由乡镇答复。What went up is answered by the town.
#[utoipa::path(post, path = "/resolutions/{resolution}/objections/{objection}/answer", tag = "resolutions",
    request_body = ObjectionAnswer, responses((status = 200, body = Answer)))]
async fn answer_resolution_objection(
    State(state): State<AppState>,
    PathParams2(resolution, objection): PathParams2<ResolutionId, u32>,
    request: CommandRequest<ObjectionAnswer>,
) -> Result<Answer, Problem> {
    let ObjectionAnswer { verdict, answer } = request.input;
    let (answer, caller) = (answer, &request.caller);
    let answered =
        state.app.answer_resolution_objection(resolution, objection, verdict, answer, caller);
    Answer::of(&answered.await?)
}

/// 查阅异议人。Reads who objected and how to reach them.
///
/// 先记录由谁、为何查阅。Who read it and what for is recorded first.
#[utoipa::path(post, path = "/resolutions/{resolution}/objections/{objection}/objector", tag = "resolutions",
    request_body = Purpose, responses((status = 200, body = ContactShown)))]
async fn read_objector(
    State(state): State<AppState>,
    PathParams2(resolution, objection): PathParams2<ResolutionId, u32>,
    request: CommandRequest<Purpose>,
) -> Result<Json<ContactShown>, Problem> {
    let purpose = request.input.of(&state, &request.caller.actor, Act::ReadObjector).await?;
    let read = state.app.read_objector(resolution, objection, purpose, &request.caller);
    ContactShown::of(read.await?)
}
