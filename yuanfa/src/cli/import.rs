use std::path::{Path, PathBuf};

use application::imports::{
    self, ImportError, Imported, Kind, MAX_FILE_BYTES, Mode, PROBLEM_COLUMNS, RowProblem,
};
use domain::ActivityId;
use indicatif::{ProgressBar, ProgressStyle};
use papers::table::texts;

use super::exit::{Exit, on_runtime};
use super::open;
use crate::config::Config;

/// The account under which the operator's imports stand in the history.
pub const ACCOUNT: &str = "cli.import";

/// A table to import.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 表名 divisions, units, roster or sign-in
    kind: Kind,
    /// 文件 XLSX or XLS, all sheets, or CSV in UTF-8, UTF-16 or GB18030, parted by commas, semicolons or tabs
    file: PathBuf,
    /// 错误清单 Where rows that were not taken are listed; `<file>.errors.csv` unless told
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// 结果表 Write the file back as a workbook, with what became of every row in columns of its own; it holds what the file
    /// holds
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
    /// 预览 Say what the import would come to, and store nothing
    #[arg(long)]
    dry_run: bool,
    /// 活动编号 Of a sign-in sheet: the activity of all its rows, where it has no such column
    #[arg(long, value_name = "ACTIVITY")]
    activity: Option<ActivityId>,
}

/// Imports a table into a data folder that no running service holds; into a running one it goes by HTTP.
pub fn run(config: &Config, args: &Args) -> Exit {
    on_runtime(import(config, args))
}

async fn import(config: &Config, args: &Args) -> Result<Exit, Exit> {
    if args.kind != Kind::SignIn && args.activity.is_some() {
        eprintln!("--activity 只用于 sign-in is for sign-in only");
        return Err(Exit::Usage);
    }
    let bytes = read(&args.file)?;
    let app = open::app(config).await?;
    let caller = open::operator(ACCOUNT)?;
    let bar = bar("导入 import");
    let show = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let mode = if args.dry_run { Mode::Preview } else { Mode::Import };
    let imported = if args.kind == Kind::SignIn {
        imports::import_sign_in(&app, bytes.clone(), args.activity, mode, &caller, &show).await
    } else {
        imports::import(&app, args.kind, bytes.clone(), mode, &caller, &show).await
    };
    bar.finish_and_clear();
    match imported {
        Ok(imported) => {
            let reported = report(args, &imported);
            return_workbook(args, &bytes, &imported)?;
            reported
        }
        Err(ImportError::File(bad)) => {
            eprintln!("{}\n{}", domain::Refusal::zh(&bad), domain::Refusal::en(&bad));
            Err(Exit::Refused)
        }
        Err(ImportError::Service(application::Error::Refused(why))) => {
            eprintln!("{}\n{}", why.zh(), why.en());
            Err(Exit::Refused)
        }
        Err(ImportError::Service(error)) => Err(Exit::environment(
            "导入中断；已导入的行有效，再次导入同一文件即可继续 interrupted: rows taken stay, the same file again goes on",
            &error,
        )),
    }
}

fn return_workbook(args: &Args, bytes: &[u8], imported: &Imported) -> Result<(), Exit> {
    let Some(path) = &args.result else { return Ok(()) };
    let unwritable = |error: &dyn std::error::Error| {
        Exit::environment(&format!("结果表 the workbook {}", path.display()), error)
    };
    let workbook = imports::returned(args.kind, bytes, imported);
    let workbook = workbook.map_err(|error| unwritable(&error))?;
    std::fs::write(path, workbook).map_err(|error| unwritable(&error))
}

/// The bytes of a table.
///
/// # Errors
/// Tells why it is not read, or that it is too large.
pub fn read(file: &Path) -> Result<Vec<u8>, Exit> {
    let unreadable = |error: std::io::Error| Exit::environment(&file.display().to_string(), &error);
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > MAX_FILE_BYTES as u64 {
        let mib = MAX_FILE_BYTES / 1024 / 1024;
        eprintln!("文件最大{mib} MiB，请分成几个文件 a file has at most {mib} MiB; split it");
        return Err(Exit::Refused);
    }
    std::fs::read(file).map_err(unreadable)
}

fn report(args: &Args, imported: &Imported) -> Result<Exit, Exit> {
    let Imported { import, rows, added, changed, unchanged, not_taken, problems, notes, .. } =
        imported;
    println!("{rows}行：新增{added}，变更{changed}，未变{unchanged}，问题{not_taken}");
    println!(
        "{rows} rows: {added} added, {changed} changed, {unchanged} unchanged, {not_taken} problems"
    );
    if args.dry_run {
        println!("仅预览，未保存任何内容 a preview: nothing was stored");
    }
    if let Some(import) = import {
        println!("导入编号 the import's number, by which it is undone: {import}");
    }
    for note in notes {
        println!("{}\n    {}", note.zh, note.en);
    }
    if problems.is_empty() {
        return Ok(Exit::Ok);
    }
    let path = args.errors.clone().unwrap_or_else(|| {
        let mut name = args.file.clone().into_os_string();
        name.push(".errors.csv");
        name.into()
    });
    write_table(&path, PROBLEM_COLUMNS, problems.iter().map(RowProblem::cells))?;
    println!("错误清单 the problems are listed in {}", path.display());
    Ok(Exit::Refused)
}

/// Writes a table of texts as CSV.
pub fn write_table<const COLUMNS: usize>(
    path: &Path,
    header: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Result<(), Exit> {
    let failed =
        |error: &dyn std::error::Error| Exit::environment(&path.display().to_string(), error);
    let table = texts(header, rows).map_err(|error| failed(&error))?;
    std::fs::write(path, table).map_err(|error| failed(&error))
}

/// How far it has come.
pub fn bar(what: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    match ProgressStyle::with_template(&format!("{what} {{wide_bar}} {{pos}}/{{len}} {{eta}}")) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
