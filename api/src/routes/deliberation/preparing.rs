//! What is said and decided of an issue before a meeting votes on it.

use application::InvalidReference;
use axum::extract::State;
use domain::issue::{OpinionsCollected, Rejection, Step};
use domain::meeting::Form;
use domain::permission::Act;
use domain::{IssueId, SealedDigest, Text};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(collect_opinions), Act::AnswerIssue, &[Rejection::CODES]))
        .routes(evidenced(command(
            routes!(take_step),
            Act::TakeStep,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
}

input! {
    /// 征集的意见.
    struct Opinions {
        /// 议事形式: on the square, in a building or on site.
        form: Form = "square",
        /// The day.
        held_on: Date,
        /// 地点, at most 100 characters.
        place: Text<100>,
        /// How many were there.
        people: u32,
        /// What they said, at most 1000 characters, without personal data.
        opinions: Text<1000>,
    }
}

/// 征集意见。Takes down what people said on the square, in a building or on site, without a vote.
///
/// 之后可列入议题，或当场解决后办结。The issue then goes on to a meeting, or is settled on the spot.
#[utoipa::path(post, path = "/issues/{issue}/opinions", tag = "issues", request_body = Opinions,
    responses((status = 200, body = Answer)))]
async fn collect_opinions(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Opinions>,
) -> Result<Answer, Problem> {
    let Opinions { form, held_on, place, people, opinions } = request.input;
    let heard = OpinionsCollected { form, held_on, place, people, opinions };
    Answer::of(&state.app.collect_opinions(issue, heard, &request.caller).await?)
}

input! {
    /// 四议两公开的一个环节.
    struct StepInput {
        /// Which; none is skipped.
        step: Step,
        /// The day.
        held_on: Date,
        /// What came of it, at most 500 characters.
        conclusion: Text<500>,
        /// 佐证材料: what shows it, one piece at least.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 重大事项环节。Takes down a step of a great matter: 支部提议, 两委商议 or 党员大会审议.
///
/// 三个环节齐备后，方可列入村民会议或村民代表会议议程。After all three, the villagers or their representatives may decide.
#[utoipa::path(post, path = "/issues/{issue}/steps", tag = "issues", request_body = StepInput,
    responses((status = 200, body = Answer)))]
async fn take_step(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<StepInput>,
) -> Result<Answer, Problem> {
    let StepInput { step, held_on, conclusion, evidence } = request.input;
    let (app, caller) = (&state.app, &request.caller);
    Answer::of(&app.take_step(issue, step, held_on, conclusion, &evidence, caller).await?)
}
