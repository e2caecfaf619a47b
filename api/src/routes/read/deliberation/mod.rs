//! 援法议事 as the read models know it.

mod annexes;
mod issues;
mod meetings;
mod monthly;
mod resolutions;
mod stations;
mod surveys;
mod worklist;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// All readings of deliberation.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(stations::router())
        .merge(issues::router())
        .merge(meetings::router())
        .merge(resolutions::router())
        .merge(surveys::router())
        .merge(worklist::router())
        .merge(monthly::router())
        .merge(annexes::router())
}
