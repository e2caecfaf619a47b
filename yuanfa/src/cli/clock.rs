use application::{Clock as _, Node, WatchedClock, files};
use clap::Subcommand;
use domain::{Refusal as _, Text};

use super::exit::on_runtime;
use super::{Exit, open};
use crate::config::Config;

/// What to do about the clock.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 确认时钟 State that the clock is right, though the service last ran more than 31 days ago
    ///
    /// 运行中的服务数秒内采用,未运行的在下次启动时采用,并记入日志(ClockConfirmed)。24小时内有效。
    /// A running service hears of it within seconds, another when it starts; it becomes an event (ClockConfirmed). It counts for
    /// 24 hours.
    Confirm {
        /// 原因 How it was checked, up to 200 characters
        #[arg(long)]
        reason: Text<200>,
    },
}

/// Leaves the statement for the service.
pub fn run(config: &Config, command: Command) -> Exit {
    let Command::Confirm { reason } = command;
    on_runtime(async { confirm(config, &reason).await })
}

async fn confirm(config: &Config, reason: &Text<200>) -> Result<Exit, Exit> {
    let failed = |error: rusqlite::Error| Exit::environment("数据目录 data folder", &error);
    let clock = open::clock(&config.data)?;
    let (now, last) = (clock.now(), open::last_event(config).await?);
    if let Err(doubt) = WatchedClock::over(clock, last, Some(now)).trusted() {
        eprintln!("确认无用 a confirmation is of no use.\n{}\n{}", doubt.zh(), doubt.en());
        return Err(Exit::Refused);
    }
    let node = Node::open(&config.data.join(files::NODE)).map_err(failed)?;
    node.ask_to_confirm(now, reason.as_str()).map_err(failed)?;
    eprintln!("已确认时钟为{now}:运行中的服务数秒内采用,未运行的在下次启动时采用。");
    eprintln!(
        "The clock was confirmed at {now}: a running service hears of it within seconds, another when it starts."
    );
    Ok(Exit::Ok)
}
