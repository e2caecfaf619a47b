use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use application::log;
use application::{App, Caller, Clock, Node, Remembered, SystemClock, files};
use domain::{Actor, ActorId, Role};
use event_store::{EventStore, OpenError, Place, Position, StoreError};
use evidence::{Evidence, Location};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Exit;
use crate::config::Config;

/// Events read at once.
const PAGE: u32 = 4096;

/// The application on data folder and log, after all was looked at that must be there beside the history.
///
/// # Errors
/// Tells what is missing, or why something cannot be opened, on standard error.
pub async fn app(config: &Config) -> Result<App, Exit> {
    let app = unchecked(config, config.without_vault, || Ok(())).await?;
    if app.vault.is_some() {
        let lost = app.lost_persons().await;
        let lost = lost.map_err(|error| unusable(&config.data, &error))?;
        if lost > 0 {
            eprintln!(
                "yuanfa: 日志中有{lost}人的个人信息不在此个人信息库中,服务不启动。请从备份恢复 vault.sqlite 和 vault.key;\n\
                 确已无法恢复的,执行 yuanfa vault accept-loss --reason 原因;另有服务保管个人信息的,用 --without-vault。"
            );
            eprintln!(
                "yuanfa: the log refers to persons whom this vault does not know ({lost}), so the service does not start. Restore\n\
                 vault.sqlite and vault.key from a backup; if they are lost for good: yuanfa vault accept-loss --reason WHY; if another\n\
                 service keeps the personal data: --without-vault."
            );
            return Err(Exit::Environment);
        }
    }
    app.keep_clock().await.map_err(|error| unusable(&config.data, &error))?;
    Ok(app)
}

/// The same, whatever the vault lacks. Once the log is this process's alone, `first` sees to the folder.
///
/// # Errors
/// Tells why something cannot be opened on standard error.
pub async fn unchecked(
    config: &Config,
    without_vault: bool,
    first: impl FnOnce() -> Result<(), Exit>,
) -> Result<App, Exit> {
    let data = &config.data;
    let (place, evidence) = (place(config)?, evidence(config)?);
    let failed = |error: &dyn Error| unusable(data, error);
    files::take_folder(data).map_err(|error| failed(&error))?;
    let clock = clock(data)?;
    let store = log::open(&place).await.map_err(|error| closed(&place, &error))?;
    first()?;
    let evidence = Evidence::open(&evidence)
        .map_err(|error| Exit::environment(&format!("佐证材料 evidence {evidence}"), &error))?;
    let app = if without_vault {
        App::without_vault(data, store, evidence, clock).await
    } else {
        let head = store.head().await.map_err(|error| failed(&error))?;
        let kept = data.join(files::VAULT_KEY).exists() || App::key_is_in_environment();
        if head != Position::START && !kept {
            eprintln!("yuanfa: {}", vault::KeyError::Missing(data.join(files::VAULT_KEY)));
            eprintln!(
                "另有服务保管个人信息的,用 --without-vault;确已无法恢复的,执行 yuanfa vault accept-loss --reason 原因。\n\
                 If another service keeps the personal data: --without-vault; if it is lost for good: yuanfa vault accept-loss --reason WHY."
            );
            return Err(Exit::Environment);
        }
        let master = App::master_key(data).map_err(|error| failed(&error))?;
        App::with_stores(data, store, evidence, master, clock).await
    };
    let mut app = app.map_err(|error| failed(&error))?;
    app.watch_clock().map_err(|error| failed(&error))?;
    Ok(app)
}

/// The folder's clock: the machine's, or one at a distance from it.
///
/// # Errors
/// Tells why the node's file cannot be read on standard error.
pub fn clock(data: &Path) -> Result<Arc<dyn Clock>, Exit> {
    let node = data.join(files::NODE);
    let ahead = match node.exists() {
        true => Node::open(&node).and_then(|node| node.remembered(Remembered::ClockDistance)),
        false => Ok(None),
    };
    let ahead = ahead.map_err(|error| unusable(data, &error))?.unwrap_or(0);
    Ok(Arc::new(SystemClock::ahead_by(SignedDuration::from_micros(ahead))))
}

/// When the last event was recorded; none in a log without any, or where there is none.
///
/// # Errors
/// Tells why the log cannot be read on standard error.
pub async fn last_event(config: &Config) -> Result<Option<Timestamp>, Exit> {
    let place = place(config)?;
    let store = match place.open_read_only().await {
        Ok(store) => store,
        Err(OpenError::Missing) => return Ok(None),
        Err(error) => return Err(closed(&place, &error)),
    };
    let (_, last) = walk(&*store).await.map_err(|error| unusable(&config.data, &error))?;
    Ok(last)
}

/// How many events a log holds, and when the last was recorded.
///
/// # Errors
/// When it cannot be read.
pub async fn walk(store: &dyn EventStore) -> Result<(u64, Option<Timestamp>), StoreError> {
    let (mut position, mut events, mut last) = (Position::START, 0, None);
    loop {
        let page = store.read_all(position, PAGE).await?;
        let Some(end) = page.last() else { return Ok((events, last)) };
        (position, last) = (end.position, Some(end.recorded_at));
        events += page.len() as u64;
    }
}

fn unusable(data: &Path, error: &dyn Error) -> Exit {
    Exit::environment(&format!("数据目录 data folder {}", data.display()), error)
}

/// Who works on the data folder from the command line, and stands in the history under this account.
///
/// # Errors
/// Where it is no name of an account.
pub fn operator(account: &str) -> Result<Caller, Exit> {
    let id = ActorId::new(account).map_err(|error| Exit::environment(account, &error))?;
    let actor = Actor { id, role: Role::CountyOffice, unit: None, person: None };
    Ok(Caller::new(actor, Uuid::now_v7()))
}

/// The place of the log that the command line names.
///
/// # Errors
/// Tells why it cannot be on standard error.
pub fn place(config: &Config) -> Result<Place, Exit> {
    config.place().map_err(|refused| {
        eprintln!("yuanfa: --store: {refused}");
        Exit::Usage
    })
}

/// The place of the evidence that the command line names.
///
/// # Errors
/// Tells why it cannot be on standard error.
pub fn evidence(config: &Config) -> Result<Location, Exit> {
    config.evidence().map_err(|bad| {
        eprintln!("yuanfa: --evidence: {bad}");
        Exit::Usage
    })
}

/// Says why the log does not open.
pub fn closed(place: &Place, error: &OpenError) -> Exit {
    let what = match error {
        OpenError::Store(StoreError::Unreachable(_)) => {
            "连不上事件日志，请检查地址、网络和数据库 nobody answers where the event log is; check address, network and database"
        }
        OpenError::InUse => "事件日志正被另一进程使用 another process uses the event log",
        OpenError::Denied => {
            "没有权限读取事件日志，请以服务所用的系统用户运行 this user may not read the event log; run as the service's system user"
        }
        OpenError::Missing
        | OpenError::NotALog
        | OpenError::Revision { .. }
        | OpenError::HalfCopied
        | OpenError::Refused(_)
        | OpenError::Store(_) => "无法打开事件日志 cannot open the event log",
    };
    Exit::environment(&format!("{what}: {place}"), error)
}

/// A bar for work whose length is known once it is under way.
pub fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::no_length().with_message(what);
    match ProgressStyle::with_template("{msg:20} {wide_bar} {percent}%") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
