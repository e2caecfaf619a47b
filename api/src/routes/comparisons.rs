//! 实名比对 in bulk.

use std::collections::BTreeMap;

use application::Caller;
use application::comparing::{self, Asked, Compared, Line};
use application::imports::MAX_FILE_BYTES;
use application::imports::Note;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::comparison::Rejection;
use domain::permission::Act;
use domain::{ComparisonId, Text, UnitCode};
use papers::table::texts;
use projections::models::comparison_register::Comparison;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::imports::no_file;
use crate::answer::problem::{Problem, failed};
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{list, one, upload, vaulted};
use crate::request::account::Account;
use crate::request::filter::Unfiltered;
use crate::request::path::PathParam;
use crate::request::query::{Params, View, Viewed};
use crate::request::upload::{self, AROUND_THE_FILE};
use crate::state::AppState;

type ComparisonPage = RowPage<Comparison>;
type ComparisonRow = Row<Comparison>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(vaulted(upload(routes!(compare_roster), Act::MatchRealName, &[Rejection::CODES])))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + AROUND_THE_FILE))
        .routes(list(routes!(list_comparisons), Act::ReadComparisons))
        .routes(one(routes!(read_comparison), Act::ReadComparisons))
}

/// How a roster is compared.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct How {
    /// 名册: what the roster is called, and of which day it is; at most 80 characters.
    #[param(min_length = 1, max_length = 80, example = "团县委实名库2026年11月")]
    roster: String,
    /// 目的: why people's personal data is opened for it, recorded with each reading; at most 60 characters.
    #[param(min_length = 1, max_length = 60, example = "年度实名比对")]
    purpose: String,
    /// 范围: only people of this unit and those below it; none for the whole county.
    #[param(example = "330225105")]
    within: Option<String>,
    /// 名册完整: whether the roster lists everybody, so that it does not bear out whom it leaves out.
    #[serde(default)]
    #[param(required = false)]
    whole: bool,
    /// 预览: whether nothing is stated, and what would come of it is only shown.
    #[serde(default)]
    #[param(required = false)]
    dry_run: bool,
    /// `json` or `csv`; also by `Accept: text/csv`. A CSV holds the lines only.
    #[param(example = "json")]
    format: Option<String>,
}

impl How {
    fn asked(&self) -> Result<Asked, Problem> {
        let within = self.within.as_deref().map(UnitCode::new).transpose();
        Ok(Asked {
            roster: Text::new(&self.roster).map_err(|bad| Problem::bad_value("roster", &bad))?,
            purpose: Text::new(&self.purpose).map_err(|bad| Problem::bad_value("purpose", &bad))?,
            within: within.map_err(|bad| Problem::bad_value("within", &bad))?,
            whole: self.whole,
            dry_run: self.dry_run,
        })
    }

    fn as_csv(&self, headers: &HeaderMap) -> Result<bool, Problem> {
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
        match self.format.as_deref() {
            Some("csv") => Ok(true),
            Some("json") => Ok(false),
            None => Ok(accept.is_some_and(|accept| accept.contains("text/csv"))),
            Some(_) => Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "query.format",
                "应为 json 或 csv。",
                "Expected json or csv.",
            )
            .at("format")),
        }
    }
}

/// A roster to compare.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read from the stream")]
struct RosterFile {
    /// XLSX or CSV of at most 20 MiB, with the columns 姓名 and 身份证号, and 志愿者编号 and 单位 where there are such.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// What a comparison came to: how often each outcome came, and row by row. It names people by number only.
#[derive(Serialize, ToSchema)]
struct ComparisonReport {
    /// 比对编号; none of a preview.
    #[schema(value_type = Option<String>, example = "3e9b7c15-8a2d-4f60-b1c4-6d7e8f9a0b12")]
    comparison: Option<ComparisonId>,
    /// Rows that hold anything.
    rows: u32,
    /// People registered who were held against it.
    registered: u32,
    /// Whether the roster counted as whole: one with rows or sheets that cannot be read does not.
    whole: bool,
    /// How often each outcome came.
    #[schema(value_type = Object)]
    outcomes: BTreeMap<&'static str, u32>,
    /// Row by row, then who is missing.
    #[schema(value_type = Vec<Object>)]
    items: Vec<Line>,
    /// What of the file was read, and what was left out and why.
    #[schema(value_type = Vec<Object>)]
    notes: Vec<Note>,
}

/// 实名比对。Holds a roster of the office's register against everybody registered, in one run.
///
/// 身份证号和姓名只在个人信息库内比对，每一次查阅都有记录；结果只写行号、志愿者编号和列名。`dry_run` 只预览，不认定。Identity numbers
/// and names are compared inside the vault, and each reading is recorded; the result names rows, numbers and columns only. Of
/// whom the roster bears out or not, that is stated: see `RealNameMatched` and `RealNameRefused`, whose cause is the comparison.
/// The lines are kept nowhere: whoever did not get them compares the same roster with `dry_run`.
#[utoipa::path(post, path = "/comparisons", tag = "comparisons", params(How),
    request_body(content = RosterFile, content_type = "multipart/form-data"),
    responses((status = 200, body = ComparisonReport)))]
async fn compare_roster(
    State(state): State<AppState>,
    Account(actor): Account,
    Params(how): Params<How>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    // Nobody sends 20 MiB to hear that they may not.
    state.app.permit(&actor, Act::MatchRealName, None, None)?;
    let (asked, as_csv) = (how.asked()?, how.as_csv(&headers)?);
    let file = upload::of_form(request, &state).await.map_err(no_file)?;
    let people = state.queries.registered(&actor).await?;
    let caller = Caller::new(actor, Uuid::now_v7());
    let app = std::sync::Arc::clone(&state.app);
    // A client that hangs up does not stop a comparison halfway.
    let comparing = tokio::spawn(async move {
        comparing::compare(&app, file, &asked, people, &caller, &|_, _| ()).await
    });
    let compared = comparing.await.map_err(|error| failed(&error))?.map_err(Problem::from)?;
    let Compared { comparison, rows, registered, whole, outcomes, lines, notes } = compared;
    if as_csv {
        let write = move || texts(comparing::COLUMNS, lines.iter().map(Line::cells));
        let table = state.aside.run(write).await.map_err(|error| failed(&error))?;
        let table = table.map_err(|error| failed(&error))?;
        let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
        return Ok((kind, table).into_response());
    }
    let outcomes = outcomes.iter().map(|(outcome, count)| (outcome.as_str(), *count)).collect();
    let report =
        ComparisonReport { comparison, rows, registered, whole, outcomes, items: lines, notes };
    Ok(Json(report).into_response())
}

/// 实名比对一览。Lists which rosters were compared and what came of it, the latest first.
#[utoipa::path(get, path = "/comparisons", tag = "comparisons", params(View),
    responses((status = 200, body = ComparisonPage)))]
async fn list_comparisons(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.comparisons(&actor, &view.list()).await?;
    state.listed(&view, found).await
}

/// 一次实名比对。Reads which roster was compared and what came of it.
#[utoipa::path(get, path = "/comparisons/{comparison}", tag = "comparisons", params(View),
    responses((status = 200, body = ComparisonRow)))]
async fn read_comparison(
    State(state): State<AppState>,
    PathParam(comparison): PathParam<ComparisonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.comparison(&actor, comparison, view.moment()).await?;
    state.shown(&view, found)
}
