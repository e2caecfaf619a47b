use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::moment::Cut;
use crate::table::Format;

/// `audit`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Audit {
    /// Which part; all of them without it.
    #[command(subcommand)]
    pub of: Option<AuditOf>,
    /// What is asked of all parts.
    #[command(flatten)]
    pub all: WithVault,
}

/// What can be audited.
#[derive(Debug, Subcommand)]
pub enum AuditOf {
    /// 逐项审计决议和急事急议。 Every resolution, and what was dealt with before a meeting.
    ///
    /// 每项决议:是否公示、公示多久、有无异议、交谁执行及期限、是否报告完成、由谁核实、是否反馈党支部和会议、完成是否公示,
    /// 以及缺什么。缺失:某环节至该时刻逾期未办。违规:规则所禁而日志中却有的事实。迟办:已办但超期;提示:核实之后才申报的近亲属等,
    /// 二者只列出,不影响退出码。直接读日志,不依赖读模型和服务的规则代码;期限按每件事实当时的规则簿。
    /// 不给时刻则以现在为准。退出码1:有缺失或违规。
    ///
    /// For every resolution: whether and for how long it was publicised, objected to, assigned to whom and until when,
    /// claimed, verified by whom, told to party branch and meeting, its completion publicised; and what is missing.
    /// Missing: a step not taken in its time as of the moment. Wrong: what the rules forbid and the log holds
    /// nevertheless. Late: taken after its time; note: what a reader should know, as a near relative who was declared only
    /// after the verification; both are listed and do not change the exit code. It reads the log itself and relies
    /// neither on read models nor on the service's rules; figures are those of the rulebook in force at each fact.
    /// Without a moment it is now that counts. Exit code 1: something is missing or wrong.
    ///
    /// 例 Examples: replay audit decisions --as-of 2022-06-30 --failures-only; replay audit decisions --unit 330225001 --format csv
    Decisions(Asked),
    /// 审计小分队。 Squads: quota, consent, lateness.
    ///
    /// 每个应组建或已组建小分队的单位:任务数、应有人数、队员、党员比例、组建完成和管理员上报的日期,按日志重新计算并与当时宣布的数字核对。
    /// 缺失:期限已过而没有组建完成或没有上报。违规:人数、党员比例、本人同意或逾期标记与事实不符。存疑:宣布按期完成,期限届至时却不足,
    /// 靠期限之后的同意才补足;宣布前30天内调低总人数,否则不足(本程序默认值,由县确定)。
    ///
    /// For every unit with a squad or a task: what is required, who is there, and when it was declared complete, reckoned from the
    /// log and held against what was declared. Doubtful: complete in time, too few when the deadline passed, and full again only
    /// by consents given after it; a headcount that was lowered at most 30 days before (default of this program, for the county to
    /// set), without which there were too few.
    Squads(Asked),
    /// 审计服务记录。 Service records: who recorded, who attested, how much, how late.
    ///
    /// 每个组织单位:记录、认定、补录、导入、签到各多少。违规:记录人与认定人是同一账号或同一人(包括日志在别处显示的),补录自行核准或未核准,
    /// 逾期而未作补录,超出活动或签到签退时间,时间重叠。存疑(本程序默认值,由县确定):一人一天计入超过12小时或七天超过60小时,一个账号一天录入
    /// 超过100条(导入除外),20条以上记录中补录超过50%。
    ///
    /// For every organising unit: records, attestations, backfills, imports, check-ins. Wrong: recorded and attested from one
    /// account or by one person, also where only another fact of the log tells that; a backfill approved by whoever asked for it or by
    /// nobody; late and no backfill; more than the activity or the presence lasted; two places at one time. Doubtful (defaults of
    /// this program, for the county to set): more than 12 hours of one person on a day or 60 in seven days; more than 100 records
    /// that one account entered on a day, tables apart; more than 50 % backfills among 20 records or more.
    Hours(Asked),
    /// 审计积分和星级。 Points and stars: each explained by records, or not.
    ///
    /// 每个账户:获得、兑换、过期、冲正、余额和星级。违规:没有认定记录可以解释的积分,分值或兑换价不符,没有认定时长可以解释或没有公示期满的星级。
    /// 缺失:认定之后没有计分,不再计入之后没有冲正,时长已变而没有提出星级变更。
    ///
    /// For every account: what was earned, exchanged, expired, taken back. Wrong: points that no attested record explains, other
    /// amounts or prices, a star that no attested hours explain or that no notice publicised for its time. Missing: points that were
    /// not earned or not taken back, a star that nobody reviewed.
    Points(Asked),
    /// 审计监督。 Supervision: whether every verdict was independent.
    ///
    /// 每次核实或退回:核实人、所用账号、执行人。除审计决议所查的规则外,还查:核实所用账号在日志别处由执行人或报告人使用,账号不是核实人的,
    /// 报告后不到10分钟即判定(存疑,本程序默认值,由县确定)。
    ///
    /// For every verdict: who judged, by which account, whose work. Beside the rules that audit decisions knows: an account that the
    /// log also knows as an executor's or claimant's, one that is not the verifier's, and a verdict less than 10 minutes after
    /// the claim (doubtful; default of this program, for the county to set).
    Supervision(Asked),
    /// 审计满意度测评。 Surveys: who made the ballots, who handed them out, and whether the count is right.
    ///
    /// 每次测评:发放数、回复数、制码账号、如何分发。违规:测评码由本站账号或在本站任职的人制作,交由被测评的村(社区)转发,分发早于制作,
    /// 结果与回复不符。缺失:已截止而没有登记如何分发。提示:发放所依据的户数由本站账号登记。不知制码人的旧测评不查制码和分发。
    ///
    /// For every survey: how many were asked and replied, which account made the codes, through whom they went. Wrong: codes made by
    /// the station's own account or by somebody in office there, handed to the village that is surveyed, or before they were made; a
    /// count that the replies do not make. Missing: the last day passed, and nothing says how they were handed out. Note: households
    /// that the station's own account stated. Surveys of before, which do not tell who made the codes, are asked for neither.
    Surveys(Asked),
    /// 审计个人信息的查阅。 Access to personal data: who read, how much, what for.
    ///
    /// 每个查阅个人信息的账号:次数、人次、事由,取自个人信息库的查阅记录;每日日结取自日志。违规:事由没有说明用途;日结与现存记录不符。存疑(本程序默认值,由县确定):事由
    /// 只涉及个别人而一天查阅超过20人次,或一天查阅超过1000人次而事由不涉及名册。缺失:有查阅而没有日结。没有个人信息库时只看日结。
    ///
    /// For every account that read personal data: how often, how many people, for how many purposes, by the vault's records; and the
    /// statement of each day, by the log. Wrong: a purpose that says nothing; a statement that differs from the records.
    /// Doubtful (defaults of this program, for the county to set): a purpose about one person while more than 20 were shown that
    /// day; more than 1000 shown on a day under purposes that take no list. Missing: readings that
    /// were not stated. Without a vault only the statements are seen.
    Access(WithVault),
}

/// What is asked of a part.
#[derive(Debug, Args)]
pub struct Asked {
    /// Up to where.
    #[command(flatten)]
    pub cut: Cut,
    /// 只看该单位及其下属。 Only this unit and those below it.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// 只列出有缺失、违规或存疑的。 List only where something is missing, wrong or doubtful.
    #[arg(long)]
    pub failures_only: bool,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// The same, where readings of personal data matter.
#[derive(Debug, Args)]
pub struct WithVault {
    /// What is asked.
    #[command(flatten)]
    pub asked: Asked,
    /// 个人信息库(vault.sqlite),默认在数据目录中;只读查阅记录,不需密钥。 The vault; its records of readings need no key.
    #[arg(long, value_name = "FILE")]
    pub vault: Option<PathBuf>,
}
