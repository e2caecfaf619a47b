use std::path::PathBuf;

use application::App;
use application::setup::Setup;
use clap::Subcommand;
use domain::Text;
use papers::screen::{self, Screen};

use super::exit::{Exit, on_runtime};
use super::open;
use super::steps::{carry_out, notices};
use crate::config::Config;

/// What to do with the holidays.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 采用节假日安排 Adopt the State Council's notice about a year's holidays, or correct what is known of the year
    ///
    /// 表格为UTF-8 CSV,表头 date,kind,name;kind 为 holiday(放假)或 workday(调休上班),列全该年所有放假日和调休上班日。
    /// 12月24日及以后属于下一年的安排。服务运行中请用 POST /api/v1/holidays。
    /// A UTF-8 CSV `date,kind,name`, kind holiday or workday, with all days of the year; from 24 December on a day belongs to the
    /// year after. Into a running service: POST /api/v1/holidays.
    Adopt {
        /// 表格 The table
        file: PathBuf,
        /// 文号 Number of the notice, for example 国办发明电〔2022〕16号
        #[arg(long)]
        source: Text<80>,
        /// 更正原因 Why what is known changes; needed where the year is known already
        #[arg(long)]
        reason: Option<Text<200>>,
    },
    /// 列出 List the years that are known, and until which day working days can be counted for certain
    List,
}

/// Adopts or lists holidays in a data folder that no running service holds.
pub fn run(config: &Config, command: Command) -> Exit {
    on_runtime(async {
        match command {
            Command::Adopt { file, source, reason } => {
                let notices = notices(&file, &source, reason.as_ref())?;
                let app = open::app(config).await?;
                let steps = Setup { holidays: notices, ..Setup::default() }.steps();
                carry_out(&app, steps).await
            }
            Command::List => {
                let app = open::app(config).await?;
                println!("{}", table(&app).within(screen::columns()));
                Ok(Exit::Ok)
            }
        }
    })
}

fn table(app: &App) -> Screen {
    let known = app.reference_data();
    let calendar = known.holidays.calendar();
    let mut table = Screen::new([
        ("年 year", true),
        ("放假 off", true),
        ("调休上班 worked", true),
        ("文号 notice", false),
    ]);
    for year in calendar.years() {
        let days = calendar.notice(year).unwrap_or_default();
        let source = known.holidays.source(year).map(ToString::to_string);
        table.add([
            year.to_string(),
            days.off.len().to_string(),
            days.worked.len().to_string(),
            source.unwrap_or_else(|| "随程序 ships with the program".to_owned()),
        ]);
    }
    table
}
