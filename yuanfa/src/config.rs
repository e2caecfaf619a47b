//! Where the service keeps its files and where it listens: flags, or the environment.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use application::files;
use clap::{Args, ValueEnum};
use event_store::{Place, Refused};
use evidence::{BadLocation, Location};
use ipnet::IpNet;
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
    /// 没有个人信息库 This folder has no vault: another service keeps the personal data, and whatever needs it is refused
    #[arg(long, global = true, env = "YUANFA_WITHOUT_VAULT")]
    pub without_vault: bool,
    /// 监听地址 Address to listen on
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        env = "YUANFA_LISTEN"
    )]
    pub listen: SocketAddr,
    /// TLS证书 Chain of certificates in PEM; with --tls-key the service speaks TLS itself, without a proxy
    ///
    /// 更换文件后向进程发送 SIGHUP 即重新读取。 After the files are replaced, SIGHUP has them read again.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        requires = "tls_key",
        env = "YUANFA_TLS_CERT",
        verbatim_doc_comment
    )]
    pub tls_cert: Option<PathBuf>,
    /// TLS私钥 Key of the certificate in PEM
    #[arg(long, global = true, value_name = "FILE", requires = "tls_cert", env = "YUANFA_TLS_KEY")]
    pub tls_key: Option<PathBuf>,
    /// 可信代理 Networks of proxies whose X-Forwarded-For names the client, such as 127.0.0.1 or 10.0.0.0/8
    ///
    /// 不指定时，经代理来的所有人同为代理的地址，按地址的限额由众人共用。
    /// Without it all who come through a proxy have its address, and share what an address has.
    #[arg(
        long,
        global = true,
        value_name = "CIDR",
        value_delimiter = ',',
        value_parser = network,
        env = "YUANFA_TRUSTED_PROXY",
        verbatim_doc_comment
    )]
    pub trusted_proxy: Vec<IpNet>,
    /// 指标地址 Address of /metrics for Prometheus; off: none
    ///
    /// 默认 127.0.0.1:9180，被占用时只告警；明确指定而不能监听时不启动。
    /// By default 127.0.0.1:9180, with a warning where that is taken; one that is given must be free.
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "YUANFA_METRICS_LISTEN",
        verbatim_doc_comment
    )]
    pub metrics_listen: Option<MetricsAddress>,
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
    /// 另立账本 Begin another ledger where the one that was kept is lost
    #[arg(long, global = true, env = "YUANFA_NEW_LEDGER")]
    pub new_ledger: bool,
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
    /// The last, because its heading holds for all that follow.
    #[command(flatten)]
    pub limits: Limits,
}

/// How much each may have; see docs/operations.md.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "限额 Limits")]
pub struct Limits {
    /// 同时连接数 Connections at once
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(8..=65_536),
        default_value_t = DEFAULT_CONNECTIONS, env = "YUANFA_MAX_CONNECTIONS")]
    pub max_connections: u32,
    /// 同时办理的请求数 Requests that are worked on at once
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..),
        default_value_t = count(LIMITS.requests), env = "YUANFA_MAX_REQUESTS")]
    pub max_requests: u32,
    /// 每个账号或地址同时的请求数 Requests of one account, or of one address without accounts, at once
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..),
        default_value_t = count(LIMITS.requests_of_one), env = "YUANFA_REQUESTS_OF_ONE")]
    pub requests_of_one: u32,
    /// 每个账号或地址同时的历史查询数 Questions of one account or address about the past at once
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..),
        default_value_t = count(LIMITS.past_of_one), env = "YUANFA_PAST_OF_ONE")]
    pub past_of_one: u32,
    /// 同时上传数 Uploads at once; each is held in memory
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..),
        default_value_t = count(LIMITS.uploads), env = "YUANFA_MAX_UPLOADS")]
    pub max_uploads: u32,
    /// 每个账号或地址同时上传数 Uploads of one account or address at once
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..),
        default_value_t = count(LIMITS.uploads_of_one), env = "YUANFA_UPLOADS_OF_ONE")]
    pub uploads_of_one: u32,
    /// 居民每小时免账号提交数 What residents may file from one address within an hour; 0: no limit
    #[arg(long, global = true, hide_short_help = true, value_name = "COUNT",
        default_value_t = LIMITS.filings_per_hour, env = "YUANFA_PUBLIC_FILINGS_PER_HOUR")]
    pub public_filings_per_hour: u32,
    /// 每个账号每日上传佐证材料的MB数 Megabytes of evidence that one account may send within a day; 0: no limit
    #[arg(long, global = true, hide_short_help = true, value_name = "MB",
        default_value_t = count_mb(LIMITS.evidence_per_day), env = "YUANFA_EVIDENCE_PER_DAY")]
    pub evidence_per_day: u32,
}

const LIMITS: api::Limits = api::Limits::DEFAULT;
const DEFAULT_CONNECTIONS: u32 = 4096;
const MB: u64 = 1024 * 1024;

fn count(limit: usize) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}

fn count_mb(bytes: u64) -> u32 {
    u32::try_from(bytes / MB).unwrap_or(u32::MAX)
}

impl Limits {
    /// As the API takes them.
    pub fn of_requests(&self) -> api::Limits {
        let count = |limit: u32| limit as usize;
        api::Limits {
            requests: count(self.max_requests),
            requests_of_one: count(self.requests_of_one),
            past_of_one: count(self.past_of_one),
            uploads: count(self.max_uploads),
            uploads_of_one: count(self.uploads_of_one),
            filings_per_hour: self.public_filings_per_hour,
            evidence_per_day: u64::from(self.evidence_per_day) * MB,
        }
    }
}

/// A network, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let of_one = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| of_one()).map_err(|_| {
        "应为IP地址或网段，如 10.0.0.0/8。 Give an address or a network such as 10.0.0.0/8."
            .to_owned()
    })
}

/// Where figures are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MetricsAddress {
    /// Nowhere.
    Off,
    /// There.
    At(SocketAddr),
}

impl FromStr for MetricsAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "off" => Ok(Self::Off),
            address => address.parse().map(Self::At).map_err(|_| {
                "应为地址如 127.0.0.1:9180，或 off。 Give an address such as 127.0.0.1:9180, or off."
                    .to_owned()
            }),
        }
    }
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
