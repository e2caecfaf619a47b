//! Why a command has no answer, and with which exit code that ends.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use event_store::{AppendError, OpenError, Place, StoreError};
use keeper::witness::WitnessError;
use keeper::{KeyError, MirrorError};
use projections::ProjectionError;

use crate::copy::CopyError;
use crate::lang::Said;

/// Exit codes.
pub mod exit {
    /// All is well.
    pub const OK: u8 = 0;
    /// Something was found, differs, or is not there.
    pub const FINDING: u8 = 1;
    /// The command line asks for nothing that can be done.
    pub const USAGE: u8 = 2;
    /// A file cannot be opened, read or written.
    pub const ENVIRONMENT: u8 = 3;
}

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for something impossible.
    #[error("{0}")]
    Usage(Said),
    /// What was asked for is not in the log.
    #[error("{0}")]
    NotThere(Said),
    /// The log cannot be opened.
    #[error("cannot open the event log {place}")]
    OpenLog {
        /// Where it should be.
        place: String,
        /// Why not.
        source: OpenError,
    },
    /// The log cannot be read.
    #[error("cannot read the event log")]
    Log(#[from] StoreError),
    /// A history cannot be moved, or did not arrive.
    #[error("cannot copy the event log")]
    Copy(#[from] CopyError),
    /// Read models cannot be built.
    #[error("cannot build the read models")]
    Projection(#[from] ProjectionError),
    /// A read database cannot be opened.
    #[error("cannot open the read database {}", path.display())]
    OpenDatabase {
        /// Where it should be.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
    /// A database cannot be read.
    #[error("cannot read a database")]
    Database(#[from] rusqlite::Error),
    /// The vault cannot be read.
    #[error("cannot read the vault")]
    Vault(#[from] vault::VaultError),
    /// The evidence cannot be opened.
    #[error("cannot open the evidence")]
    OpenEvidence(#[from] evidence::OpenError),
    /// The evidence cannot be read.
    #[error("cannot read the evidence")]
    Evidence(#[from] evidence::StorageError),
    /// A query has no answer.
    #[error("cannot query the read models")]
    Query(#[from] projections::QueryError),
    /// A file cannot be made or written.
    #[error("cannot write {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Unread {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A ledger does not answer.
    #[error("{0}")]
    Unanswered(String),
    /// A mirror cannot go on.
    #[error("cannot keep the mirror")]
    Mirror(#[from] MirrorError),
    /// A witness cannot be opened.
    #[error("cannot be a witness")]
    Witness(#[from] WitnessError),
    /// Nobody can be answered.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The answer cannot be written.
    #[error("cannot write the answer")]
    Output(#[from] io::Error),
    /// A row has no JSON form.
    #[error("cannot write the answer as JSON")]
    Json(#[from] serde_json::Error),
    /// The answer cannot be made a file for spreadsheets.
    #[error("cannot write the answer as a table")]
    Table(#[from] papers::table::TableError),
}

impl Failure {
    /// Bad usage, said in both languages.
    pub fn usage(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Usage(Said::new(zh, en))
    }

    /// The log at a place does not open.
    pub fn open_log(place: &Place, source: OpenError) -> Self {
        let file = place.file().map(|file| file.display().to_string());
        Self::OpenLog { place: file.unwrap_or_else(|| place.to_string()), source }
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Usage(_)
            | Self::Projection(ProjectionError::BeyondHead { .. })
            | Self::Witness(
                WitnessError::NoKey { .. }
                | WitnessError::Named { .. }
                | WitnessError::Key(KeyError::Name { .. }),
            ) => exit::USAGE,
            Self::NotThere(_)
            | Self::Copy(
                CopyError::Differs(_)
                | CopyError::Append(AppendError::Conflict { .. } | AppendError::IdTaken { .. })
                | CopyError::Source(StoreError::Corrupt(_))
                | CopyError::Target(StoreError::Corrupt(_)),
            )
            | Self::Projection(ProjectionError::Undecodable(_))
            | Self::Log(StoreError::Corrupt(_)) => exit::FINDING,
            Self::OpenLog { .. }
            | Self::Log(_)
            | Self::Copy(_)
            | Self::Projection(_)
            | Self::OpenDatabase { .. }
            | Self::Database(_)
            | Self::Vault(_)
            | Self::OpenEvidence(_)
            | Self::Evidence(_)
            | Self::Query(_)
            | Self::File { .. }
            | Self::Unread { .. }
            | Self::Unanswered(_)
            | Self::Mirror(_)
            | Self::Witness(_)
            | Self::Listen { .. }
            | Self::Output(_)
            | Self::Json(_)
            | Self::Table(_) => exit::ENVIRONMENT,
        }
    }

    /// Whether the reader of the answer went away, which is no failure of ours.
    pub fn is_hang_up(&self) -> bool {
        let kind = match self {
            Self::Output(error) => Some(error.kind()),
            Self::Table(error) => error.io_error_kind(),
            Self::Json(error) => error.io_error_kind(),
            Self::Usage(_)
            | Self::NotThere(_)
            | Self::OpenLog { .. }
            | Self::Log(_)
            | Self::Copy(_)
            | Self::Projection(_)
            | Self::OpenDatabase { .. }
            | Self::Database(_)
            | Self::Vault(_)
            | Self::OpenEvidence(_)
            | Self::Evidence(_)
            | Self::Query(_)
            | Self::File { .. }
            | Self::Unread { .. }
            | Self::Unanswered(_)
            | Self::Mirror(_)
            | Self::Witness(_)
            | Self::Listen { .. } => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }

    /// What happened and what to do, in both languages. Causes come after it, in English.
    pub fn said(&self) -> Said {
        match self {
            Self::Usage(said) | Self::NotThere(said) => said.clone(),
            Self::OpenLog { place, source } => open_log(place, source),
            Self::Log(StoreError::Corrupt(_)) => Said::new(
                "事件日志已损坏;请运行 replay verify 查明,并从备份恢复。",
                "The event log is damaged; run replay verify to see where, and restore a backup.",
            ),
            Self::Copy(error) => copy(error),
            Self::Log(StoreError::Unreachable(_)) => unreachable("事件日志", "The event log"),
            Self::Log(_) => Said::new("无法读取事件日志。", "The event log cannot be read."),
            Self::Projection(ProjectionError::BeyondHead { asked, head }) => Said::new(
                format!("日志到位置{head}为止,没有位置{asked};请给出不大于{head}的位置。"),
                format!(
                    "The log ends at position {head}, before {asked}; give {head} or a smaller one."
                ),
            ),
            Self::Projection(ProjectionError::Undecodable(event)) => Said::new(
                format!("位置{}的事件无法读取;请运行 replay verify 查明。", event.position),
                format!(
                    "The event at position {} cannot be read; run replay verify to see why.",
                    event.position
                ),
            ),
            Self::Projection(_) => {
                Said::new("无法重建读模型。", "The read models cannot be rebuilt.")
            }
            Self::OpenDatabase { path, .. } => Said::new(
                format!("无法打开读模型数据库 {};请检查路径和权限。", path.display()),
                format!(
                    "The read database {} cannot be opened; check the path and its permissions.",
                    path.display()
                ),
            ),
            Self::OpenEvidence(evidence::OpenError::Place(bad)) => Said::new(bad.zh(), bad.en()),
            Self::OpenEvidence(_) | Self::Evidence(_) => Said::new(
                "无法读取佐证材料;请用 --evidence 指明位置,检查权限、网络和密钥,然后重试。",
                "The evidence cannot be read; name its place with --evidence, check permissions, network and keys, then try again.",
            ),
            Self::Database(_) | Self::Vault(_) | Self::Query(_) => {
                Said::new("无法读取数据库。", "A database cannot be read.")
            }
            Self::File { path, .. } => Said::new(
                format!("无法写入 {};请检查路径、权限和磁盘空间。", path.display()),
                format!(
                    "{} cannot be written; check the path, its permissions and the room on the disk.",
                    path.display()
                ),
            ),
            Self::Unread { path, .. } => Said::new(
                format!("无法读取 {};请检查路径和权限。", path.display()),
                format!("{} cannot be read; check the path and its permissions.", path.display()),
            ),
            Self::Unanswered(reason) => Said::new(
                format!("账本没有给出可用的检查点:{reason}。"),
                format!("The ledger gave no checkpoint to go by: {reason}."),
            ),
            Self::Mirror(error) => Said::new(
                format!("无法继续镜像:{error}。"),
                format!("The mirror cannot go on: {error}."),
            ),
            Self::Witness(error) => witness(error),
            Self::Listen { address, .. } => Said::new(
                format!("无法监听 {address};请用 --listen 另选地址。"),
                format!("{address} cannot be listened on; choose another with --listen."),
            ),
            Self::Output(_) | Self::Json(_) | Self::Table(_) => {
                Said::new("无法写出结果。", "The answer cannot be written.")
            }
        }
    }
}

fn copy(error: &CopyError) -> Said {
    match error {
        CopyError::Differs(difference) => difference.said(),
        CopyError::Source(StoreError::Unreachable(_)) => unreachable("来源日志", "The source"),
        CopyError::Target(StoreError::Unreachable(_)) => unreachable("目标日志", "The target"),
        CopyError::Source(_) => Said::new("无法读取来源日志。", "The source cannot be read."),
        CopyError::Target(_) => Said::new("无法读取目标日志。", "The target cannot be read."),
        CopyError::Append(AppendError::Conflict { .. } | AppendError::IdTaken { .. }) => Said::new(
            "目标不能照原样接收事件:另有写入者,或来源已损坏;请先对来源运行 replay verify。",
            "The target cannot take an event as it is: somebody else writes to it, or the source is damaged; run replay verify on the source first.",
        ),
        CopyError::Append(_) => Said::new(
            "无法写入目标日志;排除故障后再运行一次,即接着搬。",
            "The target cannot be written; mend what is wrong and run the same again, which goes on.",
        ),
    }
}

fn witness(error: &WitnessError) -> Said {
    match error {
        WitnessError::NoKey { folder } => Said::new(
            format!("{} 中没有密钥;首次启动请用 --new-key 命名。", folder.display()),
            format!(
                "{} holds no key; name one with --new-key at the first start.",
                folder.display()
            ),
        ),
        WitnessError::Named { name } => Said::new(
            format!("此见证人已名为 {name};请去掉 --new-key,或另用空目录。"),
            format!("This witness is named {name}; leave out --new-key, or use an empty folder."),
        ),
        WitnessError::InUse { folder } => Said::new(
            format!("另一进程正在使用 {}。", folder.display()),
            format!("Another process uses {}.", folder.display()),
        ),
        WitnessError::Forgot { file } => Said::new(
            format!("{} 已丢失或损坏;此见证人不得再用,请在空目录中另起一名。", file.display()),
            format!(
                "{} is gone or damaged; this witness must not be used again: begin another in an empty folder.",
                file.display()
            ),
        ),
        WitnessError::Key(KeyError::Name { name, .. }) => Said::new(
            format!("见证人不能名为“{name}”;名称不得含空格、加号和控制字符。"),
            format!("A witness cannot be named {name:?}: no spaces, plus or control characters."),
        ),
        WitnessError::Folder { folder, .. } => Said::new(
            format!("无法使用 {};请检查路径、权限和磁盘。", folder.display()),
            format!(
                "{} cannot be used; check the path, its permissions and the disk.",
                folder.display()
            ),
        ),
        WitnessError::Key(_) => {
            Said::new("无法使用见证人的密钥。", "The witness's key cannot be used.")
        }
    }
}

fn unreachable(zh: &str, en: &str) -> Said {
    Said::new(
        format!("连不上{zh};请检查地址、网络和数据库,然后重试。"),
        format!("{en} cannot be reached; check address, network and database, then try again."),
    )
}

fn open_log(path: &str, error: &OpenError) -> Said {
    match error {
        OpenError::Missing => Said::new(
            format!("没有事件日志 {path};请用 --data 指明数据目录,或用 --store 指明日志的位置。"),
            format!(
                "There is no event log {path}; name the data folder with --data, or the log's place with --store."
            ),
        ),
        OpenError::Denied => Said::new(
            format!("没有权限读取 {path};请以服务所用的系统用户运行,或先复制备份。"),
            format!(
                "This user may not read {path}; run as the system user of the service, or read a backup."
            ),
        ),
        OpenError::Refused(refused) => Said::new(
            format!("无法打开事件日志 {path}:{}", refused.zh()),
            format!("The event log {path} cannot be opened. {}", refused.en()),
        ),
        OpenError::Store(StoreError::Unreachable(_)) => {
            unreachable(&format!("事件日志 {path}"), &format!("The event log {path}"))
        }
        OpenError::NotALog => {
            Said::new(format!("{path} 不是事件日志。"), format!("{path} is not an event log."))
        }
        OpenError::Revision { found, known } => Said::new(
            format!("{path} 为第{found}版格式,本程序只读第{known}版;请使用相应版本的程序。"),
            format!(
                "{path} has revision {found}, this program reads {known}; use the program that fits."
            ),
        ),
        OpenError::HalfCopied => Said::new(
            format!("{path} 是在使用中拷贝的,不完整;请用 yuanfa backup 备份后再读。"),
            format!(
                "{path} was copied while in use and is not whole; make the copy with yuanfa backup."
            ),
        ),
        OpenError::InUse | OpenError::Store(_) => Said::new(
            format!("无法打开事件日志 {path}。"),
            format!("The event log {path} cannot be opened."),
        ),
    }
}
