use application::{NoPurpose, PROPOSED};
use axum::Json;
use axum::extract::State;
use domain::Text;
use domain::permission::Act;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use vault::Occasion;

use crate::answer::problem::Problem;
use crate::openapi::operation::{command, one, vaulted};
use crate::request::account::Account;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    let act = Act::ChoosePurpose;
    OpenApiRouter::new()
        .routes(vaulted(one(routes!(read_purpose), act)))
        .routes(vaulted(command(routes!(choose_purpose), act, &[NoPurpose::CODES])))
        .routes(vaulted(command(routes!(end_purpose), act, &[])))
}

input! {
    /// What personal data will be read for.
    struct ChosenPurpose {
        /// 查阅事由, at most 200 bytes, without personal data; recorded with every reading.
        purpose: Text<200> = "核对花名册",
    }
}

/// What an account reads for.
#[derive(Serialize, ToSchema)]
struct PurposeShown {
    /// 查阅事由.
    #[schema(example = "核对花名册")]
    purpose: String,
    /// Since when.
    opened_at: Timestamp,
    /// Until when; choosing the same again goes on from then.
    until: Timestamp,
}

impl From<Occasion> for PurposeShown {
    fn from(chosen: Occasion) -> Self {
        Self { purpose: chosen.purpose, opened_at: chosen.opened_at, until: chosen.until }
    }
}

/// The purpose at the moment, and others to choose from.
#[derive(Serialize, ToSchema)]
struct Purposes {
    /// None where nothing is chosen, or its time is over.
    current: Option<PurposeShown>,
    /// Proposals; any other may be written.
    proposed: Vec<&'static str>,
}

/// 当前查阅事由。Reads what this account reads personal data for at the moment, with proposals.
#[utoipa::path(get, path = "/reading-purpose", tag = "people", responses((status = 200, body = Purposes)))]
async fn read_purpose(
    State(state): State<AppState>,
    Account(actor): Account,
) -> Result<Json<Purposes>, Problem> {
    let current = state.app.purpose(&actor).await?.map(Into::into);
    Ok(Json(Purposes { current, proposed: PROPOSED.to_vec() }))
}

/// 选定查阅事由。Chooses what personal data is read for, once for a piece of work: for 30 minutes.
///
/// 期间的每次查阅都按此事由记录，不必逐次填写；再次选定同一事由即延长，选定另一事由即更换。Every reading in that time is recorded
/// with it and need not say it again. The same once more goes on for 30 minutes, another takes its place.
#[utoipa::path(post, path = "/reading-purpose", tag = "people", request_body = ChosenPurpose,
    responses((status = 200, body = PurposeShown)))]
async fn choose_purpose(
    State(state): State<AppState>,
    request: CommandRequest<ChosenPurpose>,
) -> Result<Json<PurposeShown>, Problem> {
    let purpose = request.input.purpose.to_string();
    Ok(Json(state.app.choose_purpose(&request.caller.actor, purpose).await?.into()))
}

/// 结束查阅。Ends the purpose before its time.
#[utoipa::path(post, path = "/reading-purpose/end", tag = "people",
    responses((status = 200, body = Purposes)))]
async fn end_purpose(
    State(state): State<AppState>,
    request: CommandRequest<Nothing>,
) -> Result<Json<Purposes>, Problem> {
    state.app.end_purpose(&request.caller.actor).await?;
    Ok(Json(Purposes { current: None, proposed: PROPOSED.to_vec() }))
}
