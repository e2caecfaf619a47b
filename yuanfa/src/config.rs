//! Where the service keeps its files and where it listens: flags, or the environment.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use api::Options;
use application::files;
use clap::{Args, ValueEnum};
use event_store::{Place, Refused};
use evidence::{BadLocation, Location};
use projections::AsOf;

/// Settings that every subcommand understands. The vault's master key is taken from the file `vault.key` in the data
/// folder, made at first start, or from `YUANFA_MASTER_KEY` (64 hexadecimal digits); it is no flag, because
/// other users of the machine can read those.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// 数据目录 Folder of all data; made if it does not exist
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = "./yuanfa-data",
        env = "YUANFA_DATA"
    )]
    pub data: PathBuf,
    /// 事件日志的位置 Where the event log lies: sqlite:DIR, kurrentdb://…, or @FILE that holds one of these
    ///
    /// 默认在数据目录中。个人信息库、令牌和读模型始终在 --data 中。含密码的连接串请写入环境变量或文件，不要写在命令行上。
    /// By default in the data folder. Vault, tokens and read models stay in --data. A connection string with a password
    /// belongs into the environment or a file, not on the command line, which other users of the machine can read.
    #[arg(
        long,
        global = true,
        value_name = "PLACE",
        env = "YUANFA_STORE",
        hide_env_values = true,
        verbatim_doc_comment
    )]
    pub store: Option<Store>,
    /// 佐证材料的位置 Where photographs and documents lie: DIR, or s3://bucket/prefix?endpoint=…&region=…
    ///
    /// 默认在数据目录的 evidence 中。S3 密钥只从环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY 读取。
    /// By default in the folder evidence of the data folder. Keys for S3 come from the environment alone.
    #[arg(
        long,
        global = true,
        value_name = "PLACE",
        env = "YUANFA_EVIDENCE",
        hide_env_values = true,
        verbatim_doc_comment
    )]
    pub evidence: Option<EvidencePlace>,
    /// 监听地址 Address to listen on
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        env = "YUANFA_LISTEN"
    )]
    pub listen: SocketAddr,
    /// 居民免账号提交的上限 What residents may file from one address within an hour; 0: no limit
    ///
    /// 经反向代理访问时所有居民同为代理的地址：请设为0，并在代理上限制。
    /// Behind a reverse proxy all residents share the proxy's address: set 0 and limit there.
    #[arg(
        long,
        global = true,
        value_name = "COUNT",
        default_value_t = Options::PUBLIC_FILINGS_PER_HOUR,
        env = "YUANFA_PUBLIC_FILINGS_PER_HOUR",
        verbatim_doc_comment
    )]
    pub public_filings_per_hour: u32,
    /// 账本名称 Name of the ledger in its checkpoints, such as yuanfa.county.example
    ///
    /// 首次启动时与密钥一同确定，以后不变；默认随机。
    /// Settled with the key at the first start and kept; drawn at random unless given.
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "YUANFA_LEDGER_NAME",
        verbatim_doc_comment
    )]
    pub ledger_name: Option<String>,
    /// 账本见证规则 Policy of the ledger (c2sp.org/tlog-policy): its witnesses and how many must cosign a checkpoint
    ///
    /// 未获足够见证的检查点不公布，仍公布前一个。文件中须有本账本的一行：log 密钥，密钥见 /ledger/key；每名见证人须有地址。
    /// What they have not cosigned is not published; the checkpoint before it stays. The file names this ledger in a line
    /// log KEY, as /ledger/key tells it, and an address for every witness.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "YUANFA_LEDGER_POLICY",
        verbatim_doc_comment
    )]
    pub ledger_policy: Option<PathBuf>,
    /// 历史查询的间隔 After how many events the read models of the past are brought up; 0: only when somebody asks
    ///
    /// 间隔越小，按时刻查询越快，占用的磁盘越多；允许1000至1000000。
    /// The fewer, the sooner a question about the past is answered and the more disk it takes; 1000 to 1000000.
    #[arg(
        long,
        global = true,
        value_name = "COUNT",
        default_value_t = AsOf::EVERY,
        value_parser = mark_every,
        env = "YUANFA_MARK_EVERY",
        verbatim_doc_comment
    )]
    pub mark_every: u64,
    /// 日志格式 Form of the log on standard error; RUST_LOG filters it
    #[arg(long, global = true, value_enum, default_value_t = LogForm::Text, env = "YUANFA_LOG")]
    pub log: LogForm,
}

impl Config {
    /// The place of the event log.
    ///
    /// # Errors
    /// [`Refused`] says why the one that was given cannot be.
    pub fn place(&self) -> Result<Place, Refused> {
        let given = self.store.clone().map(|store| store.0);
        given.unwrap_or_else(|| Ok(Place::Sqlite(self.data.clone())))
    }

    /// The place of the evidence.
    ///
    /// # Errors
    /// [`BadLocation`] says why the one that was given cannot be.
    pub fn evidence(&self) -> Result<Location, BadLocation> {
        let given = self.evidence.clone().map(|place| place.0);
        given.unwrap_or_else(|| Ok(Location::Folder(self.data.join(files::EVIDENCE))))
    }
}

fn mark_every(text: &str) -> Result<u64, String> {
    let events = text.parse().ok().filter(|events| matches!(events, 0 | 1_000..=1_000_000));
    events.ok_or_else(|| "应为0，或1000至1000000。 Give 0, or 1000 to 1000000.".to_owned())
}

/// A place as it was given. A bad one is kept, because clap would repeat it, password and all.
#[derive(Debug, Clone)]
pub struct Store(Result<Place, Refused>);

impl FromStr for Store {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Place::given(text)))
    }
}

/// A place of evidence as it was given. A bad one is kept, because clap would repeat it, a key and all.
#[derive(Debug, Clone)]
pub struct EvidencePlace(Result<Location, BadLocation>);

impl FromStr for EvidencePlace {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.parse()))
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogForm {
    /// For people.
    Text,
    /// A JSON object a line, for programs.
    Json,
}
