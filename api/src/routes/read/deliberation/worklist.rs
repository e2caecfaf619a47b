use application::queries::Tasks;
use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{PersonId, UnitCode};
use projections::models::supervision_worklist::{self, Kind, WaitsFor};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::RowPage;
use crate::openapi::operation::list;
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type TaskPage = RowPage<supervision_worklist::Task>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(list(routes!(list_worklist), Act::ReadDeliberation))
}

filter! {
    /// Which tasks.
    Wanted {
        /// Only of this unit and those below it; the account's own where it sees no more.
        station: UnitCode,
        /// Only what waits for these.
        waits_for: WaitsFor,
        /// What is to be done, for example `verify_completion`.
        kind: Kind,
        /// 人员编号: only what this person executes.
        executor: PersonId,
        /// 逾期: `true`: only what should have been done before today.
        overdue: bool,
    }
}

/// 监督工作清单。Lists what waits for whom, the longest first.
#[utoipa::path(get, path = "/worklist", tag = "read", params(View, Wanted),
    responses((status = 200, body = TaskPage)))]
async fn list_worklist(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Wanted>,
) -> Result<Response, Problem> {
    let Wanted { station: within, waits_for, kind, executor, overdue } = filter;
    let overdue = overdue == Some(true);
    let tasks = Tasks { within, waits_for, kind, executor, overdue };
    let found = state.queries.worklist(&actor, tasks, &view.list()).await?;
    state.listed(&view, found).await
}
