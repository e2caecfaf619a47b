//! 志愿服务活动.

use application::InvalidReference;
use axum::extract::State;
use domain::activity::{Class, Insured, Kind, Published, Rejection, RiskAssessed};
use domain::permission::Act;
use domain::{ActivityId, ActorId, PersonId, SealedDigest, Text, UnitCode};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced};
use crate::request::bodies::Reason;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(evidenced(command(
            routes!(publish_activity),
            Act::ManageActivity,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(routes!(assess_risk), Act::ManageActivity, &[Rejection::CODES]))
        .routes(command(routes!(insure_participants), Act::ManageActivity, &[Rejection::CODES]))
        .routes(command(routes!(sign_up), Act::SignUp, &[Rejection::CODES]))
        .routes(command(routes!(cancel_sign_up), Act::SignUp, &[Rejection::CODES]))
        .routes(command(routes!(start_activity), Act::ManageActivity, &[Rejection::CODES]))
        .routes(command(routes!(close_activity), Act::ManageActivity, &[Rejection::CODES]))
        .routes(command(routes!(cancel_activity), Act::ManageActivity, &[Rejection::CODES]))
}

input! {
    /// An activity to publish.
    struct NewActivity {
        /// 活动名称, at most 80 characters.
        title: Text<80> = "宪法宣传周",
        /// 服务类别.
        kind: Kind,
        /// 三类之一.
        class: Class,
        /// 单位代码 of the organiser.
        organiser: UnitCode,
        /// 地点, at most 80 characters.
        place: Text<80>,
        /// Announced start; lies ahead, unless it is an emergency that runs, or on paper.
        starts_at: Timestamp,
        /// Announced end.
        ends_at: Timestamp,
        /// 应急性 rather than 经常性.
        #[serde(default)]
        emergency: bool,
        /// Whether it may endanger who takes part (志愿服务条例 §17).
        #[serde(default)]
        dangerous: bool,
        /// Most people that may sign up.
        #[serde(default)]
        capacity: Option<u32>,
        /// 负责人: the account in charge; the caller unless told.
        #[serde(default)]
        in_charge: Option<ActorId>,
        /// 补录: digests of photographs of the paper, where the activity was over before it was entered.
        #[serde(default)]
        photographs: Vec<SealedDigest>,
    }
}

/// 活动发布。Publishes an activity before it starts.
///
/// 应急活动可在进行中、规则簿所定小时内发布。An emergency may be published while it runs, within the hours of the rulebook.
///
/// 已结束的活动凭纸质材料照片补录，经另一人核准后可补录服务。One that is over is entered with photographs of the paper; once a second
/// person has approved it, services done in it can be backfilled.
#[utoipa::path(post, path = "/activities", tag = "activities", request_body = NewActivity,
    responses((status = 201, body = Answer)))]
async fn publish_activity(
    State(state): State<AppState>,
    request: CommandRequest<NewActivity>,
) -> Result<Answer, Problem> {
    let CommandRequest { caller, input } = request;
    let in_charge = input.in_charge.unwrap_or_else(|| caller.actor.id.clone());
    let activity = Published {
        title: input.title,
        kind: input.kind,
        class: input.class,
        organiser: input.organiser,
        place: input.place,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        emergency: input.emergency,
        dangerous: input.dangerous,
        capacity: input.capacity,
        in_charge,
        paper: None,
    };
    let app = &state.app;
    let (id, done) = match input.photographs.as_slice() {
        [] => app.publish_activity(activity, &caller).await?,
        photographs => app.backfill_activity(activity, photographs, &caller).await?,
    };
    Ok(Answer::of(&done)?.made(format!("/api/v1/activities/{id}")))
}

input! {
    /// 风险评估.
    struct RiskAssessment {
        /// Whether it may endanger who takes part.
        dangerous: bool,
        /// What was found and done about it, at most 500 characters.
        findings: Text<500>,
    }
}

/// 风险评估。Assesses the risk of the activity.
///
/// 结论替换发布时的说明。The verdict replaces the announced one.
#[utoipa::path(post, path = "/activities/{activity}/risk-assessment", tag = "activities",
    request_body = RiskAssessment, responses((status = 200, body = Answer)))]
async fn assess_risk(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<RiskAssessment>,
) -> Result<Answer, Problem> {
    let RiskAssessment { dangerous, findings } = request.input;
    let assessed = RiskAssessed { dangerous, findings };
    Answer::of(&state.app.assess_risk(activity, assessed, &request.caller).await?)
}

input! {
    /// 投保.
    struct Insurance {
        /// Policy number and insurer, at most 80 characters.
        policy: Text<80>,
        /// 志愿者编号 of everybody covered.
        volunteers: Vec<PersonId>,
    }
}

/// 参加者投保。Records the insurance of those who take part (人身意外伤害保险).
///
/// 活动进行中也可为临时到场的人投保。While the activity runs, of those who come unannounced.
#[utoipa::path(post, path = "/activities/{activity}/insurance", tag = "activities",
    request_body = Insurance, responses((status = 200, body = Answer)))]
async fn insure_participants(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Insurance>,
) -> Result<Answer, Problem> {
    let Insurance { policy, volunteers } = request.input;
    let insured = Insured { policy, volunteers };
    Answer::of(&state.app.insure(activity, insured, &request.caller).await?)
}

input! {
    /// 报名.
    struct SignUp {
        /// 志愿者编号.
        volunteer: PersonId = "V0123456789AB",
    }
}

/// 报名。Signs a volunteer up for the activity.
///
/// 活动进行中为现场报名,标记 `walk_in`;有人身危险的须先投保。是否未成年按活动首日核对。While the activity runs, and until its announced
/// end, who comes unannounced is signed up so, marked `walk_in`; insured first where the work is dangerous. Whether somebody is a
/// minor is asked for the activity's first day, or for today where that has passed.
#[utoipa::path(post, path = "/activities/{activity}/sign-ups", tag = "activities",
    request_body = SignUp, responses((status = 200, body = Answer)))]
async fn sign_up(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<SignUp>,
) -> Result<Answer, Problem> {
    let volunteer = request.input.volunteer;
    Answer::of(&state.app.sign_up(activity, volunteer, &request.caller).await?)
}

/// 取消报名。Takes a volunteer off the activity.
///
/// 现场报名的,签到之前可以取消。A sign-up made while it runs is taken back until the volunteer checked in.
#[utoipa::path(delete, path = "/activities/{activity}/sign-ups/{volunteer}", tag = "activities",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn cancel_sign_up(
    State(state): State<AppState>,
    PathParams2(activity, volunteer): PathParams2<ActivityId, PersonId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.cancel_sign_up(activity, volunteer, &request.caller).await?)
}

/// 活动开始。Starts the activity.
#[utoipa::path(post, path = "/activities/{activity}/start", tag = "activities",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn start_activity(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.start_activity(activity, &request.caller).await?)
}

input! {
    /// 结束.
    struct Closure {
        /// When it really ended.
        ended_at: Timestamp,
        /// What came of it, at most 500 characters.
        summary: Text<500>,
    }
}

/// 活动结束。Closes the activity with what came of it.
#[utoipa::path(post, path = "/activities/{activity}/closure", tag = "activities",
    request_body = Closure, responses((status = 200, body = Answer)))]
async fn close_activity(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Closure>,
) -> Result<Answer, Problem> {
    let Closure { ended_at, summary } = request.input;
    Answer::of(&state.app.close_activity(activity, ended_at, summary, &request.caller).await?)
}

/// 活动取消。Cancels the activity.
#[utoipa::path(post, path = "/activities/{activity}/cancellation", tag = "activities",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn cancel_activity(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.cancel_activity(activity, reason, &request.caller).await?)
}
