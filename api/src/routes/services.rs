//! 志愿服务记录: checked in, recorded, attested, disputed, corrected.

use application::EntryReport;
use axum::extract::State;
use domain::permission::Act;
use domain::service::{Counter, Outcome, Rejection};
use domain::{ActivityId, Minutes, PersonId, SealedDigest, Text};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{Refusals, command};
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

/// Of what names an activity: also that there is none, or that it is not so.
const REFUSALS: Refusals = &[Rejection::CODES, domain::activity::Rejection::CODES];

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(check_in), Act::CheckIn, REFUSALS))
        .routes(command(routes!(check_out), Act::CheckIn, REFUSALS))
        .routes(command(routes!(record_service), Act::RecordService, REFUSALS))
        .routes(command(routes!(request_backfill), Act::RecordService, REFUSALS))
        .routes(command(routes!(approve_backfill), Act::ApproveBackfill, &[Rejection::CODES]))
        .routes(command(routes!(attest_service), Act::AttestService, &[Rejection::CODES]))
        .routes(command(routes!(dispute_service), Act::DisputeService, &[Rejection::CODES]))
        .routes(command(routes!(dismiss_dispute), Act::SettleDispute, &[Rejection::CODES]))
        .routes(command(routes!(correct_service), Act::SettleDispute, REFUSALS))
        .routes(command(routes!(void_service), Act::SettleDispute, &[Rejection::CODES]))
}

input! {
    /// Where the volunteer is.
    struct Presence {
        /// 活动编号.
        activity: ActivityId,
    }
}

/// 签到。Records that the volunteer has arrived.
///
/// 在另一已结束的活动未签退的,该次在场随该活动结束。Presence at another activity that is over, and was not left, ends with that.
///
/// 时间以服务器为准。The time is the service's clock.
#[utoipa::path(post, path = "/volunteers/{volunteer}/check-ins", tag = "services",
    request_body = Presence, responses((status = 200, body = Answer)))]
async fn check_in(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Presence>,
) -> Result<Answer, Problem> {
    let activity = request.input.activity;
    Answer::of(&state.app.check_in(volunteer, activity, &request.caller).await?)
}

/// 签退。Records that the volunteer has left.
///
/// 活动结束后签退的,在场时间仍随活动结束。After the activity was closed the presence has ended with it, and no event follows.
///
/// 时间以服务器为准。The time is the service's clock.
#[utoipa::path(post, path = "/volunteers/{volunteer}/check-outs", tag = "services",
    request_body = Presence, responses((status = 200, body = Answer)))]
async fn check_out(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Presence>,
) -> Result<Answer, Problem> {
    let activity = request.input.activity;
    Answer::of(&state.app.check_out(volunteer, activity, &request.caller).await?)
}

input! {
    /// A counter of what a service brought about.
    struct OutcomeInput {
        /// What is counted.
        what: Counter,
        /// How many.
        count: u32,
    }
}

input! {
    /// What was done (民政部令第67号 §4–§8).
    struct ServiceReport {
        /// 活动编号.
        activity: ActivityId,
        /// 服务内容, at most 500 characters, without personal data.
        content: Text<500>,
        /// First moment of the service.
        started_at: Timestamp,
        /// Last moment of the service.
        ended_at: Timestamp,
        /// Minutes actually given; breaks do not count.
        minutes: u32,
        /// What came of it.
        #[serde(default)]
        outcomes: Vec<OutcomeInput>,
    }
}

impl From<ServiceReport> for EntryReport {
    fn from(said: ServiceReport) -> Self {
        let outcome = |OutcomeInput { what, count }| Outcome { what, count };
        Self {
            activity: said.activity,
            content: said.content,
            started_at: said.started_at,
            ended_at: said.ended_at,
            minutes: Minutes(said.minutes),
            outcomes: said.outcomes.into_iter().map(outcome).collect(),
        }
    }
}

/// 服务记录。Records a service.
///
/// 认定后生效。It counts once it is attested.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services", tag = "services",
    request_body = ServiceReport, responses((status = 200, body = Answer)))]
async fn record_service(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<ServiceReport>,
) -> Result<Answer, Problem> {
    let said = request.input.into();
    Answer::of(&state.app.record_service(volunteer, said, &request.caller).await?)
}

input! {
    /// 补录.
    struct Backfill {
        /// What was done.
        report: ServiceReport,
        /// What proves it, at most 200 characters.
        evidence: Text<200>,
        /// SHA-256 of a document that proves it, 64 hexadecimal digits.
        #[serde(default)]
        digest: Option<SealedDigest>,
    }
}

/// 申请补录。Records a service that nobody recorded in time.
///
/// 经另一人核准并认定后生效。It counts once a second person has approved it and it is attested.
#[utoipa::path(post, path = "/volunteers/{volunteer}/backfills", tag = "services",
    request_body = Backfill, responses((status = 200, body = Answer)))]
async fn request_backfill(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Backfill>,
) -> Result<Answer, Problem> {
    let Backfill { report, evidence, digest } = request.input;
    let said = report.into();
    Answer::of(
        &state.app.request_backfill(volunteer, said, evidence, digest, &request.caller).await?,
    )
}

/// 核准补录。Approves a backfill that somebody else asked for.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/backfill-approval", tag = "services",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_backfill(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.approve_backfill(volunteer, record, &request.caller).await?)
}

input! {
    /// 认定.
    struct Attestation {
        /// 组织评价, 1 to 5.
        #[serde(default)]
        rating: Option<u8>,
    }
}

/// 服务认定。Attests a record, so that it counts.
///
/// 不得由记录人或志愿者本人认定。Neither its recorder nor the volunteer may.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/attestation", tag = "services",
    request_body = Attestation, responses((status = 200, body = Answer)))]
async fn attest_service(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<Attestation>,
) -> Result<Answer, Problem> {
    let rating = request.input.rating;
    Answer::of(&state.app.attest_service(volunteer, record, rating, &request.caller).await?)
}

input! {
    /// Why a record is disputed, or no longer disputed, or void.
    struct RecordReason {
        /// At most 500 characters, without personal data.
        reason: Text<500>,
    }
}

/// 记录异议。Says that a record is wrong.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/dispute", tag = "services",
    request_body = RecordReason, responses((status = 200, body = Answer)))]
async fn dispute_service(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<RecordReason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.dispute_service(volunteer, record, reason, &request.caller).await?)
}

/// 异议驳回。Dismisses a dispute, so that the record stands.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/dispute-dismissal", tag = "services",
    request_body = RecordReason, responses((status = 200, body = Answer)))]
async fn dismiss_dispute(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<RecordReason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.dismiss_dispute(volunteer, record, reason, &request.caller).await?)
}

input! {
    /// 更正.
    struct RecordCorrection {
        /// What the record should say.
        report: ServiceReport,
        /// Why, at most 500 characters.
        reason: Text<500>,
    }
}

/// 记录更正。Corrects what a record says.
///
/// 须重新认定。It must be attested anew.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/correction", tag = "services",
    request_body = RecordCorrection, responses((status = 200, body = Answer)))]
async fn correct_service(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<RecordCorrection>,
) -> Result<Answer, Problem> {
    let RecordCorrection { report, reason } = request.input;
    let said = report.into();
    Answer::of(&state.app.correct_service(volunteer, record, said, reason, &request.caller).await?)
}

/// 记录作废。Makes a record void, so that it counts no more.
#[utoipa::path(post, path = "/volunteers/{volunteer}/services/{record}/void", tag = "services",
    request_body = RecordReason, responses((status = 200, body = Answer)))]
async fn void_service(
    State(state): State<AppState>,
    PathParams2(volunteer, record): PathParams2<PersonId, u32>,
    request: CommandRequest<RecordReason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.void_service(volunteer, record, reason, &request.caller).await?)
}
