use std::sync::Arc;

use application::log;
use application::{App, Caller, Clock, files};
use domain::{Actor, ActorId, Role};
use event_store::{OpenError, Place, StoreError};
use evidence::{Evidence, Location};
use uuid::Uuid;

use super::Exit;
use crate::config::Config;

/// The application on data folder and log.
///
/// # Errors
/// Tells why on standard error.
pub async fn app(config: &Config, clock: Arc<dyn Clock>) -> Result<App, Exit> {
    let data = &config.data;
    let (place, evidence) = (place(config)?, evidence(config)?);
    let folder = format!("数据目录 data folder {}", data.display());
    files::take_folder(data).map_err(|error| Exit::environment(&folder, &error))?;
    let master = App::master_key(data).map_err(|error| Exit::environment(&folder, &error))?;
    let store = log::open(&place).await.map_err(|error| closed(&place, &error))?;
    let evidence = Evidence::open(&evidence)
        .map_err(|error| Exit::environment(&format!("佐证材料 evidence {evidence}"), &error))?;
    App::with_stores(data, store, evidence, master, clock)
        .await
        .map_err(|error| Exit::environment(&folder, &error))
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
        OpenError::Missing
        | OpenError::NotALog
        | OpenError::Revision { .. }
        | OpenError::HalfCopied
        | OpenError::Refused(_)
        | OpenError::Store(_) => "无法打开事件日志 cannot open the event log",
    };
    Exit::environment(&format!("{what}: {place}"), error)
}
