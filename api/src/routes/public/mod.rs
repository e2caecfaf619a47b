//! 居民: what anybody may file and follow without an account. Nothing here names anybody or says how to reach them.

mod issues;
mod notices;
mod objections;
mod resolutions;
mod stations;
mod surveys;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// All routes for residents.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(issues::router())
        .merge(resolutions::router())
        .merge(objections::router())
        .merge(notices::router())
        .merge(surveys::router())
        .merge(stations::router())
}
