//! 援法议事: stations, issues, meetings, resolutions and surveys, and the evidence that they cite.

mod attending;
mod elections;
mod evidence;
mod execution;
mod issues;
mod meetings;
mod members;
mod minutes;
mod notice;
mod objections;
mod preparing;
mod routing;
mod stations;
mod supervision;
mod surveys;
mod triage;
mod voting;

pub use objections::NewObjection;
use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// All commands of deliberation.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(evidence::router())
        .merge(stations::router())
        .merge(elections::router())
        .merge(members::router())
        .merge(issues::router())
        .merge(triage::router())
        .merge(preparing::router())
        .merge(routing::router())
        .merge(meetings::router())
        .merge(attending::router())
        .merge(voting::router())
        .merge(minutes::router())
        .merge(notice::router())
        .merge(objections::router())
        .merge(execution::router())
        .merge(supervision::router())
        .merge(surveys::router())
}
