//! 援法议事工作站.

use axum::extract::State;
use domain::station::{Item, List};
use domain::{SealedDigest, Text, TopicCode, UnitCode};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(open))
        .routes(routes!(item))
        .routes(routes!(loss))
        .routes(routes!(topic))
}

input! {
    /// A station to open.
    struct NewStation {
        /// 单位代码 of the village or community.
        unit: UnitCode = "330225001001",
        /// 集中居住小区: whether it has an estate, so that the estate's list applies too.
        #[serde(default)]
        estate: bool,
    }
}

/// 设立工作站, one a village or community.
#[utoipa::path(post, path = "/stations", tag = "stations", request_body = NewStation,
    responses((status = 201, body = Answer)))]
async fn open(
    State(state): State<AppState>,
    request: CommandRequest<NewStation>,
) -> Result<Answer, Problem> {
    let NewStation { unit, estate } = request.input;
    let done = state.app.open_station(&unit, estate, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/stations/{unit}")))
}

input! {
    /// 佐证.
    struct Shown {
        /// What there is, at most 200 characters.
        note: Text<200>,
        /// Digests of what shows it; at least one.
        evidence: Vec<SealedDigest>,
    }
}

/// 五有达标佐证: one of the five is there, and this shows it.
#[utoipa::path(post, path = "/stations/{unit}/items/{item}", tag = "stations", request_body = Shown,
    responses((status = 200, body = Answer)))]
async fn item(
    State(state): State<AppState>,
    PathParams2(unit, item): PathParams2<UnitCode, Item>,
    request: CommandRequest<Shown>,
) -> Result<Answer, Problem> {
    let Shown { note, evidence } = request.input;
    Answer::of(&state.app.evidence_item(&unit, item, note, &evidence, &request.caller).await?)
}

/// 五有失格: one of the five is no longer there.
#[utoipa::path(post, path = "/stations/{unit}/items/{item}/loss", tag = "stations",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn loss(
    State(state): State<AppState>,
    PathParams2(unit, item): PathParams2<UnitCode, Item>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.lose_item(&unit, item, reason, &request.caller).await?)
}

input! {
    /// 清单事项.
    struct OwnTopic {
        /// 清单编码, 1–16 letters, digits or hyphens.
        code: TopicCode = "C9",
        /// Which list.
        list: List,
        /// What may be deliberated, at most 80 characters.
        title: Text<80>,
    }
}

/// 增列清单事项: the station's list grows by an item.
#[utoipa::path(post, path = "/stations/{unit}/topics", tag = "stations", request_body = OwnTopic,
    responses((status = 200, body = Answer)))]
async fn topic(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<OwnTopic>,
) -> Result<Answer, Problem> {
    let OwnTopic { code, list, title } = request.input;
    Answer::of(&state.app.list_topic(&unit, code, list, title, &request.caller).await?)
}
