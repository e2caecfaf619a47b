//! 计票表: a table of how buildings voted, taken down as their counting lists.

use application::Caller;
use application::imports::{
    Counted, CountedList, MAX_FILE_BYTES, Mode, Note, Outcome, Replacing, RowProblem,
    import_counting_lists,
};
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use domain::meeting::{Ballots, Rejection};
use domain::permission::Act;
use domain::{MeetingId, Text};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::imports::no_file;
use crate::answer::problem::{Problem, failed};
use crate::openapi::operation::{also, upload};
use crate::request::account::Account;
use crate::request::query::Params;
use crate::request::upload::{AROUND_THE_FILE, of_form};
use crate::state::AppState;

const MALFORMED: (StatusCode, &str, &str) =
    (StatusCode::BAD_REQUEST, "query.*", "A parameter is unknown, repeated or malformed.");

pub fn router() -> OpenApiRouter<AppState> {
    let lists =
        upload(routes!(import_counting_list_table), Act::RecordMeeting, &[Rejection::CODES]);
    OpenApiRouter::new()
        .routes(also(lists, &[MALFORMED]))
        .layer(DefaultBodyLimit::max(MAX_FILE_BYTES + AROUND_THE_FILE))
}

/// Counting lists to import.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form; the file itself is read from the stream")]
struct CountingListUpload {
    /// XLSX or CSV of at most 20 MiB; `GET /imports/template/counting-lists` gives an empty one.
    #[schema(content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// Of what the lists are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OfTopic {
    /// 会议编号.
    #[param(example = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff")]
    meeting: String,
    /// 议题序号.
    #[param(example = 1)]
    topic: u8,
    /// 更换理由; needed where a list that was taken down is to be another.
    #[param(example = "漏计1单元")]
    reason: Option<String>,
    /// 佐证材料 digests of evidence, parted by commas; needed likewise.
    #[param(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    evidence: Option<String>,
    /// 预览: only tell what would come of it.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    dry_run: bool,
}

/// What a table of counting lists came to, or would. With a problem nothing of it is taken.
#[derive(Serialize, ToSchema)]
struct CountingReport {
    /// Rows that hold anything.
    rows: u32,
    /// Each building or group, its rows added up.
    lists: Vec<BuildingCount>,
    /// All of them together.
    total: Counts,
    /// Why nothing was taken, by cell.
    #[schema(value_type = Vec<Object>)]
    problems: Vec<RowProblem>,
    /// What was read and what was left out, and why.
    #[schema(value_type = Vec<Object>)]
    notes: Vec<Note>,
}

/// What the rows of a building come to.
#[derive(Serialize, ToSchema)]
struct BuildingCount {
    /// 楼栋、村民小组.
    #[schema(example = "3号楼")]
    building: String,
    /// `added`, `changed`, `unchanged` or `not_taken`.
    #[schema(value_type = String, example = "added")]
    outcome: Outcome,
    /// Its votes.
    #[serde(flatten)]
    count: Counts,
}

/// Votes as sums: heads, and area in hundredths of a square metre where it counts.
#[derive(Serialize, ToSchema)]
struct Counts {
    /// 赞成人数.
    agree: u32,
    /// 反对人数.
    against: u32,
    /// 弃权人数.
    abstain: u32,
    /// 赞成面积.
    agree_area: u64,
    /// 反对面积.
    against_area: u64,
    /// 弃权面积.
    abstain_area: u64,
}

impl From<Ballots> for Counts {
    fn from(Ballots { agree, against, abstain }: Ballots) -> Self {
        Self {
            agree: agree.heads,
            against: against.heads,
            abstain: abstain.heads,
            agree_area: agree.area,
            against_area: against.area,
            abstain_area: abstain.area,
        }
    }
}

impl From<Counted> for CountingReport {
    fn from(Counted { rows, lists, total, problems, notes }: Counted) -> Self {
        let counted = |CountedList { list, outcome }: CountedList| BuildingCount {
            building: list.building.to_string(),
            outcome,
            count: list.count.into(),
        };
        let lists = lists.into_iter().map(counted).collect();
        Self { rows, lists, total: total.into(), problems, notes }
    }
}

/// 导入计票表。Imports how buildings or groups voted on a topic: the rows of each are added up to its counting list.
///
/// 有一格不能读取的，整张表不导入；同一楼栋已有计票表而数字不同的，须写明更换理由并附佐证材料。With one cell that cannot be
/// read nothing is taken; a list that is to be another than was taken down wants a reason and evidence.
#[utoipa::path(post, path = "/imports/counting-lists", tag = "imports", params(OfTopic),
    request_body(content = CountingListUpload, content_type = "multipart/form-data"),
    responses((status = 200, body = CountingReport)))]
async fn import_counting_list_table(
    State(state): State<AppState>,
    Account(actor): Account,
    Params(OfTopic { meeting, topic, reason, evidence, dry_run }): Params<OfTopic>,
    request: Request,
) -> Result<Json<CountingReport>, Problem> {
    // Nobody sends 20 MiB to hear that they may not.
    state.app.permit(&actor, Act::RecordMeeting, actor.unit.as_ref(), None)?;
    let meeting = meeting.parse::<MeetingId>();
    let meeting = meeting.map_err(|bad| Problem::bad_value("meeting", &bad))?;
    let reason = reason.map(|text| Text::new(&text)).transpose();
    let reason = reason.map_err(|bad| Problem::bad_value("reason", &bad))?;
    let digests = evidence.iter().flat_map(|all| all.split(',')).map(|one| one.trim().parse());
    let evidence = digests.collect::<Result<_, _>>();
    let evidence = evidence.map_err(|bad| Problem::bad_value("evidence", &bad))?;
    let replacing = Replacing { reason, evidence };
    let file = of_form(request, &state).await.map_err(no_file)?;
    let (app, caller) = (std::sync::Arc::clone(&state.app), Caller::new(actor, Uuid::now_v7()));
    let mode = if dry_run { Mode::Preview } else { Mode::Import };
    // A client that hangs up does not stop an import halfway.
    let importing = tokio::spawn(async move {
        import_counting_lists(&app, file, meeting, topic, replacing, mode, &caller).await
    });
    let counted = importing.await.map_err(|error| failed(&error))?;
    Ok(Json(counted.map_err(Problem::from)?.into()))
}
