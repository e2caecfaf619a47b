//! 援法议事工作站.

use application::InvalidReference;
use axum::extract::State;
use domain::permission::Act;
use domain::station::{Capacity, HouseholdsStated, Item, List, Rejection, TopicListed};
use domain::{SealedDigest, Text, TopicCode, UnitCode};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced};
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(
            routes!(open_station),
            Act::OpenStation,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(evidenced(command(
            routes!(evidence_item),
            Act::ManageStation,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(
            routes!(lose_item),
            Act::ManageStation,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(state_households),
            Act::StateHouseholds,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(list_topic),
            Act::ManageStation,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
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

/// 设立工作站。Opens the station of a village or community; each has one.
#[utoipa::path(post, path = "/stations", tag = "stations", request_body = NewStation,
    responses((status = 201, body = Answer)))]
async fn open_station(
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

/// 五有达标佐证。Shows that one of the five that a station needs is there.
#[utoipa::path(post, path = "/stations/{unit}/items/{item}", tag = "stations", request_body = Shown,
    responses((status = 200, body = Answer)))]
async fn evidence_item(
    State(state): State<AppState>,
    PathParams2(unit, item): PathParams2<UnitCode, Item>,
    request: CommandRequest<Shown>,
) -> Result<Answer, Problem> {
    let Shown { note, evidence } = request.input;
    Answer::of(&state.app.evidence_item(&unit, item, note, &evidence, &request.caller).await?)
}

/// 五有失格。Records that one of the five is no longer there.
#[utoipa::path(post, path = "/stations/{unit}/items/{item}/loss", tag = "stations",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn lose_item(
    State(state): State<AppState>,
    PathParams2(unit, item): PathParams2<UnitCode, Item>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.lose_item(&unit, item, reason, &request.caller).await?)
}

input! {
    /// 户数.
    struct Households {
        /// How many there are, 1–100 000.
        households: u32,
        /// The day as of which that is so.
        as_of: Date,
        /// Where the figure comes from, at most 200 characters.
        source: Text<200>,
    }
}

/// 登记户数。States how many households the station has, by the county or a unit above.
///
/// 测评一户一码，不得多于户数。A survey hands out no more ballots than that.
#[utoipa::path(post, path = "/stations/{unit}/households", tag = "stations", request_body = Households,
    responses((status = 200, body = Answer)))]
async fn state_households(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<Households>,
) -> Result<Answer, Problem> {
    let Households { households, as_of, source } = request.input;
    let stated = HouseholdsStated { households, as_of, source };
    Answer::of(&state.app.state_households(&unit, stated, &request.caller).await?)
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
        /// As what somebody of the station is responsible for it; the leading group unless told.
        #[serde(default)]
        responsible: Option<Capacity>,
    }
}

/// 增列清单事项。Adds an item to the station's own list of topics.
#[utoipa::path(post, path = "/stations/{unit}/topics", tag = "stations", request_body = OwnTopic,
    responses((status = 200, body = Answer)))]
async fn list_topic(
    State(state): State<AppState>,
    PathParam(unit): PathParam<UnitCode>,
    request: CommandRequest<OwnTopic>,
) -> Result<Answer, Problem> {
    let OwnTopic { code, list, title, responsible } = request.input;
    let topic = TopicListed { code, list, title, responsible };
    Answer::of(&state.app.list_topic(&unit, topic, &request.caller).await?)
}
