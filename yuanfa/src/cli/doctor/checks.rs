//! What lies in the data folder, on the machine, and how the two are entered.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use application::{
    App, Clock, Node, Remembered, WatchedClock, differing_days, files, lost_persons,
};
use domain::Refusal as _;
use event_store::{EventStore, OpenError, free_bytes};
use jiff::{SignedDuration, Timestamp};
use rustix::process::{Resource, getrlimit};
use vault::Vault;

use super::super::exit::with_causes;
use super::super::{open, system};
use super::finding::Finding;
use crate::config::Config;

/// Free room below which writing stops, and below which somebody should make room.
const RESERVE: u64 = 64 << 20;
const COMFORT: u64 = 1 << 30;
/// A backup older than this is old.
const OLD: SignedDuration = SignedDuration::from_hours(36);

/// The folder and the rights on what lies in it.
pub fn of_folder(config: &Config) -> Vec<Finding> {
    let data = &config.data;
    if let Err(error) = fs::read_dir(data) {
        let zh = format!("数据目录 {} 不存在或不能读取。", data.display());
        let en = format!("The data folder is not there or cannot be read: {error}.");
        return vec![Finding::wrong(zh, en).mended_by("--data DIR")];
    }
    let open_to_others = with_rights_of_others(data);
    let rights = match open_to_others.first() {
        None => Finding::well(
            "数据目录只有本用户可以访问。",
            "Nobody but this user can reach into the data folder.",
        ),
        Some(first) => Finding::wrong(
            format!(
                "其他用户有权访问数据目录中的{}处,如 {}。",
                open_to_others.len(),
                first.display()
            ),
            format!(
                "Others have rights on {} of what lies there, such as {}.",
                open_to_others.len(),
                first.display()
            ),
        )
        .mended_by(format!("chmod -R go= {}", data.display())),
    };
    vec![rights, room(data)]
}

fn with_rights_of_others(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let of_others = |path: &Path| {
        fs::symlink_metadata(path).is_ok_and(|it| it.permissions().mode() & 0o077 != 0)
    };
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if of_others(&folder) {
            found.push(folder.clone());
        }
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if !kind.is_symlink() && of_others(&path) => found.push(path),
                Ok(_) | Err(_) => {}
            }
        }
    }
    found
}

fn room(data: &Path) -> Finding {
    match free_bytes(data) {
        None => Finding::mind("磁盘余量不详。", "How much room is left is not known."),
        Some(free) if free < RESERVE => Finding::wrong(
            format!("磁盘只剩{}MB,已停止写入。", free >> 20),
            format!("Only {} MB are left, and writing has stopped.", free >> 20),
        )
        .mended_by("docs/operations.md §10"),
        Some(free) if free < COMFORT => Finding::mind(
            format!("磁盘只剩{}MB。", free >> 20),
            format!("Only {} MB are left.", free >> 20),
        )
        .mended_by("docs/operations.md §10"),
        Some(free) => Finding::well(
            format!("磁盘余{}GB。", free >> 30),
            format!("{} GB are left.", free >> 30),
        ),
    }
}

/// What the system lets a process have.
pub fn of_system(config: &Config) -> Vec<Finding> {
    let wanted = u64::from(config.limits.max_connections) + system::FOR_FILES;
    let most = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
    vec![match most >= wanted {
        true => Finding::well(
            format!("在此处运行时可打开的文件数足够({wanted});systemd另有限额。"),
            format!("Enough files may be open where this runs ({wanted}); systemd has a limit of its own."),
        ),
        false => Finding::mind(
            format!("最多可打开{most}个文件,少于所需的{wanted},连接数将减少。"),
            format!("At most {most} files may be open, {wanted} are wanted: fewer connections are taken."),
        )
        .mended_by(format!("ulimit -n {wanted}  (systemd: LimitNOFILE={wanted})")),
    }]
}

/// Log, vault, ledger, clock and backup, one against the other.
pub async fn of_history(config: &Config) -> Vec<Finding> {
    let Ok(place) = open::place(config) else { return vec![] };
    if !config.data.exists() {
        return vec![];
    }
    let store = match place.open_read_only().await {
        Ok(store) => store,
        Err(OpenError::Missing) => {
            return vec![Finding::mind(
                "还没有事件日志;首次启动时建立。",
                "There is no event log yet; the first start makes it.",
            )];
        }
        Err(error) => {
            return vec![
                Finding::wrong(
                    format!("事件日志打不开:{}。", with_causes(&error)),
                    format!("The event log cannot be opened: {}.", with_causes(&error)),
                )
                .mended_by("docs/operations.md §7"),
            ];
        }
    };
    let mut found = vec![];
    let (events, last) = match open::walk(&*store).await {
        Ok(walked) => walked,
        Err(error) => {
            return vec![
                Finding::wrong(
                    format!("事件日志读不完:{}。", with_causes(&error)),
                    format!("The event log cannot be read to its end: {}.", with_causes(&error)),
                )
                .mended_by("docs/operations.md §7"),
            ];
        }
    };
    found.push(Finding::well(
        format!("事件日志可读,共{events}件事件。"),
        format!("The event log can be read: {events} events."),
    ));
    found.extend(of_vault(config, &*store, events).await);
    found.push(of_ledger(config, events));
    found.extend(of_node(config, last));
    found
}

async fn of_vault(config: &Config, store: &dyn EventStore, events: u64) -> Vec<Finding> {
    if config.without_vault {
        return vec![Finding::well(
            "本目录声明没有个人信息库。",
            "This folder is declared to have no vault.",
        )];
    }
    let (vault, key) = (config.data.join(files::VAULT), config.data.join(files::VAULT_KEY));
    if !key.exists() && !App::key_is_in_environment() && (events > 0 || vault.exists()) {
        return vec![
            Finding::wrong("个人信息库的主密钥缺失。", "The vault's master key is missing.")
                .mended_by("docs/operations.md §9"),
        ];
    }
    if !vault.exists() {
        return vec![match events {
            0 => Finding::well("还没有个人信息库。", "There is no vault yet."),
            _ => Finding::wrong("个人信息库缺失。", "The vault is missing.")
                .mended_by("docs/operations.md §5"),
        }];
    }
    let opened =
        App::master_key(&config.data).map_err(|error| with_causes(&error)).and_then(|key| {
            Vault::open(&vault, key, Box::new(Timestamp::now)).map_err(|error| with_causes(&error))
        });
    let vault = match opened {
        Ok(vault) => Arc::new(vault),
        Err(error) => return vec![does_not_open(&error)],
    };
    let lost = lost_persons(store, Arc::clone(&vault)).await;
    let persons = match lost {
        Ok(0) => Finding::well(
            "个人信息库认得日志所指的每一个人。",
            "The vault knows everybody to whom the log refers.",
        ),
        Ok(lost) => Finding::wrong(
            format!("日志中有{lost}人的个人信息不在个人信息库中。"),
            format!("The vault does not know {lost} to whom the log refers."),
        )
        .mended_by("docs/operations.md §5; yuanfa vault accept-loss --reason WHY"),
        Err(error) => does_not_open(&with_causes(&error)),
    };
    vec![persons, of_readings(store, vault).await]
}

fn does_not_open(error: &str) -> Finding {
    Finding::wrong(
        format!("个人信息库打不开:{error}。"),
        format!("The vault cannot be opened: {error}."),
    )
    .mended_by("docs/operations.md §9")
}

/// Whether the vault holds the records of who read as the log states them.
async fn of_readings(store: &dyn EventStore, vault: Arc<Vault>) -> Finding {
    match differing_days(store, vault).await {
        Ok(days) => match days.first() {
            None => Finding::well(
                "查阅记录与日结相符。",
                "The records of readings are as they were stated.",
            ),
            Some(first) => Finding::wrong(
                format!("有{}日的查阅记录与日结不符,首为{}。", days.len(), first.day),
                format!(
                    "The records of readings are not as they were stated for {} days, first {}.",
                    days.len(),
                    first.day
                ),
            )
            .mended_by("yuanfa vault check  (docs/operations.md §5)"),
        },
        Err(error) => does_not_open(&with_causes(&error)),
    }
}

fn of_ledger(config: &Config, events: u64) -> Finding {
    let folder = config.data.join(files::LEDGER);
    let signed = keeper::signed_in(&folder);
    let halted = keeper::halted_in(&folder);
    match (halted, signed) {
        (Err(error), _) | (_, Err(error)) => Finding::wrong(
            format!("账本读不了:{error}。"),
            format!("The ledger cannot be read: {error}."),
        )
        .mended_by("docs/operations.md §8"),
        (Ok(Some(reason)), _) => Finding::wrong(
            format!("账本已停止签名:{reason}。"),
            format!("The ledger has halted and signs nothing: {reason}."),
        )
        .mended_by("yuanfa ledger repair  (docs/operations.md §8)"),
        (Ok(None), Ok(None)) => Finding::mind(
            "还没有账本;服务首次运行时建立。",
            "There is no ledger yet; the first run of the service makes it.",
        ),
        (Ok(None), Ok(Some(_))) if !folder.join("key").exists() => {
            Finding::wrong("账本密钥缺失。", "The ledger's key is missing.")
                .mended_by("docs/operations.md §9")
        }
        (Ok(None), Ok(Some((note, _)))) => {
            let size = note.lines().nth(1).and_then(|size| size.parse::<u64>().ok()).unwrap_or(0);
            match size <= events {
                true => Finding::well(
                    format!("账本已签署{size}件事件。"),
                    format!("The ledger has signed {size} events."),
                ),
                false => Finding::wrong(
                    format!("账本已签署{size}件事件,日志只有{events}件:日志被截短,或恢复自更早的备份。"),
                    format!("The ledger has signed {size} events and the log holds {events}: it was cut, or restored from before."),
                )
                .mended_by("docs/operations.md §8"),
            }
        }
    }
}

/// Clock and backup, as far as the node remembers.
fn of_node(config: &Config, last_event: Option<Timestamp>) -> Vec<Finding> {
    let node = config.data.join(files::NODE);
    if !node.exists() {
        return vec![
            Finding::wrong("node.sqlite 缺失。", "node.sqlite is missing.")
                .mended_by("docs/operations.md §5"),
        ];
    }
    let remembered = Node::open(&node).and_then(|node| {
        Ok((node.remembered(Remembered::LastRan)?, node.remembered(Remembered::LastBackup)?))
    });
    let (Ok((last_ran, last_backup)), Ok(clock)) = (remembered, open::clock(&config.data)) else {
        return vec![Finding::wrong("node.sqlite 读不了。", "node.sqlite cannot be read.")];
    };
    let moment = |micros: Option<i64>| micros.and_then(|it| Timestamp::from_microsecond(it).ok());
    let watched = WatchedClock::over(Arc::clone(&clock), last_event, moment(last_ran));
    let clock = match watched.trusted() {
        Ok(()) => Finding::well("时钟可信。", "The clock is believed."),
        Err(doubt) => Finding::wrong(doubt.zh(), doubt.en()).mended_by("docs/operations.md §11"),
    };
    let backup = match moment(last_backup) {
        None => Finding::mind("从未在此备份。", "No backup was ever made here.")
            .mended_by("yuanfa backup DIR"),
        Some(at) if at.duration_until(Timestamp::now()) > OLD => {
            Finding::mind(format!("上次备份在{at}。"), format!("The last backup was made at {at}."))
                .mended_by("yuanfa backup DIR")
        }
        Some(at) => {
            Finding::well(format!("上次备份在{at}。"), format!("The last backup was made at {at}."))
        }
    };
    vec![clock, backup]
}

/// TLS, proxies, and what passes in clear.
pub fn of_entrances(config: &Config) -> Vec<Finding> {
    let open_to_others = !config.listen.ip().is_loopback();
    let tls = match (&config.tls_cert, &config.tls_key) {
        (Some(certificate), Some(key)) => match serving::Tls::load(certificate, key) {
            Ok(_) => Finding::well("TLS证书和私钥可用。", "Certificate and key can be used."),
            Err(error) => Finding::wrong(
                format!("TLS证书或私钥无法使用:{}。", with_causes(&error)),
                "Certificate or key cannot be used.",
            )
            .mended_by("docs/operations.md §2"),
        },
        _ if open_to_others && config.trusted_proxy.is_empty() => Finding::wrong(
            "接受外来连接而没有TLS,令牌和个人信息会以明文传输。",
            "Others can connect and there is no TLS: tokens and personal data travel in clear.",
        )
        .mended_by("docs/operations.md §2"),
        _ => Finding::well("没有明文的外来连接。", "Nothing travels in clear from elsewhere."),
    };
    let proxy = match config.trusted_proxy.is_empty() {
        true => Finding::mind(
            "没有可信代理:经代理来的所有人同为一个地址,按地址的限额由众人共用。",
            "No proxy is trusted: all who come through one have one address and share its limits.",
        )
        .mended_by("--trusted-proxy 127.0.0.1  (docs/operations.md §2)"),
        false => Finding::well("可信代理已指定。", "Trusted proxies are named."),
    };
    vec![tls, proxy]
}
