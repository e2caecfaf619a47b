use clap::{Args, Subcommand};

use crate::moment::Cut;
use crate::table::Format;

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
    Decisions(Decisions),
}

/// `audit decisions`.
#[derive(Debug, Args)]
pub struct Decisions {
    /// Up to where.
    #[command(flatten)]
    pub cut: Cut,
    /// 只看该单位及其下属。 Only this unit and those below it.
    #[arg(long, value_name = "CODE")]
    pub unit: Option<String>,
    /// 只列出有缺失或违规的。 List only where something is missing or wrong.
    #[arg(long)]
    pub failures_only: bool,
    /// 输出格式。 Form of the answer.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}
