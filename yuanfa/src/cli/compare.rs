use std::path::PathBuf;

use application::comparing::{self, Asked, COLUMNS, Compared, Line};
use application::imports::ImportError;
use domain::{Text, UnitCode};

use super::exit::{Exit, on_runtime};
use super::import::{self, write_table};
use super::open;
use crate::config::Config;

/// The account under which the operator's comparisons stand in the history.
const ACCOUNT: &str = "cli.compare";

/// A roster to compare.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 名册文件 XLSX or CSV with the columns 姓名 and 身份证号
    file: PathBuf,
    /// 名册名称 What the roster is called, and of which day it is
    #[arg(long, value_name = "NAME")]
    roster: Text<80>,
    /// 查阅目的 Why people's personal data is opened for it; recorded with each reading
    #[arg(long, value_name = "WHY", default_value = "实名比对")]
    purpose: Text<60>,
    /// 范围 Only people of this unit and those below it; the whole county unless told
    #[arg(long, value_name = "UNIT")]
    within: Option<UnitCode>,
    /// 名册完整 The roster lists everybody: whom it leaves out, it does not bear out
    #[arg(long)]
    whole: bool,
    /// 预览 Show what would come of it; nothing is stated
    #[arg(long)]
    dry_run: bool,
    /// 结果文件 Where each row's outcome is written; `<file>.compared.csv` unless told
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
}

/// Compares a roster with the data folder that no running service holds; with a running one by HTTP.
pub fn run(config: &Config, args: &Args) -> Exit {
    on_runtime(compare(config, args))
}

async fn compare(config: &Config, args: &Args) -> Result<Exit, Exit> {
    let file = import::read(&args.file)?;
    let app = open::app(config).await?;
    let caller = open::operator(ACCOUNT)?;
    let asked = Asked {
        roster: args.roster.clone(),
        purpose: args.purpose.clone(),
        within: args.within.clone(),
        whole: args.whole,
        dry_run: args.dry_run,
    };
    let bar = open::bar("实名比对 compare");
    let show = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let people = comparing::registered(&app).await.map_err(ImportError::from);
    let compared = match people {
        Ok(people) => comparing::compare(&app, file.into(), &asked, people, &caller, &show).await,
        Err(error) => Err(error),
    };
    bar.finish_and_clear();
    match compared {
        Ok(compared) => report(args, &compared),
        Err(ImportError::File(bad)) => {
            eprintln!("{}\n{}", domain::Refusal::zh(&bad), domain::Refusal::en(&bad));
            Err(Exit::Refused)
        }
        Err(ImportError::Service(error)) => match error.refusal() {
            Some(refusal) => {
                eprintln!("{}\n{}", refusal.zh(), refusal.en());
                Err(Exit::Refused)
            }
            None => Err(Exit::environment(
                "比对中断；已认定的有效，再次比对同一名册即可继续 interrupted: what was stated stays, the same roster again goes on",
                &error,
            )),
        },
    }
}

fn report(args: &Args, compared: &Compared) -> Result<Exit, Exit> {
    let Compared { comparison, rows, registered, whole, outcomes, lines, notes } = compared;
    println!("名册{rows}行，注册{registered}人 {rows} rows, {registered} people registered");
    for (outcome, count) in outcomes {
        println!("{:>8}  {} {}", count, outcome.zh(), outcome.as_str().replace('_', " "));
    }
    for note in notes {
        println!("{}\n    {}", note.zh, note.en);
    }
    if args.whole && !whole {
        println!(
            "名册有不能识别的行或工作表，未按完整名册认定 some rows or sheets cannot be read, so nothing was stated of whom the roster leaves out"
        );
    }
    let path = args.result.clone().unwrap_or_else(|| {
        let mut name = args.file.clone().into_os_string();
        name.push(".compared.csv");
        name.into()
    });
    write_table(&path, COLUMNS, lines.iter().map(Line::cells))?;
    println!("逐行结果 row by row: {}", path.display());
    match comparison {
        Some(comparison) => println!("比对编号 comparison {comparison}"),
        None => println!("预览，未作认定 a preview: nothing was stated"),
    }
    let open = outcomes.keys().any(|outcome| outcome.is_open());
    Ok(if open { Exit::Refused } else { Exit::Ok })
}
