//! A witness over HTTP (c2sp.org/tlog-witness): `POST /add-checkpoint`, and `GET /` for its key.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use ledger::{Submission, Unwitnessed};
use serving::Limits;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::halt::chain;
use crate::witness::{Refused, Witness};

/// The body of a request is complete within this time.
const WITHIN: Duration = Duration::from_secs(15);

const SIZE: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/x.tlog.size");
const TEXT: (header::HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");

/// Answers until `stop` ends; then running requests finish.
pub async fn serve(witness: Arc<Witness>, listener: TcpListener, stop: impl Future<Output = ()>) {
    let router = Router::new()
        .route("/", get(key))
        .route("/add-checkpoint", post(add_checkpoint))
        .with_state(witness);
    let limits = Limits { connections: 256, buffer: 32 * 1024, ..Limits::default() };
    serving::serve(listener, router, limits, stop).await;
}

async fn key(State(witness): State<Arc<Witness>>) -> impl IntoResponse {
    ([TEXT], format!("{}\n", witness.key()))
}

async fn add_checkpoint(State(witness): State<Arc<Witness>>, body: Body) -> Response {
    let bytes = match timeout(WITHIN, to_bytes(body, Submission::MOST_BYTES)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            let (zh, en) = ("请求过长或中断。", "The request is too long, or broke off.");
            return said(StatusCode::PAYLOAD_TOO_LARGE, zh, en);
        }
        Err(_) => {
            let (zh, en) = ("请求过慢。", "The request came too slowly.");
            return said(StatusCode::REQUEST_TIMEOUT, zh, en);
        }
    };
    let submission = str::from_utf8(&bytes).ok().map(str::parse::<Submission>);
    let submission = match submission {
        Some(Ok(submission)) => submission,
        Some(Err(why)) => {
            return said(StatusCode::BAD_REQUEST, "请求格式有误。", &why.to_string());
        }
        None => return said(StatusCode::BAD_REQUEST, "请求格式有误。", "not UTF-8"),
    };
    let Ok(time) = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) else {
        let (zh, en) = ("时钟有误。", "The clock is wrong.");
        return said(StatusCode::SERVICE_UNAVAILABLE, zh, en);
    };
    let cosigned = tokio::task::spawn_blocking(move || {
        let cosigned = witness.cosign(&submission, time.as_secs());
        cosigned.inspect_err(|why| report(&submission, why))
    });
    match cosigned.await {
        Ok(Ok(signature)) => ([TEXT], format!("{signature}\n")).into_response(),
        Ok(Err(refused)) => answer(&refused),
        Err(error) => answer(&Refused::Disk(io::Error::other(error))),
    }
}

/// Two roots over as many leaves, both signed, prove that a log shows two histories: the witness's log keeps the proof.
/// A false consistency proof proves nothing, because anybody can send one with a checkpoint that is public.
fn report(submission: &Submission, refused: &Refused) {
    match refused {
        Refused::Unwitnessed(why @ Unwitnessed::Forked { .. }) => {
            let checkpoint = &submission.checkpoint;
            tracing::error!(%why, %checkpoint, "a log contradicts itself");
        }
        Refused::Unwitnessed(why @ Unwitnessed::Disproved(_)) => {
            tracing::warn!(%why, old = submission.old, "a checkpoint does not follow");
        }
        Refused::Unwitnessed(why) => tracing::debug!(%why, "not cosigned"),
        Refused::Disk(_) => {
            let reason = chain(refused);
            tracing::error!(reason, "nothing is cosigned until the witness is started anew");
        }
    }
}

fn answer(refused: &Refused) -> Response {
    let why = match refused {
        Refused::Unwitnessed(why) => why,
        Refused::Disk(_) => {
            let (zh, en) = ("见证人的磁盘有故障。", "The witness's disk has failed.");
            return said(StatusCode::SERVICE_UNAVAILABLE, zh, en);
        }
    };
    let (status, zh) = match why {
        Unwitnessed::Checkpoint(_) => (StatusCode::BAD_REQUEST, "检查点格式有误。"),
        Unwitnessed::Backwards => (StatusCode::BAD_REQUEST, "原大小超过检查点的大小。"),
        Unwitnessed::Origin => (StatusCode::NOT_FOUND, "本见证人不见证此账本。"),
        Unwitnessed::Unsigned => (StatusCode::FORBIDDEN, "没有此账本已知密钥的签名。"),
        Unwitnessed::Elsewhere { size } | Unwitnessed::Forked { size } => {
            return (StatusCode::CONFLICT, [SIZE], format!("{size}\n")).into_response();
        }
        Unwitnessed::Disproved(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "检查点与上次见证的不一致。")
        }
    };
    said(status, zh, &why.to_string())
}

fn said(status: StatusCode, zh: &str, en: &str) -> Response {
    (status, [TEXT], format!("{zh} {en}\n")).into_response()
}
