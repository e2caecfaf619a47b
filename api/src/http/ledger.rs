//! 账本: what anybody needs to hold the service to its history, as c2sp.org/tlog-tiles lays it out. Hashes only, so no token.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use ledger::Tile;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problem;
use super::state::AppState;

const TEXT: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
const BYTES: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/octet-stream");

/// Routes of the ledger.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(checkpoint)).routes(routes!(key)).routes(routes!(tile))
}

/// The latest checkpoint: size and root of the tree over all events, signed (c2sp.org/tlog-checkpoint).
#[utoipa::path(get, path = "/ledger/checkpoint", tag = "ledger", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn checkpoint(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let published = state.ledger.published().borrow().clone().ok_or_else(unsigned)?;
    Ok(([TEXT, (header::CACHE_CONTROL, "no-cache")], published.note.to_string()))
}

/// The key that checkpoints are signed with, as policies list it (c2sp.org/signed-note).
#[utoipa::path(get, path = "/ledger/key", tag = "ledger", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn key(State(state): State<AppState>) -> impl IntoResponse {
    ([TEXT, (header::CACHE_CONTROL, "no-cache")], format!("{}\n", state.ledger.key()))
}

/// Hashes of the tree, 32 bytes each (c2sp.org/tlog-tiles): `0/x001/234`, partial `0/x001/234.p/7`. Entries are not served:
/// events are read by those who may.
#[utoipa::path(get, path = "/ledger/tile/{*tile}", tag = "ledger", security(()),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn tile(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let tile: Tile = format!("tile/{name}").parse().map_err(|_| no_name())?;
    let read = tokio::task::spawn_blocking(move || state.ledger.tile(tile)).await;
    let bytes = read.map_err(|_| unreadable())?.map_err(|error| {
        tracing::error!(%error, "a tile of the ledger cannot be read");
        unreadable()
    })?;
    // A hash that was published never changes.
    let kept = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    Ok(([BYTES, kept], bytes.ok_or_else(no_tile)?))
}

fn unsigned() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "ledger.unsigned",
        "账本尚未签名，请稍后再试；原因见 /readyz。",
        "No checkpoint has been signed yet: try again soon; /readyz says why if it takes long.",
    )
}

fn no_name() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "ledger.no_tile_name",
        "不是账本分块的名称；应为 tile/<0至63>/<序号>，如 tile/0/x001/234，未满的加 .p/<1至255>。",
        "Not the name of a tile: tile/<0 to 63>/<index> as tile/0/x001/234, with .p/<1 to 255> where it is partial.",
    )
}

fn no_tile() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "ledger.no_tile",
        "已签名的账本没有这个分块；大小见 /ledger/checkpoint。",
        "The signed ledger has no such tile; /ledger/checkpoint tells its size.",
    )
}

fn unreadable() -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "ledger.unreadable",
        "账本文件无法读取，请联系管理员。",
        "The ledger's files cannot be read; tell the operators.",
    )
}
