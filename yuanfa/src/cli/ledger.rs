use std::sync::Arc;

use application::{Error, files, log};
use clap::{Args, Subcommand};
use domain::Text;
use keeper::{Repaired, RotateError, Rotation};
use tokio::runtime::Handle;

use super::exit::{Exit, on_runtime};
use super::open;
use crate::config::Config;

/// The account under which a change of key stands in the history.
const ACCOUNT: &str = "cli.ledger";

/// What to do with the ledger.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 更换账本密钥 Let another key sign the ledger from here on; with the service stopped
    ///
    /// 更换写入事件日志(LedgerKeyRotated);换钥处的检查点由新旧两把密钥签署,存为 handover-…。见证方和审计方的信任策略须加上新密钥的log行,旧的保留。
    /// 中途断电,再执行一次即可。
    /// The change becomes an event (LedgerKeyRotated); the checkpoint at which it happens is signed with both keys and kept as
    /// handover-…. Policies of witnesses and auditors need the line of the new key beside that of the old one. After an
    /// interruption the same command again goes on.
    RotateKey(RotateKey),
    /// 修复账本 Let a halted ledger go on where that is safe; with the service stopped
    ///
    /// 逐一核对日志;日志得出上次签署的根,才重建散列文件、解除停止;否则说明从何处不符,一切保持原样。
    /// Goes through the log: only where it gives the very root that was signed last are the hashes made anew and the halt lifted;
    /// else it says where they part, and all stays as it is.
    Repair,
}

/// A change of key.
#[derive(Debug, Args)]
pub struct RotateKey {
    /// 只备好新密钥 Only make the next key and print its line for policies; also while the service runs
    #[arg(long)]
    prepare: bool,
    /// 旧密钥已遗失 The old key is lost: the new one signs alone
    #[arg(long, conflicts_with = "prepare")]
    lost: bool,
    /// 原因 Why, up to 200 characters
    #[arg(long, required_unless_present = "prepare")]
    reason: Option<Text<200>>,
}

/// Changes the key of the ledger in the data folder.
pub fn run(config: &Config, command: Command) -> Exit {
    let RotateKey { prepare, lost, reason } = match command {
        Command::RotateKey(change) => change,
        Command::Repair => return on_runtime(repair(config)),
    };
    let Some(reason) = reason.filter(|_| !prepare) else { return prepare_key(config) };
    on_runtime(rotate(config, lost, reason))
}

fn prepare_key(config: &Config) -> Exit {
    match Rotation::prepare(&config.data.join(files::LEDGER)) {
        Ok(next) => {
            eprintln!(
                "下一把密钥已备好;请把这一行加进信任策略 the next key is made; policies need this line:"
            );
            println!("log {next}");
            Exit::Ok
        }
        Err(error) => unchanged(&error),
    }
}

async fn rotate(config: &Config, lost: bool, reason: Text<200>) -> Result<Exit, Exit> {
    let app = open::app(config).await?;
    let caller = open::operator(ACCOUNT)?;
    let (folder, store) = (config.data.join(files::LEDGER), Arc::clone(&app.store));
    let handle = Handle::current();
    let rotation = blocking(move || Rotation::begin(&folder, store, handle, lost)).await?;
    let key = |key: &ledger::VerifyingKey| key.to_string().parse::<Text<200>>();
    let (old, new) = (rotation.old_key().map(key).transpose(), key(rotation.new_key()));
    let (old, new) = old
        .and_then(|old| Ok((old, new?)))
        .map_err(|error| Exit::environment("密钥名称过长 the key's name is too long", &error))?;
    let told = app.rotate_ledger_key(old, new.clone(), reason, &caller).await;
    told.map_err(|error| {
        if let Error::Refused(refusal) = &error {
            eprintln!("{}\n{}", refusal.zh(), refusal.en());
            return Exit::Refused;
        }
        Exit::environment("密钥未更换 the key was not changed", &error)
    })?;
    blocking(move || rotation.finish()).await?;
    eprintln!("密钥已更换;请把这一行加进信任策略 the key was changed; policies need this line:");
    println!("log {new}");
    Ok(Exit::Ok)
}

async fn repair(config: &Config) -> Result<Exit, Exit> {
    let place = open::place(config)?;
    let store = log::open(&place).await.map_err(|error| open::closed(&place, &error))?;
    let (folder, handle) = (config.data.join(files::LEDGER), Handle::current());
    let bar = open::bar("核对 compare");
    let shown = bar.clone();
    let work = move || {
        keeper::repair(&folder, &*store, &handle, &mut |done, total| {
            shown.set_length(total);
            shown.set_position(done);
        })
    };
    let done = tokio::task::spawn_blocking(work).await;
    bar.finish_and_clear();
    let done = done.map_err(|died| Exit::environment("账本未修复 not repaired", &died))?;
    let Repaired { signed, hashes_made_anew, had_halted } = done.map_err(|error| {
        Exit::environment(
            "账本保持原样,见 docs/operations.md §8 the ledger stays as it is, see docs/operations.md §8",
            &error,
        )
    })?;
    println!(
        "日志得出上次签署的根,共{signed}件事件。 The log gives the root that was signed last, over {signed} events."
    );
    if hashes_made_anew {
        println!("散列文件已从日志重建。 The hashes were made anew from the log.");
    }
    match had_halted {
        Some(reason) => {
            println!("已解除停止,原因曾是 the halt is lifted, its reason was: {reason}")
        }
        None => println!("账本没有停止。 The ledger had not halted."),
    }
    Ok(Exit::Ok)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, RotateError> + Send + 'static,
) -> Result<T, Exit> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| unchanged(&error)),
        Err(died) => Err(Exit::environment("密钥未更换 the key was not changed", &died)),
    }
}

fn unchanged(error: &RotateError) -> Exit {
    Exit::environment(
        "密钥未更换,排除原因后再执行一次 the key was not changed; see to the cause and try again",
        error,
    )
}
