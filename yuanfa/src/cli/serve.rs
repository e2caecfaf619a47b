use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use application::{App, Remembered, ServiceOptions, files};
use ledger::Policy;
use serving::{Limits, Tls};
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::exit::{Exit, on_runtime, with_causes};
use super::{open, system};
use crate::Entrances;
use crate::config::{Config, MetricsAddress};

/// Clients that may wait to be taken; the system may allow fewer.
const WAITING: u32 = 4096;

/// Where figures are shown unless told.
pub const METRICS: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9180);

/// Opens data folder and log and serves until told to stop.
pub fn run(config: &Config) -> Exit {
    on_runtime(async { serve(config).await.map(|()| Exit::Ok) })
}

async fn serve(config: &Config) -> Result<(), Exit> {
    let policy = policy(config)?;
    let tls = tls(config)?;
    let connections = system::prepare(config.limits.max_connections as usize);
    let app = Arc::new(open::app(config).await?);
    ledger_is_there(config, &app)?;
    let listener = listen(config.listen)?;
    let figures = figures(config.metrics_listen)?;
    // Whoever reads the address may end the service at once.
    let stop = told_to_stop();
    let told = signal(SignalKind::hangup()).map_err(|error| Exit::environment("SIGHUP", &error))?;
    tokio::spawn(reload_when_told(tls.clone(), told));
    if let Ok(address) = listener.local_addr() {
        let scheme = if tls.is_some() { "https" } else { "http" };
        tracing::info!(%address, scheme, "serving");
        if tls.is_none() && !address.ip().is_loopback() && config.trusted_proxy.is_empty() {
            tracing::warn!(
                "接受外来连接而没有TLS，令牌和个人信息会以明文传输；见 docs/operations.md §2。 \
                 Others can connect and there is no TLS: tokens and personal data travel in clear; see docs/operations.md §2."
            );
        }
        tell(&format!("{scheme}://{address}"));
    }
    if let Some(address) = figures.as_ref().and_then(|figures| figures.local_addr().ok()) {
        tell(&format!("metrics: http://{address}/metrics"));
    }
    let ledger = keeper::Options {
        origin: config.ledger_name.clone(),
        interval: api::Options::CHECKPOINT_INTERVAL,
        policy,
        ..keeper::Options::default()
    };
    let options = api::Options {
        limits: config.limits.of_requests(),
        trusted_proxies: config.trusted_proxy.clone(),
        service: ServiceOptions { ledger, mark_every: config.mark_every },
    };
    let limits = Limits { connections, ..Limits::default() };
    crate::serve(app, Entrances { listener, tls, limits, figures }, options, stop)
        .await
        .map_err(|error| Exit::environment("无法启动 cannot start", &error))
}

/// Tells whoever started the service, and is not offended if nobody listens.
fn tell(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Refuses to begin another ledger where one was kept.
fn ledger_is_there(config: &Config, app: &App) -> Result<(), Exit> {
    let key = config.data.join(files::LEDGER).join("key");
    let failed = |error: &dyn std::error::Error| Exit::environment("账本 ledger", error);
    let kept = app.node.remembered(Remembered::LedgerKept).map_err(|error| failed(&error))?;
    if kept.is_some() && !config.new_ledger && !key.try_exists().map_err(|error| failed(&error))? {
        eprintln!(
            "yuanfa: 此处曾有账本,现缺少 {},服务不启动。请从备份恢复 ledger 目录,并从保管处放回密钥;只丢了密钥的,执行\n\
             yuanfa ledger rotate-key --lost --reason 原因;账本确已全部丢失的,用 --new-ledger 另立,凡持有旧检查点的人都会看到。",
            key.display()
        );
        eprintln!(
            "yuanfa: a ledger was kept here and {} is missing, so the service does not start. Restore the folder ledger from a\n\
             backup and put the key back from where it is kept; if only the key is lost: yuanfa ledger rotate-key --lost --reason WHY; if\n\
             all of it is lost, --new-ledger begins another, and everybody who holds an old checkpoint will see that.",
            key.display()
        );
        return Err(Exit::Environment);
    }
    Ok(())
}

fn listen(address: SocketAddr) -> Result<TcpListener, Exit> {
    bind(address)
        .map_err(|error| Exit::environment(&format!("无法监听 cannot listen on {address}"), &error))
}

/// A listener in whose queue many clients fit: who finds it full tries again a second later.
fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

/// The listener for figures: where it was told to be, or where Prometheus looks for it if nobody else is there.
fn figures(told: Option<MetricsAddress>) -> Result<Option<TcpListener>, Exit> {
    match told {
        Some(MetricsAddress::Off) => Ok(None),
        Some(MetricsAddress::At(address)) => listen(address).map(Some),
        None => match bind(METRICS) {
            Ok(listener) => Ok(Some(listener)),
            Err(error) => {
                tracing::warn!(%error, address = %METRICS, "no figures are shown: give another --metrics-listen");
                Ok(None)
            }
        },
    }
}

fn tls(config: &Config) -> Result<Option<Tls>, Exit> {
    let (Some(certificate), Some(key)) = (&config.tls_cert, &config.tls_key) else {
        return Ok(None);
    };
    Tls::load(certificate, key).map(Some).map_err(|error| {
        Exit::environment("TLS证书或私钥无法使用 cannot use the certificate or its key", &error)
    })
}

/// Reads certificate and key again at every SIGHUP, where there are any.
async fn reload_when_told(tls: Option<Tls>, mut told: Signal) {
    while told.recv().await.is_some() {
        let Some(tls) = &tls else { continue };
        match tls.reload() {
            Ok(()) => tracing::info!("certificate and key were read again"),
            Err(error) => tracing::error!(
                error = with_causes(&error),
                "certificate and key cannot be used; those before stay"
            ),
        }
    }
}

/// Whose cosignatures the ledger needs, if a file says so.
pub(super) fn policy(config: &Config) -> Result<Option<Policy>, Exit> {
    let Some(path) = &config.ledger_policy else { return Ok(None) };
    let unusable = format!("账本见证规则无法使用 cannot use the policy {}", path.display());
    let bytes = std::fs::read(path).map_err(|error| Exit::environment(&unusable, &error))?;
    let text = ledger::text_of(&bytes).map_err(|error| Exit::usage(&unusable, &error))?;
    let policy = text.parse().map_err(|error| Exit::usage(&unusable, &error))?;
    Ok(Some(policy))
}

/// Listens from now on, and ends when the process is told to stop.
fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::interrupt()).and_then(|it| Ok((it, signal(SignalKind::terminate())?)))
    };
    async {
        #[cfg(unix)]
        if let Ok((mut interrupted, mut terminated)) = signals {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = terminated.recv() => {}
            }
            return;
        }
        drop(tokio::signal::ctrl_c().await);
    }
}
