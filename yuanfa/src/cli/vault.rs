use std::fs;
use std::path::Path;

use application::{App, Error, files};
use clap::Subcommand;
use domain::Text;

use super::exit::{Exit, on_runtime};
use super::open;
use crate::config::Config;

/// What to do about the vault.
#[derive(Debug, Subcommand)]
pub enum Command {
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
    let Command::AcceptLoss { reason } = command;
    on_runtime(accept_loss(config, reason))
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
    app.accept_vault_loss(persons, reason).await.map_err(failed)?;
    println!(
        "已认定{persons}人的个人信息缺失 the loss of personal data was accepted (persons: {persons})"
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
