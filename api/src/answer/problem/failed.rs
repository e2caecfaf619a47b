//! What failed, told without saying more than is good for whoever asked: the rest is logged here, once.

use std::io::ErrorKind::{QuotaExceeded, StorageFull};

use axum::http::StatusCode as S;
use event_store::{Shortage, is_shortage, shortage_of};

use super::Problem;

/// Logs what failed and answers that something did, or what was lacking.
pub fn failed(error: &(dyn std::error::Error + 'static)) -> Problem {
    log(error);
    lacking(error).unwrap_or_else(Problem::internal)
}

/// What the system was short of, where that is behind an error.
pub fn lacking(error: &(dyn std::error::Error + 'static)) -> Option<Problem> {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let shortages = causes.filter_map(|cause| {
        let of_system = || {
            let error =
                cause.downcast_ref::<std::io::Error>().filter(|error| is_shortage(error))?;
            let full = matches!(error.kind(), StorageFull | QuotaExceeded);
            Some(if full { Shortage::Room } else { Shortage::Means })
        };
        cause.downcast_ref::<rusqlite::Error>().and_then(shortage_of).or_else(of_system)
    });
    shortages.map(short_of).next()
}

/// Something was lacking, before or after something was stored.
pub fn short_of(shortage: Shortage) -> Problem {
    match shortage {
        Shortage::Room => unavailable(
            "system.full",
            "磁盘已满；请管理人员腾出空间，之后自动恢复。正在办理的请用同一 Idempotency-Key 重试。",
            "The disk is full; the operators must make room, then it goes on by itself. Repeat commands with the same Idempotency-Key.",
        ),
        Shortage::Means => unavailable(
            "system.exhausted",
            "系统内存或可打开的文件数不足，请稍后重试。正在办理的请用同一 Idempotency-Key 重试。",
            "The system is short of memory or open files; try again shortly. Repeat commands with the same Idempotency-Key.",
        ),
    }
}

/// Logs an error with all its causes.
pub fn log(error: &dyn std::error::Error) {
    let mut chain = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        chain.push_str(": ");
        chain.push_str(&cause.to_string());
        source = cause.source();
    }
    tracing::error!(error = chain, "a request failed");
}

/// Not at the moment.
pub fn unavailable(code: &'static str, zh: &str, en: &str) -> Problem {
    Problem::new(S::SERVICE_UNAVAILABLE, code, zh, en).retry_after(1)
}
