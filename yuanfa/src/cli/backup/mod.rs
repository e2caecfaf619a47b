mod evidence;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::evidence::Location;
use application::{App, Node, Remembered, files};
use event_store::{Place, SqliteStore};
use indicatif::ProgressBar;
use rusqlite::{Connection, OpenFlags};
use vault::Vault;

use super::{Exit, open};
use crate::config::Config;

/// Where a copy goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 目标目录 Folder to make; it must not exist
    dir: PathBuf,
}

/// Copies tokens, ledger, log, vault and evidence to a new folder, in this order: what the later one holds covers what the
/// earlier one names, because policies and ledger run behind the log, and the log behind vault and evidence. The keys of vault
/// and ledger are not copied: keep them elsewhere. Read models are not copied: they are rebuilt from the log.
///
/// A log on KurrentDB is backed up by other means, and before this. As the tokens' file is then the younger one, its
/// copy does not say how far the policies came: they begin anew and do nothing twice.
pub fn run(config: &Config, args: &Args) -> Exit {
    let (place, pieces) = match (open::place(config), open::evidence(config)) {
        (Ok(place), Ok(pieces)) => (place, pieces),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    match copy(config, &place, &pieces, &args.dir) {
        Ok(()) => {
            if let Err(error) = remember(&config.data) {
                eprintln!("yuanfa: {error}");
            }
            println!("{}", args.dir.display());
            if place.file().is_none() {
                eprintln!("{}", without_log(&place));
            }
            if folder_of(&pieces).is_none() {
                eprintln!("{}", evidence::elsewhere(&pieces));
            }
            eprintln!("主密钥 vault.key 和账本密钥 ledger/key 未包含在备份中，请另行妥善保管。");
            eprintln!(
                "The master key vault.key and the ledger's key ledger/key are not in the backup; keep them safe elsewhere."
            );
            Exit::Ok
        }
        Err(error) => Exit::environment("备份未完成 the backup was not made", &*error),
    }
}

fn copy(
    config: &Config,
    place: &Place,
    pieces: &Location,
    to: &Path,
) -> Result<(), Box<dyn Error>> {
    let data = &config.data;
    let log = place.file().map(SqliteStore::open_read_only).transpose()?;
    let vault = match config.without_vault {
        true => None,
        false => {
            let master = App::master_key(data)?;
            Some(Vault::open(data.join(files::VAULT), master, Box::new(jiff::Timestamp::now))?)
        }
    };
    if to.try_exists()? {
        return Err(format!("目标目录已存在 the folder exists already: {}", to.display()).into());
    }
    evidence::make_private(to).map_err(|error| format!("{}: {error}", to.display()))?;
    copy_node(&data.join(files::NODE), &to.join(files::NODE))?;
    keeper::copy(&data.join(files::LEDGER), &to.join(files::LEDGER))?;
    if let Some(log) = log {
        let log_bar = open::bar("日志 log");
        log.backup(&Place::file_in(to), &mut |done, total| show(&log_bar, done, total))?;
        log_bar.finish();
    } else {
        Node::open(&to.join(files::NODE))?.forget_followers()?;
    }
    if let Some(vault) = vault {
        let vault_bar = open::bar("个人信息库 vault");
        vault.backup(to.join(files::VAULT), |done, total| show(&vault_bar, done, total))?;
        vault_bar.finish();
    }
    if let Some(folder) = folder_of(pieces) {
        let evidence_bar = open::bar("佐证材料 evidence");
        let progress = |done, total| show(&evidence_bar, done, total);
        evidence::copy(folder, &to.join(files::EVIDENCE), progress)?;
        evidence_bar.finish();
    }
    Ok(())
}

/// Remembers when the last backup was made, for whoever watches.
fn remember(data: &Path) -> rusqlite::Result<()> {
    let node = Node::open(&data.join(files::NODE))?;
    node.remember(Remembered::LastBackup, jiff::Timestamp::now().as_microsecond())
}

fn folder_of(pieces: &Location) -> Option<&Path> {
    match pieces {
        Location::Folder(folder) => Some(folder),
        #[cfg(feature = "s3")]
        Location::S3(_) => None,
    }
}

/// What the operator has to do besides.
fn without_log(place: &Place) -> String {
    format!(
        "事件日志在 {place}，未包含在备份中。请先备份日志，再做本备份：用KurrentDB自身的备份，或\n  \
         replay copy --from @连接串文件 --to sqlite:目录\n\
         The event log is at {place} and not in the backup. Back the log up first, then make this backup: with KurrentDB's own\n\
         backup, or with\n  replay copy --from @FILE --to sqlite:DIR"
    )
}

fn copy_node(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    if !from.try_exists()? {
        return Ok(());
    }
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut target = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    Ok(backup.run_to_completion(1024, Duration::from_millis(5), None)?)
}

fn show(bar: &ProgressBar, done: u64, total: u64) {
    bar.set_length(total);
    bar.set_position(done);
}
