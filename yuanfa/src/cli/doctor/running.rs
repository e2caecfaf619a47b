//! Asks the service itself, where it runs.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use super::super::serve::METRICS;
use super::finding::Finding;
use crate::config::{Config, MetricsAddress};

/// How long it is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the service says of itself: at the address for figures, else at its own where that is plain.
pub fn of_service(config: &Config) -> Vec<Finding> {
    let figures = match config.metrics_listen {
        Some(MetricsAddress::Off) => None,
        Some(MetricsAddress::At(address)) => Some(address),
        None => Some(METRICS),
    };
    let own = config.tls_cert.is_none().then_some(config.listen);
    let answer = [figures, own].into_iter().flatten().find_map(ask);
    let Some(answer) = answer else {
        return vec![Finding::mind(
            "服务没有运行,或不在这些地址上。",
            "The service does not run, or not at these addresses.",
        )];
    };
    let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
    if answer["ready"] == true {
        return vec![Finding::well("服务已就绪。", "The service is ready.")];
    }
    if reasons.is_empty() {
        let code = answer["code"].as_str().unwrap_or("?");
        return vec![
            Finding::wrong(
                format!("服务答不出是否就绪:{code}。"),
                format!("The service cannot tell whether it is ready: {code}."),
            )
            .mended_by("docs/operations.md §4"),
        ];
    }
    let text = |reason: &Value, field: &str| reason[field].as_str().unwrap_or_default().to_owned();
    let told = reasons.iter().map(|reason| {
        let code = text(reason, "code");
        Finding::wrong(format!("{code}:{}", text(reason, "zh")), text(reason, "en"))
            .mended_by("docs/operations.md §4")
    });
    told.collect()
}

/// What `/readyz` answers there; none where nobody does, or not as we do.
fn ask(address: SocketAddr) -> Option<Value> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let asked = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(1024 * 1024).read_to_string(&mut answer).ok()?;
    let (_, body) = answer.split_once("\r\n\r\n")?;
    serde_json::from_str(body).ok()
}
