//! 推选: residents choose who supervises.

use application::{BadPersonal, ElectionResult, InvalidReference};
use axum::extract::State;
use domain::identity_number::BadIdentityNumber;
use domain::meeting::Body;
use domain::permission::Act;
use domain::station::{Rejection, Way};
use domain::{SealedDigest, Text, UnitCode};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::members::{Somebody, somebody};
use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(evidenced(vaulted(command(
        routes!(record_election),
        Act::RecordElection,
        &[Rejection::CODES, InvalidReference::CODES, BadPersonal::CODES, BadIdentityNumber::CODES],
    ))))
}

input! {
    /// An election of supervisors that was held.
    struct NewElection {
        /// The day.
        held_on: Date,
        /// Which body chose: villagers, representatives or owners.
        body: Body = "representatives",
        /// 推选 or 推荐.
        way: Way,
        /// Whom; those without a number get theirs.
        elected: Vec<Somebody> = [somebody()],
        /// How it came out, at most 200 characters and without names.
        result: Text<200>,
        /// Digests of what shows it, such as a photograph of the list of votes; at least one.
        evidence: Vec<SealedDigest>,
    }
}

/// 登记监督小组推选结果。Records whom residents chose to supervise; another person appoints them by its number.
///
/// 被监督的人不得自行指定监督人(参照村民委员会组织法 §32)。The watched do not appoint the watchers, nor
/// record who was chosen: both take an account of a person who neither governs nor sits in the council.
#[utoipa::path(post, path = "/stations/{unit}/elections", tag = "stations", request_body = NewElection,
    responses((status = 201, body = Answer)))]
async fn record_election(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<NewElection>,
) -> Result<Answer, Problem> {
    let NewElection { held_on, body, way, elected, result, evidence } = request.input;
    let elected = elected.into_iter().map(Somebody::read).collect::<Result<_, _>>()?;
    let new = ElectionResult { held_on, body, way, elected, result, evidence };
    let (election, _, done) = state.app.record_election(&unit, new, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/stations/{unit}/elections/{election}")))
}
