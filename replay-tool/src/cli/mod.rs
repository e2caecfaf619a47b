//! The command line.

mod audit;
mod history;
mod policy;
mod proof;
mod show;
mod verify;
mod watch;
mod witness;

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use event_store::{Place, Refused};
use jiff::Timestamp;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::moment::{self, Cut};
use crate::table::Format;
pub use audit::{Asked, Audit, AuditOf, WithVault};
pub use history::{Export, Import};
pub use policy::{PolicyNew, PolicyOf};
pub use proof::{Check, Prove};
pub use show::Show;
pub use verify::Verify;
pub use watch::Watch;
pub use witness::Witness;

/// 重放:审计员的程序。 replay: the auditors' program.
///
/// 只读事件日志(copy另写目标),服务运行时也可使用。退出码:0正常,1有发现,2用法有误,3文件或数据库无法打开、读取或写入。
///
/// Reads the event log and never writes to it (copy writes its target); works while the service runs. Exit codes: 0 all is well,
/// 1 something was found, 2 bad usage, 3 a file or database cannot be opened, read or written.
#[derive(Debug, Parser)]
#[command(name = "replay", version, propagate_version = true)]
pub struct Cli {
    /// 数据目录。 Data folder of the service.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "YUANFA_DATA",
        default_value = "./yuanfa-data"
    )]
    pub data: PathBuf,
    /// 事件日志的位置。 Where the event log lies: sqlite:DIR, kurrentdb://…, or @FILE that holds one of these.
    ///
    /// 默认在数据目录中;读模型始终在 --data 中。含密码的连接串请写入环境变量或文件,不要写在命令行上。
    ///
    /// By default in the data folder; read models are always in --data. A connection string with a password belongs into
    /// the environment or a file, not on the command line, which other users of the machine can read.
    #[arg(long, global = true, value_name = "PLACE", env = "YUANFA_STORE", hide_env_values = true)]
    store: Option<Given>,
    /// 不显示进度和提示。 No progress and no notes.
    #[arg(long, global = true)]
    pub quiet: bool,
    /// 语言,默认取自环境变量LANG。 Language; by default that of LANG.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The language of answers.
    pub fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(Lang::of_environment)
    }

    /// The place of the log.
    pub fn place(&self) -> Result<Place, Failure> {
        match &self.store {
            Some(given) => given.place(),
            None => Ok(Place::Sqlite(self.data.clone())),
        }
    }
}

/// A place as it was given. A bad one is kept, because clap would repeat it, password and all.
#[derive(Debug, Clone)]
pub struct Given(Box<Result<Place, Refused>>);

impl Given {
    /// The place, if it is one.
    pub fn place(&self) -> Result<Place, Failure> {
        (*self.0).clone().map_err(|refused| Failure::usage(refused.zh(), refused.en()))
    }
}

impl FromStr for Given {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Box::new(Place::given(text))))
    }
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 校验日志、佐证材料和读模型。 Check the log, the evidence and the read models.
    ///
    /// 检查:各事件流版本连续且与流表一致;位置连续、时间不倒退、编号不重复;每件事件可解码并可依次还原;
    /// 操作人、规则簿和起因齐全;积分账户与发放方合计为零,余额任何时候不为负;现有读模型与重建结果逐行一致。
    /// 流表和连续的位置只有SQLite文件才有;在KurrentDB上只查位置递增。
    ///
    /// 账本:由每件事件重新算出散列树,与数据目录中的账本、最近公布的检查点和 --checkpoint 给出的(您自己保存的)检查点核对:
    /// 任何字节被改、次序被换、事件被删或截去,都指明位置和事件流。
    ///
    /// 没有您自己保存的检查点,就不能发现整部改写并重新签署的历史:请每次审计后用 --keep 保存,下次用 --checkpoint 给出。
    /// 签名须用 --policy 指明信任谁。
    ///
    /// 佐证材料:逐件读出事件引用的材料并核对摘要,指明缺失、被改的以及引用它的位置;没有事件引用的只作提示。
    ///
    /// Checks that every stream is dense and agrees with the table of streams; that positions are dense, times never
    /// fall and ids are unique; that every event decodes, folds and carries its metadata; that accounts and issuer
    /// sum to zero and no balance was ever negative; that the live read models equal rebuilt ones row for row. Only a
    /// SQLite file has a table of streams and dense positions; on KurrentDB positions are checked to rise.
    ///
    /// Ledger: the tree is computed anew from every event and compared with the ledger in the data folder, with the
    /// checkpoint that was published last, and with those that you kept (--checkpoint). A byte changed anywhere, events in
    /// another order, one deleted or cut off are named by position and stream.
    ///
    /// Without a checkpoint of your own it cannot see a whole history that was written anew and signed afresh: keep one
    /// after each audit (--keep) and bring it to the next. Whose signatures count is for a policy to say (--policy).
    ///
    /// Evidence: every piece that an event names is read and compared with its digest; what is missing or was changed is
    /// named, with the positions that name it. Pieces that no event names are only mentioned.
    Verify(Verify),
    /// 将全部读模型重建到新文件。 Build all read models into a fresh file.
    Rebuild(Rebuild),
    /// 显示某一时刻的读模型。 Show a read model as of any moment.
    Show(Show),
    /// 比较两个重建的文件或两个时刻。 Compare two rebuilt files, or two moments.
    Diff(Diff),
    /// 说明一个事件流的来龙去脉。 Tell the history of a stream.
    ///
    /// 决议加 --prose 则写成一页可以宣读的文字:从提出、表决、公示、执行到核实和完成公示,以及至今还缺什么;不提咨询人和异议人。
    ///
    /// With --prose a resolution is told as a page to be read aloud: raised, voted on, publicised, executed, verified,
    /// completed, and what is missing; never who asked or objected.
    ///
    /// 例 Examples: replay explain volunteer-V3K7M9QX2TB4D; replay explain unit-330225001;
    /// replay explain resolution-6f9619ff-8b86-4d01-b42d-00cf4fc964ff-1 --prose --as-of 2022-06-30
    Explain(Explain),
    /// 审计是否落实,一部分或全部。 Audit whether things were done as they should be: one part, or all.
    ///
    /// 不指明部分则全部审计,一次读完日志,列出各部分的发现并汇总;每种发现后附一句含义和下一步。缺失、违规、存疑使退出码为1;
    /// 迟办、提示只列出。直接读日志,不依赖读模型和服务。
    ///
    /// Without a part it audits all of them in one reading of the log, lists what was found in each, and sums up; below stands what
    /// each finding means and what to do next. Missing, wrong and doubtful make exit code 1; late and note are only listed. It
    /// reads the log itself and relies neither on read models nor on the service.
    ///
    /// 例 Examples: replay audit --as-of 2022-12-31; replay audit hours --unit 330225001 --failures-only
    Audit(Audit),
    /// 导出历史:一行一个JSON的文件,或可自行校验的目录。 Export the history: JSON lines, or a folder that verifies by itself.
    ///
    /// 目录含全部事件(log.sqlite)和账本的散列与检查点(ledger/),不含签名密钥、个人信息库和读模型。replay verify --data 目录
    /// 即可校验,其他命令同样可用;replay import 先校验,再写入另一日志。中断后再运行一次即接着导出。
    ///
    /// The folder has all events (log.sqlite) and the ledger's hashes and checkpoint (ledger/), and neither the signing key nor
    /// the vault nor read models. replay verify --data DIR verifies it, and every other command works on it; replay import
    /// verifies it first and then writes it to another log. After an interruption the same command goes on.
    Export(Export),
    /// 校验导出的目录并写入另一日志。 Verify an exported folder and write it to another log.
    ///
    /// 先查后写:有任何发现则一件也不写入(退出码1)。目标的要求同copy。
    ///
    /// First verified, then written: nothing is where anything was found (exit code 1). The target must be as for copy.
    Import(Import),
    /// 日志统计。 Figures of the log.
    Stats(Stats),
    /// 为一件事件或一则公示出具证明。 Prove an event or a notice.
    ///
    /// 证明(c2sp.org/tlog-proof)载有事件的全部字节、到检查点的散列和签名的检查点,任何人可用 replay check 离线核对。
    /// 证明含事件的全部内容,请勿交给不应看到该事件的人。
    ///
    /// A proof (c2sp.org/tlog-proof) has all bytes of the event, the hashes up to the checkpoint, and the signed checkpoint;
    /// anybody checks it offline with replay check. It shows the whole event: give it to nobody who may not see that.
    ///
    /// 例 Examples: replay prove notice-squads-2021 --out notice.tlog-proof;
    /// replay prove service-V3K7M9QX2TB4D --event 2; replay prove 6f9619ff-8b86-4d01-b42d-00cf4fc964ff-1-p1
    Prove(Prove),
    /// 离线核对证明,包括纸上二维码的内容。 Check proofs offline, also those scanned from paper.
    ///
    /// 只需信任策略,不需日志、服务或网络;显示的每一项都取自已证明的字节。二维码的各段可按任意顺序给出。退出码1:不成立。
    ///
    /// Needs the policy and nothing else: no log, no service, no network. Every field that is shown comes from the proven
    /// bytes. The pieces of QR codes may come in any order. Exit code 1: not proven.
    Check(Check),
    /// 信任策略。 Policies of trust.
    #[command(subcommand)]
    Policy(PolicyOf),
    /// 将整部历史搬到另一日志,并逐条核对。 Move a whole history to another log, and compare it record by record.
    ///
    /// 事件流、版本、编号、类型、数据、元数据、记录时间和先后次序全部不变;位置由各引擎自定。只读来源。目标须为空,
    /// 或恰为来源的开头:中断后再运行一次即接着搬;目标已完整则只核对;目标含其他内容则不写入,并指出第一处不同。
    /// 最后两端从头重读,逐条比较,并各给出SHA-256。搬运期间目标不能有其他写入者;来源若有新增,只搬到开始时的末尾,
    /// 因此切换前请先停止服务。退出码1:两端不同。
    ///
    /// Streams, versions, ids, kinds, data, metadata, times and their order stay as they are; positions are each engine's
    /// own. The source is only read. The target must be empty, or hold just the beginning of the source: after an
    /// interruption the same command goes on; a target that is complete is only compared; one that holds anything else is
    /// left alone, and the first difference is named. At the end both are read again and compared record by record, and a
    /// SHA-256 is given for each. Nobody else may write to the target meanwhile; what the source learns after the beginning
    /// is not copied, so stop the service before you switch over. Exit code 1: the two differ.
    ///
    /// SHA-256依次取各条记录的 stream, version, id, kind, recorded_at, data, metadata,每项之前为其长度;长度、版本和1970年以来的微秒数
    /// 各为8字节大端整数,id为其16字节。
    ///
    /// The SHA-256 is of stream, version, id, kind, recorded_at, data, metadata of each record, each after its length; lengths,
    /// version and microseconds since 1970 are 8 bytes, big-endian; the id is its 16 bytes.
    ///
    /// 例 Examples: replay copy --from sqlite:yuanfa-data --to @kurrentdb.txt;
    /// replay copy --from @kurrentdb.txt --to sqlite:backup --compare
    Copy(Copy),
    /// 作为第三方见证账本的检查点。 Cosign the checkpoints of ledgers, as a third party.
    ///
    /// 谁都可以运行:法院、高校、媒体。按 c2sp.org/tlog-witness 应答 POST /add-checkpoint,GET / 给出见证人的公钥。
    /// 只见证与上次一致的检查点,因此账本的管理者无法向不同的人出示两部历史。先记住、落盘,再应答;随时断电也不会为两部历史签名。
    /// 首次启动用 --new-key 命名,密钥在目录中,仅本人可读。记忆丢失的见证人不得再用,请在空目录中另起一名。
    ///
    /// Anybody may run one: a court, a university, the press. It answers POST /add-checkpoint as c2sp.org/tlog-witness says,
    /// and GET / with its key. It cosigns only what follows from what it cosigned before, so whoever keeps a ledger cannot
    /// show two histories. What it cosigns it remembers first, durably: no crash makes it cosign both. At the first start
    /// --new-key names it; the key lies in the folder, for its owner only. A witness that has lost its memory must not be
    /// used again: begin another in an empty folder. It speaks plain HTTP: put a reverse proxy with TLS before it.
    ///
    /// 例 Example: replay witness --folder witness --policy county.policy --new-key court.example/w1 --listen 0.0.0.0:8090
    Witness(Witness),
    /// 盯住一个账本:所见不一致即报警。 Keep an eye on a ledger that is served, and raise an alarm.
    ///
    /// 取回检查点和散列,逐一核对:新的历史必须以所见的历史开头。签名不符、变短或被改写即报警并以1退出。镜像目录留有所见的
    /// 散列:此后 replay verify --ledger 目录 能指明哪一件事件被改。
    ///
    /// Fetches checkpoint and hashes and checks them: what was seen must be the beginning of what is there now. A false
    /// signature, a shorter or another history is an alarm, and exit code 1. The folder keeps the hashes as they were seen:
    /// replay verify --ledger DIR then names the event that was changed.
    ///
    /// 例 Example: replay watch https://county.example/ledger --policy county.policy --folder mirror
    Watch(Watch),
}

/// `rebuild`.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// 写入的文件。 The file to write.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// 覆盖已有文件。 Overwrite the file if there is one.
    #[arg(long)]
    pub force: bool,
    /// Up to where.
    #[command(flatten)]
    pub cut: Cut,
}

/// `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// 两个由rebuild写出的文件。 Two files that rebuild has written.
    #[arg(value_name = "FILE", num_args = 0..=2)]
    pub files: Vec<PathBuf>,
    /// 较早的时刻。 The earlier moment.
    #[arg(long, value_name = "TIME", value_parser = moment::parse, requires = "to", conflicts_with = "files")]
    pub from: Option<Timestamp>,
    /// 较晚的时刻。 The later moment.
    #[arg(long, value_name = "TIME", value_parser = moment::parse, requires = "from")]
    pub to: Option<Timestamp>,
    /// 列出两个时刻之间的每件事件及其经过,而非读模型的差异。 The events between two moments as sentences, not rows.
    #[arg(long, requires = "from", conflicts_with = "files")]
    pub facts: bool,
    /// Where what was replayed is kept.
    #[command(flatten)]
    pub cache: Cache,
    /// 最多列出多少处差异。 List at most so many differences.
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// What was replayed before, for whoever looks at many moments.
#[derive(Debug, Args)]
pub struct Cache {
    /// 审计员自己的缓存目录:重放过的部分留在其中,再看任一时刻不必从头重放。
    ///
    /// 默认每次只依据日志从头重放。缓存只核对其末件事件仍在日志原处;之后被改动的事件,缓存看不出,请用verify。不可使用服务自己的目录。
    ///
    /// A folder of the auditor's own that keeps what was replayed, so that any moment is looked at again without replaying
    /// from the beginning. Without it the log alone counts, each time. A cache is held against the log by its last event
    /// only: it does not notice an event that was changed since, which is for verify. Not for the service's own folder.
    #[arg(id = "cache", long = "cache", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// 事件流,例 unit-330225001。 The stream, for example unit-330225001.
    pub stream: String,
    /// 决议写成可以宣读的文字。 Tell a resolution as a page to be read aloud.
    #[arg(long)]
    pub prose: bool,
    /// 截至时间,同show。 As of this time, as for show.
    #[arg(long, value_name = "TIME", value_parser = moment::parse)]
    pub as_of: Option<Timestamp>,
}

/// `stats`.
#[derive(Debug, Args)]
pub struct Stats {
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub format: TextOrJson,
}

/// `copy`.
#[derive(Debug, Args)]
pub struct Copy {
    /// 来源的位置,默认为 --store 所指。 Place of the source; by default that of --store.
    #[arg(long, value_name = "PLACE")]
    pub from: Option<Given>,
    /// 目标的位置。 Place of the target.
    #[arg(long, value_name = "PLACE")]
    pub to: Given,
    /// 只核对,不写入。 Only compare, write nothing.
    #[arg(long, visible_alias = "verify-only")]
    pub compare: bool,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// 文字。 For the eye.
    Text,
    /// JSON.
    Json,
}
