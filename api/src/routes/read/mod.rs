//! 查询: the read models, a file each.

mod activities;
mod deliberation;
mod notices;
mod points_bank;
mod quota;
mod services;
mod units;
mod volunteers;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

/// All readings.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(quota::router())
        .merge(units::router())
        .merge(points_bank::router())
        .merge(notices::router())
        .merge(volunteers::router())
        .merge(services::router())
        .merge(activities::router())
        .merge(deliberation::router())
}
