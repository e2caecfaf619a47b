//! 规则簿.

use axum::Json;
use axum::extract::State;
use domain::Text;
use domain::permission::Act;
use domain::rulebook::{Adopted, Rules};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, one};
use crate::request::account::Account;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(one(routes!(read_rulebook), Act::ReadUnits)).routes(command(
        routes!(adopt_rulebook),
        Act::AdoptRulebook,
        &[domain::rulebook::Rejection::CODES],
    ))
}

input! {
    /// A version of the rulebook to adopt.
    struct NewVersion {
        /// First day of validity, today or later.
        effective_from: Date,
        /// All figures, each as `{value, source}`; the shape is that of `GET /rulebook`.
        rules: Rules,
        /// Why it changes, at most 200 characters.
        reason: Text<200>,
    }
}

/// 规则簿通过。Adopts a new version of the rulebook.
///
/// 任何版本都不修改。None is ever edited.
#[utoipa::path(post, path = "/rulebook/versions", tag = "rulebook", request_body = NewVersion,
    responses((status = 201, body = Answer)))]
async fn adopt_rulebook(
    State(state): State<AppState>,
    request: CommandRequest<NewVersion>,
) -> Result<Answer, Problem> {
    let NewVersion { effective_from, rules, reason } = request.input;
    let done = state.app.adopt_rulebook(effective_from, rules, reason, &request.caller).await?;
    Ok(Answer::of(&done)?.made("/api/v1/rulebook".to_owned()))
}

/// A version of the rulebook.
#[derive(Debug, Serialize, ToSchema)]
struct Version {
    /// 0 is what the program ships with.
    version: u32,
    /// First day of validity.
    effective_from: Date,
    /// All figures, each with its source.
    #[schema(value_type = Object)]
    rules: Rules,
    /// Why it was adopted.
    reason: String,
}

impl Version {
    fn of(adopted: Adopted) -> Self {
        Self {
            version: adopted.version,
            effective_from: adopted.effective_from,
            rules: adopted.rules,
            reason: adopted.reason.to_string(),
        }
    }
}

/// The rulebook.
#[derive(Debug, Serialize, ToSchema)]
struct Rulebook {
    /// The version in force today.
    in_force: Version,
    /// All that were adopted, oldest first.
    versions: Vec<Version>,
}

/// 规则簿。Reads the version in force today and all that were adopted.
#[utoipa::path(get, path = "/rulebook", tag = "rulebook", responses((status = 200, body = Rulebook)))]
async fn read_rulebook(
    State(state): State<AppState>,
    Account(actor): Account,
) -> Result<Json<Rulebook>, Problem> {
    let found = state.queries.rulebook(&actor)?;
    Ok(Json(Rulebook {
        in_force: Version::of(found.in_force),
        versions: found.versions.into_iter().map(Version::of).collect(),
    }))
}
