//! 账本: what anybody needs to hold the service to its history, as c2sp.org/tlog-tiles lays it out. Hashes only, so no token.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use keeper::{Health, Trouble, WitnessState};
use ledger::Tile;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::openapi::node::watched;
use crate::openapi::operation::also;
use crate::state::AppState;

const TEXT: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
const BYTES: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/octet-stream");

/// Routes of the ledger.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(watched(routes!(read_ledger_checkpoint)))
        .routes(watched(routes!(read_ledger_key)))
        .routes(watched(routes!(read_ledger_status)))
        .routes(also(
            watched(routes!(read_ledger_tile)),
            &[(StatusCode::NOT_FOUND, "ledger.no_tile", "The ledger has no such tile.")],
        ))
}

/// How the ledger fares.
#[derive(Debug, Serialize, ToSchema)]
struct LedgerStatus {
    /// What it does at the moment.
    health: LedgerHealth,
    /// Events under the latest signed checkpoint.
    signed: u64,
    /// Events under the published checkpoint, which meets the policy.
    published: u64,
    /// 待见证: events that are signed and not yet cosigned by enough witnesses.
    pending: u64,
    /// The witnesses of the policy; none without a policy.
    witnesses: Vec<LedgerWitness>,
}

/// What the ledger does.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LedgerHealth {
    /// It follows the log.
    Following,
    /// It waits for the log.
    Waiting,
    /// It has ended.
    Stopped,
    /// It signs nothing until an operator acts.
    Halted,
}

/// 见证人: a witness of the ledger.
#[derive(Debug, Serialize, ToSchema)]
struct LedgerWitness {
    /// The name that the policy gives it.
    name: String,
    /// What it cosigned last; none if nothing yet.
    cosigned: Option<Cosigned>,
    /// Why it does not cosign; none when it does.
    trouble: Option<WitnessTrouble>,
}

/// A checkpoint that a witness has cosigned.
#[derive(Debug, Serialize, ToSchema)]
struct Cosigned {
    /// Events under it.
    size: u64,
    /// When, as the witness says.
    at: Option<Timestamp>,
}

/// Why a witness does not cosign.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum WitnessTrouble {
    /// It does not answer, or nothing that helps.
    Failing,
    /// It has cosigned another history under this ledger's name.
    Contradicts,
}

impl From<&WitnessState> for LedgerWitness {
    fn from(state: &WitnessState) -> Self {
        let at = |time| i64::try_from(time).ok().and_then(|time| Timestamp::from_second(time).ok());
        Self {
            name: state.name.to_string(),
            cosigned: state.cosigned.map(|(size, time)| Cosigned { size, at: at(time) }),
            // Why exactly is for the operators' log: it may tell of their network.
            trouble: state.trouble.as_ref().map(|trouble| match trouble {
                Trouble::Failing { reason: _ } => WitnessTrouble::Failing,
                Trouble::Contradicts { reason: _ } => WitnessTrouble::Contradicts,
            }),
        }
    }
}

/// 检查点。Returns size and root of the tree over all events, signed (c2sp.org/tlog-checkpoint).
///
/// 有见证规则时，为见证人已联署的最新检查点。With a policy it is the latest that its witnesses have cosigned.
#[utoipa::path(get, path = "/ledger/checkpoint", tag = "ledger", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn read_ledger_checkpoint(
    State(state): State<AppState>,
) -> Result<impl IntoResponse, Problem> {
    let published = state.ledger.published().borrow().clone().ok_or_else(unsigned)?;
    Ok(([TEXT, (header::CACHE_CONTROL, "no-cache")], published.note.to_string()))
}

/// 账本公钥。Returns the key that checkpoints are signed with, as policies list it (c2sp.org/signed-note).
#[utoipa::path(get, path = "/ledger/key", tag = "ledger", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn read_ledger_key(State(state): State<AppState>) -> impl IntoResponse {
    ([TEXT, (header::CACHE_CONTROL, "no-cache")], format!("{}\n", state.ledger.key()))
}

/// 账本状况。Tells what is signed, what is published, and who has cosigned what.
#[utoipa::path(get, path = "/ledger/status", tag = "ledger", security(()),
    responses((status = 200, body = LedgerStatus)))]
async fn read_ledger_status(State(state): State<AppState>) -> impl IntoResponse {
    // In this order nothing can be published that is not signed.
    let published = state.ledger.published().borrow().as_ref().map_or(0, |one| one.size);
    let signed = state.ledger.signed().borrow().as_ref().map_or(0, |one| one.size);
    let health = match state.ledger.health() {
        Health::Following => LedgerHealth::Following,
        Health::Waiting { reason: _ } => LedgerHealth::Waiting,
        Health::Stopped { reason: _ } => LedgerHealth::Stopped,
        Health::Halted { reason: _ } => LedgerHealth::Halted,
    };
    let witnesses = state.ledger.witnesses();
    let witnesses = witnesses.borrow().states.iter().map(LedgerWitness::from).collect();
    let pending = signed - published;
    let status = LedgerStatus { health, signed, published, pending, witnesses };
    ([(header::CACHE_CONTROL, "no-cache")], Json(status))
}

/// 账本分块。Returns hashes of the tree, 32 bytes each (c2sp.org/tlog-tiles).
///
/// 名称如 `0/x001/234`，未满的加 `.p/7`；不含事件本身。A name is `0/x001/234`, a partial one `0/x001/234.p/7`. Entries are not
/// served: events are read by those who may.
#[utoipa::path(get, path = "/ledger/tile/{*tile}", tag = "ledger", security(()),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream")))]
async fn read_ledger_tile(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let tile: Tile = format!("tile/{name}").parse().map_err(|_| no_name())?;
    let ledger = Arc::clone(&state.ledger);
    let read = state.aside.run(move || ledger.tile(tile)).await;
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
        "账本尚未签名或尚待见证，请稍后再试；原因见 /readyz 和 /ledger/status。",
        "No checkpoint has been signed and witnessed yet: try again soon; /readyz and /ledger/status say why if it takes long.",
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
        "已公布的账本没有这个分块；大小见 /ledger/checkpoint。",
        "The published ledger has no such tile; /ledger/checkpoint tells its size.",
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
