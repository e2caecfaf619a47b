//! 运行状况: alive, ready, and figures for whoever watches.

use std::sync::Arc;

use application::{Running, policies};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use domain::Refusal as _;
use event_store::{Health as StoreHealth, StoreError};
use projections::Health as ReadHealth;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::openapi::node::watched;
use crate::state::AppState;
use crate::watch::metrics;

fn what_runs(running: &Running) -> Vec<NotReady> {
    let reasons = running.inspect(|background| {
        // Whoever sends is owned by the task: without a sender the task has ended.
        let ended = background.policies.has_changed().is_err();
        let policies =
            if ended { Some(ended_policies()) } else { policies(&background.policies.borrow()) };
        let contradicted = background.ledger.witnesses().borrow().contradicted;
        let ledger =
            ledger(&background.ledger.health()).or_else(|| contradicted.then(contradicted_ledger));
        read_models(&background.runner.health()).into_iter().chain(policies).chain(ledger).collect()
    });
    reasons.unwrap_or_else(|| vec![stopping()])
}

/// Whether the service is ready, and why not.
#[derive(Debug, Serialize, ToSchema)]
struct Readiness {
    /// Whether requests should be sent here.
    ready: bool,
    /// Why not; empty when ready.
    reasons: Vec<NotReady>,
}

/// One reason why the service is not ready.
#[derive(Debug, Serialize, ToSchema)]
struct NotReady {
    /// Stable code.
    #[schema(example = "store.halted")]
    code: &'static str,
    /// 原因.
    zh: String,
    /// Reason.
    en: String,
}

/// Routes for whoever watches; they need no token and tell nothing personal.
pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(watched(routes!(read_health)))
        .routes(watched(routes!(read_readiness)))
}

/// 存活。Answers as long as the process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operation", security(()),
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn read_health() -> &'static str {
    "ok\n"
}

/// 就绪。Tells whether commands are taken and readings are true; 503 with the reasons when not.
#[utoipa::path(get, path = "/readyz", tag = "operation", security(()),
    responses((status = 200, body = Readiness), (status = 503, body = Readiness)))]
async fn read_readiness(State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let reasons = not_ready(&state).await?;
    let ready = reasons.is_empty();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, Json(Readiness { ready, reasons })))
}

/// Whatever keeps the service from being ready.
async fn not_ready(state: &AppState) -> Result<Vec<NotReady>, Problem> {
    let mut reasons = Vec::new();
    let health = state.app.store.health();
    reasons.extend(store(&health));
    reasons.extend(what_runs(&state.running));
    if let Err(doubt) = state.app.clock.trusted() {
        // What the policies fail for then is this.
        reasons.retain(|reason| reason.code != "policies.failing");
        reasons.push(NotReady { code: doubt.code(), zh: doubt.zh(), en: doubt.en() });
    }
    if !matches!(health, StoreHealth::Unreachable(_)) {
        reasons.extend(counts(state).await?);
    }
    Ok(reasons)
}

fn ended_policies() -> NotReady {
    NotReady {
        code: "policies.stopped",
        zh: "自动办理已停止，请重新启动服务。".to_owned(),
        en: "The policies have stopped; restart the service.".to_owned(),
    }
}

fn stopping() -> NotReady {
    NotReady {
        code: "server.stopping",
        zh: "服务正在停止。".to_owned(),
        en: "The service is stopping.".to_owned(),
    }
}

fn store(health: &StoreHealth) -> Option<NotReady> {
    match health {
        StoreHealth::Writing => None,
        StoreHealth::Paused(reason) => Some(NotReady {
            code: "store.paused",
            zh: reason.zh().to_owned(),
            en: reason.en().to_owned(),
        }),
        StoreHealth::Halted(reason) => Some(NotReady {
            code: "store.halted",
            zh: reason.zh().to_owned(),
            en: reason.en().to_owned(),
        }),
        StoreHealth::Unreachable(_) => Some(unreachable()),
    }
}

fn unreachable() -> NotReady {
    NotReady {
        code: "store.unreachable",
        zh: "暂时连不上事件日志；每次请求都会再试。".to_owned(),
        en: "The event log cannot be reached at the moment; every request tries again.".to_owned(),
    }
}

fn read_models(health: &ReadHealth) -> Option<NotReady> {
    match health {
        ReadHealth::Running => None,
        ReadHealth::CatchingUp { position, head } => Some(NotReady {
            code: "read_models.catching_up",
            zh: format!("查询数据正在更新：位置{position}，共{head}。"),
            en: format!("The read models are catching up: position {position} of {head}."),
        }),
        ReadHealth::Waiting { reason } => Some(NotReady {
            code: "read_models.waiting",
            zh: format!("查询数据暂未更新，正在重试：{reason}"),
            en: format!("The read models stand still, and it is tried again: {reason}"),
        }),
        ReadHealth::Stopped { projection, position, reason } => {
            let which = projection.unwrap_or("all");
            Some(NotReady {
                code: "read_models.stopped",
                zh: format!("查询数据已停止更新（{which}，位置{position}）：{reason}"),
                en: format!("The read models stopped ({which}, position {position}): {reason}"),
            })
        }
    }
}

fn policies(health: &policies::Health) -> Option<NotReady> {
    match health {
        policies::Health::Running => None,
        policies::Health::Failing(reason) => Some(NotReady {
            code: "policies.failing",
            zh: format!("自动办理事项受阻，正在重试：{reason}"),
            en: format!("The policies fail and are tried again: {reason}"),
        }),
    }
}

fn ledger(health: &keeper::Health) -> Option<NotReady> {
    match health {
        // Nobody waits for the ledger; a log that cannot be reached says so itself.
        keeper::Health::Following | keeper::Health::Waiting { reason: _ } => None,
        keeper::Health::Stopped { reason } => Some(NotReady {
            code: "ledger.stopped",
            zh: format!("账本已停止，请重新启动服务：{reason}"),
            en: format!("The ledger has stopped; restart the service: {reason}"),
        }),
        keeper::Health::Halted { reason } => Some(NotReady {
            code: "ledger.halted",
            zh: format!("账本已停止签名，须由管理员处理：{reason}"),
            en: format!("The ledger signs nothing until an operator acts: {reason}"),
        }),
    }
}

fn contradicted_ledger() -> NotReady {
    NotReady {
        code: "ledger.contradicted",
        zh: "见证人见过另一部历史：本账本可能丢失或被换过，须立即由管理员查明；见 /ledger/status。"
            .to_owned(),
        en: "Witnesses have seen another history: this ledger may have been cut or exchanged. Operators must find out at once; see /ledger/status.".to_owned(),
    }
}

/// Every projection has seen as many events as the log holds up to where it came.
async fn counts(state: &AppState) -> Result<Vec<NotReady>, Problem> {
    let checkpoints = state.queries.checkpoints().await?;
    let mut tally = state.tally.lock().await;
    let mut reasons = Vec::new();
    let store = Arc::clone(&state.app.store);
    for checkpoint in checkpoints {
        let (position, events) = (checkpoint.folded.position, checkpoint.folded.events);
        match tally.reach(&*store, position).await {
            Err(StoreError::Unreachable(_)) => return Ok(vec![unreachable()]),
            reached => reached?,
        }
        if let Some(counted) = tally.events_up_to(position).filter(|&counted| counted != events) {
            let name = checkpoint.projection;
            reasons.push(NotReady {
                code: "read_models.count",
                zh: format!("{name}处理了{events}个事件，日志到位置{position}有{counted}个；请重建查询数据。"),
                en: format!(
                    "{name} has seen {events} events; the log holds {counted} up to position {position}. Rebuild it."
                ),
            });
        }
    }
    Ok(reasons)
}

/// Figures for Prometheus, and whether the service lives and is ready: for an address that is not everybody's.
pub fn figures() -> Router<AppState> {
    Router::new()
        .route("/metrics", get(read_metrics))
        .route("/healthz", get(read_health))
        .route("/readyz", get(read_readiness))
}

async fn read_metrics(State(state): State<AppState>) -> impl IntoResponse {
    // What does not answer is not ready either; the other figures are shown all the same.
    let reasons = match not_ready(&state).await {
        Ok(reasons) => reasons.iter().map(|reason| reason.code).collect(),
        Err(_) => vec!["readiness.unknown"],
    };
    let head = *state.app.store.watch_head().borrow();
    let page = metrics::page(&state, head, &reasons);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page)
}

#[cfg(test)]
mod tests;
