//! 导入登记: what was imported, and taking it back.

use std::sync::Arc;

use application::imports::{self, Mode, NotUndone};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::import::Rejection;
use domain::permission::Act;
use domain::{ImportId, UnitCode};
use projections::models::import_register::{self, Import};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::{Problem, failed};
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{command, list, one, vaulted};
use crate::request::account::Account;
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::PathParam;
use crate::request::query::{Params, View, Viewed};
use crate::state::AppState;

type ImportRow = Row<Import>;
type ImportPage = RowPage<Import>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_imports), Act::Import))
        .routes(one(routes!(read_import), Act::Import))
        .routes(vaulted(command(
            routes!(undo_import),
            Act::Import,
            &[Rejection::CODES, NotUndone::CODES],
        )))
}

filter! {
    /// Which imports.
    Imports {
        /// Only by accounts of this 单位; the account's own where it sees no more.
        unit: UnitCode,
    }
}

/// 导入登记。Lists what was imported, the latest first.
#[utoipa::path(get, path = "/imports", tag = "imports", params(View, Imports),
    responses((status = 200, body = ImportPage)))]
async fn list_imports(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Imports { unit } }: Viewed<Imports>,
) -> Result<Response, Problem> {
    let filter = import_register::Filter { unit, kind: None };
    let found = state.queries.imports(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一次导入。Reads what one import came to.
#[utoipa::path(get, path = "/imports/register/{import}", tag = "imports", params(View),
    responses((status = 200, body = ImportRow)))]
async fn read_import(
    State(state): State<AppState>,
    PathParam(import): PathParam<ImportId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.import(&actor, import, view.moment()).await?;
    state.shown(&view, found)
}

/// How to undo an import.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HowToUndo {
    /// 预览: `true` says what the undoing would come to, and stores nothing.
    #[serde(default)]
    dry_run: bool,
}

/// What the undoing of an import came to, or would.
#[derive(Serialize, ToSchema)]
struct UndoReport {
    /// 志愿者编号 and 单位代码 of which the import's facts were taken back.
    undone: Vec<String>,
    /// Of which they stay, and why.
    stayed: Vec<StayedReport>,
}

/// Of whom or what an import's facts stay.
#[derive(Serialize, ToSchema)]
struct StayedReport {
    /// 志愿者编号 or 单位代码.
    number: String,
    /// Stable code, for example `import.rested_on`.
    code: &'static str,
    /// Why, in Chinese.
    zh: String,
    /// Why, in English.
    en: String,
}

/// 撤销导入。Takes an import back as a whole, by facts that name it.
///
/// 此后已有其他事项以之为据的予以保留，并逐一列出。Whoever has later facts resting on theirs stays as they are, and is listed.
#[utoipa::path(post, path = "/imports/register/{import}/undo", tag = "imports", params(HowToUndo),
    request_body = Reason, responses((status = 200, body = UndoReport)))]
async fn undo_import(
    State(state): State<AppState>,
    PathParam(import): PathParam<ImportId>,
    Params(HowToUndo { dry_run }): Params<HowToUndo>,
    request: CommandRequest<Reason>,
) -> Result<Json<UndoReport>, Problem> {
    let (app, CommandRequest { input, caller }) = (Arc::clone(&state.app), request);
    let mode = if dry_run { Mode::Preview } else { Mode::Import };
    // A client that hangs up does not stop it halfway.
    let undoing = tokio::spawn(async move {
        imports::undo(&app, import, input.reason, mode, &caller, &|_, _| ()).await
    });
    let undoing = undoing.await.map_err(|error| failed(&error))??;
    let stayed = undoing.stayed.into_iter().map(|(number, why)| StayedReport {
        number,
        code: why.code(),
        zh: why.zh(),
        en: why.en(),
    });
    Ok(Json(UndoReport { undone: undoing.undone, stayed: stayed.collect() }))
}
