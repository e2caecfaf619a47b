//! 积分.

use axum::extract::State;
use domain::permission::Act;
use domain::points::Rejection;
use domain::{PersonId, Text};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{Refusals, command};
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::{PathParam, PathParams2};
use crate::state::AppState;

/// Also that there is no such volunteer.
const REFUSALS: Refusals = &[Rejection::CODES, domain::volunteer::Rejection::CODES];

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(redeem_points), Act::RedeemPoints, REFUSALS))
        .routes(command(routes!(cancel_redemption), Act::CancelRedemption, REFUSALS))
}

input! {
    /// 兑换.
    struct Redemption {
        /// Code of the offer in the rulebook's catalogue (积分兑换目录).
        item: Text<40>,
    }
}

/// 积分兑换。Exchanges points for an offer.
///
/// 先得先用。The oldest points go first.
#[utoipa::path(post, path = "/points-bank/{volunteer}/redemptions", tag = "points",
    request_body = Redemption, responses((status = 200, body = Answer)))]
async fn redeem_points(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    request: CommandRequest<Redemption>,
) -> Result<Answer, Problem> {
    // A refusal names the item, so it must not be able to hold a number that reaches somebody.
    let item = request.input.item.to_string();
    Answer::of(&state.app.redeem(volunteer, item, &request.caller).await?)
}

/// 兑换撤销。Takes an exchange back, because the offer was not given.
///
/// 积分退回。The points come back.
#[utoipa::path(delete, path = "/points-bank/{volunteer}/redemptions/{redemption}", tag = "points",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn cancel_redemption(
    State(state): State<AppState>,
    PathParams2(volunteer, redemption): PathParams2<PersonId, u32>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.cancel_redemption(volunteer, redemption, &request.caller).await?)
}
