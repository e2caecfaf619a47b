//! 签到表: a sheet of who came, as service records that await attestation.

use application::Caller;
use application::imports::{MAX_FILE_BYTES, Mode, import_sign_in};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use domain::ActivityId;
use domain::permission::Act;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::imports::{ImportReport, no_file};
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{also, upload};
use crate::request::account::Account;
use crate::request::query::Params;
use crate::request::upload::{AROUND_THE_FILE, of_form};
use crate::state::AppState;

const MALFORMED: (StatusCode, &str, &str) =
    (StatusCode::BAD_REQUEST, "query.*", "A parameter is unknown, repeated or malformed.");

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(also(upload(routes!(import_sign_in_sheet), Act::RecordService, &[]), &[MALFORMED]))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + AROUND_THE_FILE))
}

/// A sign-in sheet to import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read from the stream")]
struct SignInUpload {
    /// XLSX or CSV of at most 20 MiB; `GET /imports/template/sign-in` gives an empty one.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// How to take the sheet.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct How {
    /// 活动编号 of all rows, where the sheet has no such column.
    activity: Option<String>,
    /// 预览: only tell what would come of it.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    dry_run: bool,
}

/// 导入签到表。Imports a sign-in sheet: each row becomes a service record that awaits attestation.
///
/// 志愿者以编号写明;记录人是上传的账号,不得认定这些记录。Volunteers stand in it by number. Who uploads it is the recorder, and attests none of these records.
#[utoipa::path(post, path = "/imports/sign-in", tag = "imports", params(How),
    request_body(content = SignInUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = ImportReport)))]
async fn import_sign_in_sheet(
    State(state): State<AppState>,
    Account(actor): Account,
    Params(How { activity, dry_run }): Params<How>,
    request: Request,
) -> Result<Json<ImportReport>, Problem> {
    // Nobody sends 20 MiB to hear that they may not.
    state.app.permit(&actor, Act::RecordService, actor.unit.as_ref(), None)?;
    let activity = activity.map(|number| number.parse::<ActivityId>()).transpose();
    let activity = activity.map_err(|bad| Problem::bad_value("activity", &bad))?;
    let file = of_form(request, &state).await.map_err(no_file)?;
    let (app, caller) = (std::sync::Arc::clone(&state.app), Caller::new(actor, Uuid::now_v7()));
    let mode = if dry_run { Mode::Preview } else { Mode::Import };
    // A client that hangs up does not stop an import halfway.
    let importing = tokio::spawn(async move {
        import_sign_in(&app, file, activity, mode, &caller, &|_, _| ()).await
    });
    let imported = importing.await.map_err(|error| failed(&error))?;
    Ok(Json(imported.map_err(Problem::from)?.into()))
}
