//! The command line `yuanfa`.

mod backup;
mod clock;
mod compare;
mod demo;
mod doctor;
mod exit;
mod holidays;
mod import;
mod ledger;
mod open;
mod serve;
mod setup;
mod steps;
mod system;
mod template;
mod token;
mod undo_import;
mod vault;

use std::io::IsTerminal as _;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogForm};
pub use exit::Exit;

/// 援法：法治志愿服务的事件溯源服务
///
/// Yuanfa: an event-sourced service for rule-of-law volunteers
///
/// 不带子命令时即 serve。环境变量 YUANFA_MASTER_KEY（64位十六进制）可代替数据目录中的 vault.key。
/// Without a subcommand it serves. YUANFA_MASTER_KEY (64 hexadecimal digits) may stand in for vault.key.
///
/// 退出码 Exit codes: 0 成功 ok · 1 未办成或发现问题 refused or problems found · 2 用法错误 usage · 3 环境问题 environment
#[derive(Debug, Parser)]
#[command(name = "yuanfa", version, verbatim_doc_comment)]
struct Cli {
    #[command(flatten)]
    config: Config,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动服务 Serve HTTP until SIGTERM or SIGINT
    Serve,
    /// 体检 Look at folder, disk, limits, log, vault, keys, ledger, clock, backup and proxy, and say what mends what is wrong
    ///
    /// 服务运行与否均可,不改动数据;请以服务所用的系统用户运行。有不好的,退出码为1。 Whether the service runs or not; changes no data. Run it as the service's user. Ends with 1 where something is wrong.
    Doctor,
    /// 建县设年 Set up the county and its year: campaign and deadlines, quota, holidays, catalogue
    ///
    /// 在终端上逐项询问,或全部取自选项;先列出将办理的事项。可反复运行:相同的不变,中断的接着办。
    /// Asks on a terminal, or takes all from options, and says first what it will do. May be run again: what is the same stays,
    /// and what was interrupted goes on.
    Setup(Box<setup::Args>),
    /// 节假日安排 Adopt or list the holidays by which working days are counted
    #[command(subcommand)]
    Holidays(holidays::Command),
    /// 管理令牌 Make, list, rotate and revoke bearer tokens
    #[command(subcommand)]
    Token(token::Command),
    /// 导入表格 Import divisions, units, a roster or a sign-in sheet into the data folder
    Import(import::Args),
    /// 撤销导入 Undo an import as a whole, by facts that name it; what later facts rest on stays and is listed
    UndoImport(undo_import::Args),
    /// 实名比对 Compare a roster of the office's register with everybody registered
    ///
    /// 名册的列:姓名、身份证号,可有志愿者编号和单位;结果按行写明,不含身份证号。 Columns of the roster: 姓名 and 身份证号, also 志愿者编号 and
    /// 单位; what each row came to is written to a file, without identity numbers.
    Compare(compare::Args),
    /// 空白表格 Write an empty workbook to fill in
    Template(template::Args),
    /// 备份 Copy log, vault, evidence and tokens to a new folder while the service runs; a log on KurrentDB has ways of its own
    Backup(backup::Args),
    /// 账本 See to the ledger
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// 时钟 See to the clock
    #[command(subcommand)]
    Clock(clock::Command),
    /// 个人信息库 See to the vault
    #[command(subcommand)]
    Vault(vault::Command),
    /// 演示 Play a county into an empty folder, then serve it
    ///
    /// 真实区划、虚构人员:组建小分队的三周、一年的志愿服务、40个村社区一年的援法议事,其中埋有若干问题,结束时逐一列出。
    /// Real divisions, generated people: the three weeks in which the squads were formed, a year of service, and a year of
    /// deliberation in 40 villages. What goes wrong there on purpose is listed at the end, with what an audit finds of it.
    Demo(::demo::Args),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> std::process::ExitCode {
    let Cli { config, command } = Cli::parse();
    system::keep_private();
    start_log(config.log);
    let exit = match command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&config),
        Command::Doctor => doctor::run(&config),
        Command::Setup(args) => setup::run(&config, *args),
        Command::Holidays(command) => holidays::run(&config, command),
        Command::Token(command) => token::run(&config, command),
        Command::Import(args) => import::run(&config, &args),
        Command::UndoImport(args) => undo_import::run(&config, &args),
        Command::Compare(args) => compare::run(&config, &args),
        Command::Template(args) => template::run(&args),
        Command::Backup(args) => backup::run(&config, &args),
        Command::Ledger(command) => ledger::run(&config, command),
        Command::Clock(command) => clock::run(&config, command),
        Command::Vault(command) => vault::run(&config, command),
        Command::Demo(args) => demo::run(&config, &args),
    };
    exit.into()
}

fn start_log(form: LogForm) {
    // What the client of KurrentDB meets, the event store tells in its own words.
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,kurrentdb=off"));
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours);
    match form {
        LogForm::Text => log.init(),
        LogForm::Json => log.json().init(),
    }
}

#[cfg(test)]
mod tests;
