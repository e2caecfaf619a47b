//! 小分队.

use axum::extract::State;
use domain::permission::Act;
use domain::squad::Rejection;
use domain::{PersonId, Text, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::command;
use crate::request::bodies::{ConsentInput, Reason};
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(apply_for_squad), Act::ApplyForSquad, &[Rejection::CODES]))
        .routes(command(routes!(approve_squad), Act::ApproveSquad, &[Rejection::CODES]))
        .routes(command(
            routes!(join_squad),
            Act::ManageMembers,
            &[Rejection::CODES, domain::volunteer::Rejection::CODES],
        ))
        .routes(command(routes!(leave_squad), Act::ManageMembers, &[Rejection::CODES]))
        .routes(command(routes!(complete_squad), Act::CompleteSquad, &[Rejection::CODES]))
}

/// 申请注册小分队。Applies for the registration of the unit's squad.
#[utoipa::path(post, path = "/squads/{unit}/application", tag = "squads", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn apply_for_squad(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.apply_for_squad(&unit, &request.caller).await?)
}

input! {
    /// 核准.
    struct Approval {
        /// 注册编号 given by 团县委, at most 40 characters.
        registration: Text<40>,
    }
}

/// 核准小分队。Records that 团县委 registered the squad.
#[utoipa::path(post, path = "/squads/{unit}/approval", tag = "squads", request_body = Approval,
    responses((status = 200, body = Answer)))]
async fn approve_squad(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Approval>,
) -> Result<Answer, Problem> {
    let registration = request.input.registration;
    Answer::of(&state.app.approve_squad(&unit, registration, &request.caller).await?)
}

input! {
    /// 队员.
    struct Member {
        /// 志愿者编号.
        volunteer: PersonId = "V0123456789AB",
        /// 本人同意; nobody joins without it.
        #[serde(default)]
        consent: Option<ConsentInput>,
    }
}

/// 加入小分队。Takes a volunteer into the squad, of their own will.
///
/// 须有本人同意。Nobody joins without consent.
#[utoipa::path(post, path = "/squads/{unit}/members", tag = "squads", request_body = Member,
    responses((status = 200, body = Answer)))]
async fn join_squad(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Member>,
) -> Result<Answer, Problem> {
    let Member { volunteer, consent } = request.input;
    let consent = consent.map(Into::into);
    Answer::of(&state.app.join_squad(&unit, volunteer, consent, &request.caller).await?)
}

/// 退出小分队。Lets a volunteer leave the squad.
///
/// 任何人不得强留。Nobody may be kept.
#[utoipa::path(delete, path = "/squads/{unit}/members/{volunteer}", tag = "squads", request_body = Reason,
    responses((status = 200, body = Answer)))]
async fn leave_squad(
    State(state): State<AppState>,
    PathParams2(unit, volunteer): PathParams2<UnitCode, PersonId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.leave_squad(&unit, volunteer, reason, &request.caller).await?)
}

/// 小分队组建完成。Declares the squad complete, if its figures bear it out.
#[utoipa::path(post, path = "/squads/{unit}/completion", tag = "squads", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn complete_squad(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.complete_squad(&unit, &request.caller).await?)
}
