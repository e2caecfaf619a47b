//! 满意度测评: what is asked, and the replies.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::SurveyId;
use domain::survey::{Answers, Satisfaction};
use projections::models::survey_result::SurveyResult;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::Row;
use crate::openapi::operation::{filing, linked, public};
use crate::request::account::AnyAccount;
use crate::request::filter::Unfiltered;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::request::public::Filed;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type SurveyRow = Row<SurveyResult>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(public(routes!(read_public_survey)))
        .routes(linked(filing(routes!(reply_to_survey), &[domain::survey::Rejection::CODES])))
}

/// 一次测评。Reads what is asked, and until when.
///
/// 结束且回复足够多时才有比例；查询过去某一时间需要令牌。Rates follow once it is closed and enough replied. `as_of` needs a token.
#[utoipa::path(get, path = "/public/surveys/{survey}", tag = "public", security(()), params(View),
    responses((status = 200, body = SurveyRow)))]
async fn read_public_survey(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    AnyAccount(asker): AnyAccount,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.public_survey(asker.as_ref(), survey, view.moment()).await?;
    state.shown(&view, found)
}

input! {
    /// A reply.
    struct Reply {
        /// 测评码 as it was handed out; counts once.
        code: String,
        /// 知晓: whether 援法议事 is known.
        aware: bool,
        /// 参与: whether the household took part in it.
        took_part: bool,
        /// 认可: whether it is recognised.
        recognises: bool,
        /// 满意度.
        satisfaction: Satisfaction,
    }
}

/// 测评回复。Replies to a survey with the code of a ballot.
///
/// 谁持有哪一个，没有记录。Nobody has written down who holds which.
#[utoipa::path(post, path = "/public/surveys/{survey}/replies", tag = "public", security(()),
    request_body = Reply, responses((status = 204)))]
async fn reply_to_survey(
    State(state): State<AppState>,
    PathParam(survey): PathParam<Option<SurveyId>>,
    filed: Filed<Reply, false>,
) -> Result<StatusCode, Problem> {
    let Filed { caller, input, peer } = filed;
    let Reply { code, aware, took_part, recognises, satisfaction } = input;
    let answers = Answers { aware, took_part, recognises, satisfaction };
    let survey = survey.ok_or_else(|| state.leads_nowhere(peer))?;
    let done = state.app.reply_survey(survey, &code, answers, &caller).await;
    state.opened(peer, done)?;
    Ok(StatusCode::NO_CONTENT)
}
