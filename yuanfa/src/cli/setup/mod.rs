//! `setup`: the county, its campaign, holidays and catalogue, asked for or taken from options, and done as ordinary commands.

mod ask;
mod campaign;
mod moment;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use application::App;
use application::imports::offers;
use application::setup::{Setup, State};
use domain::unit::Kind;
use domain::{Text, UnitCode};

use super::exit::{Exit, on_runtime};
use super::open;
use super::steps::{carry_out, notices, rows};
use crate::config::Config;
use ask::Clerk;

/// What a county's year begins with.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 县代码 Code of the county, for example 330225; the one registered already unless told
    #[arg(long, value_name = "CODE")]
    county: Option<UnitCode>,
    /// 县名 Name of the county
    #[arg(long)]
    name: Option<Text<80>>,
    /// The campaign.
    #[command(flatten)]
    campaign: campaign::CampaignArgs,
    /// 节假日安排表 Table of holidays: UTF-8 CSV `date,kind,name`, kind holiday or workday, all days of a year
    #[arg(long, value_name = "FILE", requires = "holidays_source")]
    holidays: Option<PathBuf>,
    /// 节假日安排文号 Number of the notice about them
    #[arg(long, value_name = "TEXT")]
    holidays_source: Option<Text<80>>,
    /// 积分兑换目录 Catalogue of points: XLSX or CSV `代码,名称,积分`; that of the rulebook in force unless told
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// 目录依据 Where the catalogue comes from
    #[arg(long, value_name = "TEXT", default_value = "县提供的积分兑换目录")]
    catalogue_source: Text<80>,
    /// 不提问 Ask nothing: take the options, and the defaults for the rest
    #[arg(long, short)]
    yes: bool,
    /// 只预览 Only say what would be done
    #[arg(long)]
    dry_run: bool,
}

/// Sets a data folder up that no running service holds; a running one by `POST` of `/units`, `/holidays`, `/campaigns`
/// and `/rulebook/versions`.
pub fn run(config: &Config, args: Args) -> Exit {
    on_runtime(set_up(config, args))
}

async fn set_up(config: &Config, args: Args) -> Result<Exit, Exit> {
    let clerk = Clerk::unless(args.yes);
    let dry_run = args.dry_run;
    let app = open::app(config).await?;
    let steps = asked(&app, &clerk, args)?.steps();
    println!("将办理 what will be done:");
    for step in &steps {
        let said = match app.state_of(step) {
            State::Done => "未变 unchanged",
            State::Open => "待办 to do",
            State::Differs => "已有不同内容 something else stands there",
        };
        println!("  [{said}] {step}");
    }
    if dry_run {
        println!("预览,未作改动 a preview: nothing was changed");
        return Ok(Exit::Ok);
    }
    if clerk.answers() && !clerk.agrees("办理 go ahead?", true)? {
        println!("未作改动 nothing was changed");
        return Ok(Exit::Refused);
    }
    let exit = carry_out(&app, steps).await?;
    println!(
        "下一步 next: yuanfa import divisions FILE · yuanfa import units FILE · yuanfa token create --role county_office"
    );
    Ok(exit)
}

/// Asks for what the options do not say.
fn asked(app: &App, clerk: &Clerk, args: Args) -> Result<Setup, Exit> {
    let known = app.reference_data();
    let county = known.units.iter().find(|(_, node)| node.kind == Kind::County);
    let code = county.map(|(code, _)| code.to_string());
    let unit = clerk.must(args.county, "县代码 code of the county", code.as_deref(), "--county")?;
    // 更名 is a correction of its own; what is registered stays unless somebody names another.
    let name = known.units.get(&unit).map(|node| node.name.to_string());
    let name = clerk.must(args.name, "县名 name of the county", name.as_deref(), "--name")?;
    let campaign = campaign::asked(app, clerk, args.campaign)?;
    let file = clerk.maybe(args.holidays, "节假日安排表 table of holidays", None)?;
    let holidays = match file {
        None => vec![],
        Some(file) => {
            let question = "节假日安排文号 number of the notice";
            let source = clerk.must(args.holidays_source, question, None, "--holidays-source")?;
            notices(&file, &source, None)?
        }
    };
    let file = clerk.maybe(args.catalogue, "积分兑换目录 catalogue of points", None)?;
    let offers = file.map(|file| rows(&file, offers::read)).transpose()?;
    let offers = offers.map(|offers| (offers, args.catalogue_source));
    Ok(Setup { county: Some((unit, name)), holidays, campaign, offers })
}
