//! Figures for Prometheus. Labels are route templates and words of the program: few, and never personal.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use application::Remembered;
use application::log::APPEND_SECONDS;
use application::uncited::REMOVED;
use axum::http::{Method, StatusCode};
use event_store::{Position, free_bytes};
use keeper::Published;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serving::figures;
use tokio::sync::watch;

use crate::answer::outcome::Outcome;
use crate::state::AppState;

const HTTP: &str = "yuanfa_http_requests_total";
const HTTP_SECONDS: &str = "yuanfa_http_request_seconds";
const COMMANDS: &str = "yuanfa_commands_total";
const REFUSED: &str = "yuanfa_requests_refused_total";
const LAG: &str = "yuanfa_projection_lag_positions";
const LEAVES: &str = "yuanfa_ledger_leaves";
const PUBLISHED: &str = "yuanfa_ledger_published_leaves";
const CONTRADICTING: &str = "yuanfa_ledger_witnesses_contradicting";
const HEAD: &str = "yuanfa_log_head_position";
const BUILD: &str = "yuanfa_build_info";
const READY: &str = "yuanfa_ready";
const NOT_READY: &str = "yuanfa_not_ready";
const LAST_BACKUP: &str = "yuanfa_last_backup_timestamp_seconds";
const DISK_FREE: &str = "yuanfa_disk_free_bytes";
/// Every reason that was ever given in this process.
static REASONS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
/// Seconds.
const BUCKETS: [f64; 12] =
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// The recorder of this process, installed at first use. Another recorder installed before stays, and then nothing
/// is shown here.
pub fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let builder = builder.set_buckets(&BUCKETS).unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("metrics go to another recorder of this process");
        }
        describe_counter!(HTTP, "HTTP requests by method, route and status");
        describe_histogram!(HTTP_SECONDS, "time to answer an HTTP request, by method and route");
        describe_counter!(COMMANDS, "commands by kind and outcome");
        describe_counter!(
            REFUSED,
            "requests that were refused unread, by the limit that was reached"
        );
        describe_counter!(
            figures::GAVE_WAY,
            "connections that waited and gave their place to others"
        );
        describe_counter!(figures::WAITED, "looks for a connection's place that found none");
        describe_counter!(figures::NOT_TAKEN, "connections that the system did not give");
        describe_counter!(figures::BODIES_TOO_SLOW, "bodies that came more slowly than allowed");
        describe_counter!(
            figures::ANSWERS_NOT_READ,
            "answers that their clients did not take in time"
        );
        describe_histogram!(APPEND_SECONDS, "time to append durably to the log");
        describe_gauge!(LAG, "how far the read models are behind the log, in its own positions");
        describe_gauge!(BUILD, "1, with the version of the program");
        describe_gauge!(READY, "1 while commands are taken and readings are true, else 0");
        describe_gauge!(NOT_READY, "1 for each reason for which the service is not ready");
        describe_counter!(REMOVED, "pieces of evidence that nobody cited and that were removed");
        describe_gauge!(LAST_BACKUP, "when the last backup was made, in seconds since 1970");
        describe_gauge!(DISK_FREE, "bytes free where the data folder lies");
        gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        describe_gauge!(HEAD, "position of the last event of the log");
        describe_gauge!(LEAVES, "events under the latest signed checkpoint");
        describe_gauge!(PUBLISHED, "events under the published checkpoint, which meets the policy");
        describe_gauge!(CONTRADICTING, "witnesses that have cosigned another history");
        handle
    })
}

/// The method's name if it is one of ours: what clients invent is no label.
pub fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Counts an answered request, and its command where it was one.
pub fn answered(
    method: &'static str,
    route: &str,
    status: StatusCode,
    outcome: &Outcome,
    took: Duration,
) {
    let route = route.to_owned();
    counter!(HTTP, "method" => method, "route" => route.clone(), "status" => status.as_u16().to_string())
        .increment(1);
    histogram!(HTTP_SECONDS, "method" => method, "route" => route.clone())
        .record(took.as_secs_f64());
    if matches!(method, "POST" | "DELETE") && route.starts_with("/api/") {
        let kind = format!("{method} {}", route.trim_start_matches("/api/v1"));
        counter!(COMMANDS, "kind" => kind, "outcome" => outcome.word).increment(1);
    }
}

/// Counts a request that a limit refused.
pub fn refused(limit: &'static str) {
    counter!(REFUSED, "limit" => limit).increment(1);
}

/// All figures as Prometheus reads them.
pub fn page(state: &AppState, head: Position, not_ready: &[&'static str]) -> String {
    let (read, ledger) = (state.queries.position(), &state.ledger);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a gauge is a float; positions and counts stay below 2^53"
    )]
    let float = |number: u64| number as f64;
    gauge!(HEAD).set(float(head.0));
    gauge!(LAG).set(float(head.0.saturating_sub(read.0)));
    let size =
        |one: watch::Receiver<Option<Published>>| one.borrow().as_ref().map_or(0, |one| one.size);
    gauge!(LEAVES).set(float(size(ledger.signed())));
    gauge!(PUBLISHED).set(float(size(ledger.published())));
    let witnesses = ledger.witnesses();
    let contradicting = witnesses.borrow().states.iter().filter(|one| one.contradicts()).count();
    gauge!(CONTRADICTING).set(float(contradicting as u64));
    gauge!(READY).set(if not_ready.is_empty() { 1.0 } else { 0.0 });
    // What was a reason once is one no longer, and Prometheus hears of that too.
    let mut known = REASONS.lock().unwrap_or_else(PoisonError::into_inner);
    known.extend(not_ready);
    for reason in &*known {
        gauge!(NOT_READY, "reason" => *reason).set(if not_ready.contains(reason) {
            1.0
        } else {
            0.0
        });
    }
    drop(known);
    if let Some(free) = free_bytes(&state.app.data) {
        gauge!(DISK_FREE).set(float(free));
    }
    if let Ok(Some(micros)) = state.app.node.remembered(Remembered::LastBackup) {
        gauge!(LAST_BACKUP).set(float(micros.unsigned_abs() / 1_000_000));
    }
    recorder().run_upkeep();
    recorder().render()
}
