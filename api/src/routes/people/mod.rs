//! 人员: from numbers to names and back, and what it is for.

mod list;
mod purpose;
mod search;
mod shown;

use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().merge(list::router()).merge(search::router()).merge(purpose::router())
}
