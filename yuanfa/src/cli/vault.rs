use std::fs;
use std::path::Path;
use std::sync::Arc;

use application::{App, DifferingDay, Error, differing_days, files};
use clap::Subcommand;
use domain::Text;
use jiff::Timestamp;
use vault::Vault;

use super::exit::{Exit, on_runtime};
use super::open;
use crate::config::Config;

/// What to do about the vault.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 核对查阅记录 Hold the records of who read personal data against what the log states of each day; the service may run
    ///
    /// 每日的查阅次数和摘要记入日志(ReadingsStated)。有缺失、增添或改动的,指明是哪一天,退出码为1。
    /// Each day's count and digest stand in the log (ReadingsStated). Where records are gone, added or changed, the day is named,
    /// and it ends with 1.
    Check,
    /// 认定个人信息缺失 State that personal data to which the log refers is lost for good; with the service stopped
    ///
    /// 记入日志(VaultLossAccepted),注明人数。主密钥丢失的,原个人信息库改名保留,另立新库。
    /// It becomes an event (VaultLossAccepted) that names how many persons it concerns. A vault whose key is lost is put aside
    /// under another name, and a new one begins.
    AcceptLoss {
        /// 原因 How it was lost and why it does not come back, up to 200 characters
        #[arg(long)]
        reason: Text<200>,
    },
}

/// States it.
pub fn run(config: &Config, command: Command) -> Exit {
    match command {
        Command::Check => on_runtime(check(config)),
        Command::AcceptLoss { reason } => on_runtime(accept_loss(config, reason)),
    }
}

async fn check(config: &Config) -> Result<Exit, Exit> {
    let store = open::place(config)?.open_read_only().await;
    let store = store.map_err(|error| Exit::environment("事件日志 log", &error))?;
    let key = App::master_key(&config.data);
    let key = key.map_err(|error| Exit::environment("主密钥 key", &error))?;
    let vault = Vault::open(config.data.join(files::VAULT), key, Box::new(Timestamp::now));
    let vault = vault.map_err(|error| Exit::environment("个人信息库 vault", &error))?;
    let differing = differing_days(&*store, Arc::new(vault)).await;
    let differing = differing.map_err(|error| Exit::environment("未核对 not checked", &error))?;
    for DifferingDay { day, stated, held } in &differing {
        println!(
            "{day} 日结{stated}次,现存{held}次,不符 stated {stated}, held {held}: records are gone, added or changed"
        );
    }
    if !differing.is_empty() {
        return Ok(Exit::Refused);
    }
    println!("查阅记录与日结相符 the records of readings are as they were stated");
    Ok(Exit::Ok)
}

async fn accept_loss(config: &Config, reason: Text<200>) -> Result<Exit, Exit> {
    let begin_anew = || {
        put_aside(&config.data).map_err(|error| Exit::environment("个人信息库 vault", &error))?;
        let key = App::master_key(&config.data);
        key.map(drop).map_err(|error| Exit::environment("主密钥 key", &error))
    };
    let app = open::unchecked(config, false, begin_anew).await?;
    let failed = |error: Error| {
        if let Some(refusal) = error.refusal() {
            eprintln!("{}\n{}", refusal.zh(), refusal.en());
            return Exit::Refused;
        }
        Exit::environment("未认定 nothing was stated", &error)
    };
    app.keep_clock().await.map_err(failed)?;
    let persons = app.lost_persons().await.map_err(failed)?;
    let differing = app.differing_days().await.map_err(failed)?;
    let readings = differing.iter().map(|day| day.stated).sum();
    app.accept_vault_loss(persons, readings, reason).await.map_err(failed)?;
    println!(
        "已认定{persons}人的个人信息、{readings}次查阅记录缺失 the loss was accepted (persons: {persons}, readings: {readings})"
    );
    Ok(Exit::Ok)
}

/// Puts a vault aside whose key is missing; one that was put aside before stays.
fn put_aside(data: &Path) -> std::io::Result<()> {
    let vault = data.join(files::VAULT);
    if App::key_is_in_environment()
        || !vault.try_exists()?
        || data.join(files::VAULT_KEY).try_exists()?
    {
        return Ok(());
    }
    for suffix in ["-wal", "-shm", ""] {
        let mut from = vault.clone().into_os_string();
        from.push(suffix);
        let mut to = vault.clone().into_os_string();
        to.push(".without-key");
        to.push(suffix);
        if Path::new(&to).try_exists()? {
            let told = format!("{} 已存在 is there already", Path::new(&to).display());
            return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, told));
        }
        if Path::new(&from).try_exists()? {
            fs::rename(from, to)?;
        }
    }
    Ok(())
}
