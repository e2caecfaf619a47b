//! 志愿者: registration, and what changes afterwards.

mod corrections;
mod personal_data;
mod registration;

use axum::extract::State;
use domain::permission::Act;
use domain::volunteer::{
    PersonalDataErased, RealNameMatched, RealNameRefused, Rejection, Resumed, SkillsDeclared,
    Suspended, Tier, TierChanged,
};
use domain::{PersonId, Text, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(registration::router())
        .merge(personal_data::router())
        .merge(corrections::router())
        .routes(command(routes!(match_real_name), Act::MatchRealName, &[Rejection::CODES]))
        .routes(command(routes!(refuse_real_name), Act::MatchRealName, &[Rejection::CODES]))
        .routes(command(routes!(change_tier), Act::ChangeTier, &[Rejection::CODES]))
        .routes(command(routes!(declare_skills), Act::DeclareSkills, &[Rejection::CODES]))
        .routes(command(routes!(move_volunteer), Act::MoveVolunteer, &[Rejection::CODES]))
        .routes(command(routes!(suspend_volunteer), Act::SuspendVolunteer, &[Rejection::CODES]))
        .routes(command(routes!(resume_volunteer), Act::SuspendVolunteer, &[Rejection::CODES]))
        .routes(command(routes!(withdraw_volunteer), Act::WithdrawVolunteer, &[Rejection::CODES]))
        .routes(vaulted(command(
            routes!(erase_personal_data),
            Act::ErasePersonalData,
            &[Rejection::CODES],
        )))
}

input! {
    /// 实名比对一致.
    struct RealNameMatch {
        /// The roster it was compared with, at most 80 characters.
        roster: Text<80> = "2021年11月花名册",
    }
}

/// 实名比对一致。Records that the real-name roster bears the registration out.
#[utoipa::path(post, path = "/volunteers/{volunteer}/real-name-match", tag = "volunteers",
    request_body = RealNameMatch, responses((status = 200, body = Answer)))]
async fn match_real_name(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<RealNameMatch>,
) -> Result<Answer, Problem> {
    let matched = RealNameMatched { roster: request.input.roster };
    Answer::of(&state.app.match_real_name(volunteer, matched, &request.caller).await?)
}

input! {
    /// 实名比对不一致.
    struct RealNameRefusal {
        /// The roster it was compared with, at most 80 characters.
        roster: Text<80>,
        /// What does not agree, at most 200 characters, without personal data.
        reason: Text<200>,
    }
}

/// 实名比对不一致。Records that the real-name roster does not bear the registration out.
#[utoipa::path(post, path = "/volunteers/{volunteer}/real-name-refusal", tag = "volunteers",
    request_body = RealNameRefusal, responses((status = 200, body = Answer)))]
async fn refuse_real_name(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<RealNameRefusal>,
) -> Result<Answer, Problem> {
    let RealNameRefusal { roster, reason } = request.input;
    let refused = RealNameRefused { roster, reason };
    Answer::of(&state.app.refuse_real_name(volunteer, refused, &request.caller).await?)
}

input! {
    /// 定级.
    struct TierInput {
        /// 层级.
        tier: Tier,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 层级变更。Changes what training and tasks the volunteer is meant for.
#[utoipa::path(post, path = "/volunteers/{volunteer}/tier", tag = "volunteers",
    request_body = TierInput, responses((status = 200, body = Answer)))]
async fn change_tier(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<TierInput>,
) -> Result<Answer, Problem> {
    let TierInput { tier, reason } = request.input;
    let changed = TierChanged { tier, reason };
    Answer::of(&state.app.change_tier(volunteer, changed, &request.caller).await?)
}

input! {
    /// 技能.
    struct Skills {
        /// All skills, each of at most 40 characters; replaces the earlier list.
        skills: Vec<Text<40>>,
    }
}

/// 技能更新。Declares all skills of the volunteer anew.
///
/// 替换原有清单。The list replaces the earlier one.
#[utoipa::path(post, path = "/volunteers/{volunteer}/skills", tag = "volunteers",
    request_body = Skills, responses((status = 200, body = Answer)))]
async fn declare_skills(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Skills>,
) -> Result<Answer, Problem> {
    let declared = SkillsDeclared { skills: request.input.skills };
    Answer::of(&state.app.declare_skills(volunteer, declared, &request.caller).await?)
}

input! {
    /// 调换单位.
    struct Move {
        /// 单位代码 from now on.
        to: UnitCode,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 调换单位。Moves the volunteer to another unit.
///
/// 同时退出原单位的小分队。They leave the squad of the earlier one.
#[utoipa::path(post, path = "/volunteers/{volunteer}/move", tag = "volunteers",
    request_body = Move, responses((status = 200, body = Answer)))]
async fn move_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Move>,
) -> Result<Answer, Problem> {
    let Move { to, reason } = request.input;
    Answer::of(&state.app.move_volunteer(volunteer, to, reason, &request.caller).await?)
}

/// 暂停服务。Suspends the volunteer.
#[utoipa::path(post, path = "/volunteers/{volunteer}/suspension", tag = "volunteers",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn suspend_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let suspended = Suspended { reason: request.input.reason };
    Answer::of(&state.app.suspend_volunteer(volunteer, suspended, &request.caller).await?)
}

/// 恢复服务。Lets a suspended volunteer serve again.
#[utoipa::path(post, path = "/volunteers/{volunteer}/resumption", tag = "volunteers",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn resume_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let resumed = Resumed { reason: request.input.reason };
    Answer::of(&state.app.resume_volunteer(volunteer, resumed, &request.caller).await?)
}

/// 退出志愿者队伍。Ends the registration.
///
/// 已有的服务仍然有效。What was served stays served.
#[utoipa::path(post, path = "/volunteers/{volunteer}/withdrawal", tag = "volunteers",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn withdraw_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.withdraw_volunteer(volunteer, reason, &request.caller).await?)
}

input! {
    /// 删除个人信息.
    struct Erasure {
        /// Why, at most 200 characters.
        reason: Text<200>,
        /// The provision it rests on, at most 80 characters.
        legal_basis: Text<80> = "个人信息保护法第47条",
    }
}

/// 删除个人信息。Deletes name, identity number and all other personal data of the volunteer, for good.
#[utoipa::path(post, path = "/volunteers/{volunteer}/erasure", tag = "volunteers",
    request_body = Erasure, responses((status = 200, body = Answer)))]
async fn erase_personal_data(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Erasure>,
) -> Result<Answer, Problem> {
    let Erasure { reason, legal_basis } = request.input;
    let erased = PersonalDataErased { reason, legal_basis };
    Answer::of(&state.app.erase_personal_data(volunteer, erased, &request.caller).await?)
}
