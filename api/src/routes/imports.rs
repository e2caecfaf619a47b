//! 导入: whole tables at once.

use application::Caller;
use application::imports::{
    self, BadFile, ImportError, Imported, Kind, MAX_FILE_BYTES, Mode, Note, RowOutcome, RowProblem,
};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ImportId;
use domain::permission::Act;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{of_accounts, upload};
use crate::request::account::Account;
use crate::request::path::{Named, PathParam};
use crate::request::query::Params;
use crate::request::upload::{self, AROUND_THE_FILE, NoFile};
use crate::request::words;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(upload(routes!(import_table), Act::Import, &[]))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + AROUND_THE_FILE))
        .routes(of_accounts(
            routes!(read_import_template),
            "任何账号可用。Any account may call it.",
        ))
}

impl Named for Kind {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        words::word(text, &Self::ALL, Self::as_str, Self::zh).map_err(|words| {
            Problem::new(
                StatusCode::NOT_FOUND,
                "import.kind",
                format!("应为下列之一：{words}。"),
                format!("Expected one of {words:#}."),
            )
            .at(name)
        })
    }
}

/// A table to import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read from the stream")]
struct Upload {
    /// XLSX or XLS with any number of sheets, or CSV in UTF-8, UTF-16 or GB18030, parted by commas, semicolons or tabs; at most 20 MiB.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// What an import did, or would do. Good rows are in; the same file again changes nothing.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportReport {
    /// Number of the import, by which it is undone; none for a preview, and where nothing had to be stored.
    #[schema(value_type = Option<Uuid>)]
    import: Option<ImportId>,
    /// Rows that hold anything.
    rows: u32,
    /// Rows that added somebody or something.
    added: u32,
    /// Rows that changed something known.
    changed: u32,
    /// Rows that say what is known.
    unchanged: u32,
    /// Rows of which nothing was taken.
    not_taken: u32,
    /// Why they were not, by row; never a personal value.
    #[schema(value_type = Vec<Object>)]
    problems: Vec<RowProblem>,
    /// What was read and what was left out and why: sheets, titles, remarks beneath the table, hidden rows.
    #[schema(value_type = Vec<Object>)]
    notes: Vec<Note>,
    /// What became of every row: number, outcome, and the columns that differed.
    #[schema(value_type = Vec<Object>)]
    outcomes: Vec<RowOutcome>,
}

impl From<Imported> for ImportReport {
    fn from(imported: Imported) -> Self {
        let Imported {
            import,
            rows,
            added,
            changed,
            unchanged,
            not_taken,
            problems,
            notes,
            outcomes,
        } = imported;
        Self { import, rows, added, changed, unchanged, not_taken, problems, notes, outcomes }
    }
}

/// How to import.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct HowToImport {
    /// 预览: `true` says what the import would come to, and stores nothing.
    #[serde(default)]
    dry_run: bool,
    /// `xlsx`: the file comes back as a workbook, with what became of every row in columns of its own.
    #[serde(default)]
    #[param(inline)]
    format: ReportForm,
}

/// As what an import answers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReportForm {
    /// A report.
    #[default]
    Json,
    /// The file itself, as a workbook.
    Xlsx,
}

/// 导入区划、单位或花名册。Imports a table of divisions, units or people.
///
/// 逐行与已登记的内容核对：新增、变更、未变，或列为问题。Every row is held against what is known: it adds, changes, says
/// nothing new, or is listed as a problem; the others go in.
#[utoipa::path(post, path = "/imports/{kind}", tag = "imports", params(HowToImport),
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, content((ImportReport = "application/json"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
async fn import_table(
    State(state): State<AppState>,
    PathParam(kind): PathParam<Kind>,
    Account(actor): Account,
    Params(HowToImport { dry_run, format }): Params<HowToImport>,
    request: Request,
) -> Result<Response, Problem> {
    // Nobody sends 20 MiB to hear that they may not.
    state.app.permit(&actor, Act::Import, actor.unit.as_ref(), None)?;
    let file = upload::of_form(request, &state).await.map_err(no_file)?;
    let caller = Caller::new(actor, Uuid::now_v7());
    let app = std::sync::Arc::clone(&state.app);
    let mode = if dry_run { Mode::Preview } else { Mode::Import };
    let sent = file.clone();
    // A client that hangs up does not stop an import halfway.
    let importing =
        tokio::spawn(
            async move { imports::import(&app, kind, file, mode, &caller, &|_, _| ()).await },
        );
    let imported = importing.await.map_err(|error| failed(&error))?.map_err(Problem::from)?;
    if format == ReportForm::Json {
        return Ok(Json(ImportReport::from(imported)).into_response());
    }
    let workbook = state.aside.run(move || imports::returned(kind, &sent, &imported)).await;
    let workbook = workbook.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    Ok(attached(&format!("{}-result.xlsx", kind.as_str()), workbook).into_response())
}

/// A workbook as a file of its own.
fn attached(name: &str, workbook: Vec<u8>) -> impl IntoResponse + use<> {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let named = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, named)], workbook)
}

/// Why there is no file to import.
pub(super) fn no_file(why: NoFile) -> Problem {
    match why {
        NoFile::NotAForm => Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "import.multipart",
            "请以 multipart/form-data 上传，文件字段名为 file。",
            "Upload as multipart/form-data with the file in the field `file`.",
        ),
        NoFile::NotThere => Problem::new(
            StatusCode::BAD_REQUEST,
            "import.no_file",
            "没有找到文件；字段名应为 file。",
            "There is no file; its field is called `file`.",
        )
        .at("file"),
        NoFile::TooLarge => {
            let mib = MAX_FILE_BYTES / 1024 / 1024;
            Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "import.too_large",
                format!("文件最大{mib} MiB；请分成几个文件。"),
                format!("A file has at most {mib} MiB; split it."),
            )
        }
        NoFile::Broken => Problem::new(
            StatusCode::BAD_REQUEST,
            "import.broken",
            "上传内容不完整或格式有误。",
            "The upload is incomplete or malformed.",
        ),
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::File(bad) => bad_file(&bad),
            ImportError::Service(error) => error.into(),
        }
    }
}

fn bad_file(bad: &BadFile) -> Problem {
    Problem::refused(bad).at("file")
}

/// 空白表格。Returns an empty workbook to fill in, with what is accepted in each column.
#[utoipa::path(get, path = "/imports/template/{kind}", tag = "imports",
    responses((status = 200, body = Vec<u8>,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn read_import_template(
    PathParam(kind): PathParam<Kind>,
    _: Account,
) -> Result<impl IntoResponse, Problem> {
    let workbook = imports::template(kind).map_err(|error| failed(&error))?;
    Ok(attached(&format!("{}.xlsx", kind.as_str()), workbook))
}
