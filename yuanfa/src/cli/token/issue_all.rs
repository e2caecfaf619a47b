//! 批量发放: tokens for all units from one table.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use application::imports::{PROBLEM_COLUMNS, RowProblem};
use application::tokens::{
    IssueError, Issuing, Outcome, Prepared, Register, Token, Tokens, issue_all,
};
use domain::county_date;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use papers::screen::{self, Screen};
use papers::slip::{self, Slip};

use super::telling::{failed, log, refused, unreadable};
use crate::cli::Exit;
use crate::cli::import::{self, write_table};
use crate::config::Config;

/// Tokens to make from a table.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 账号表 XLSX or CSV: unit, role, holder, last day; `yuanfa template accounts` writes an empty one
    file: PathBuf,
    /// 预演 Only tell what would be issued, moved or refused
    #[arg(long)]
    dry_run: bool,
    /// 令牌条 Page to print and hand out, one slip an account; `<file>.slips.html` unless told
    #[arg(long, value_name = "FILE")]
    slips: Option<PathBuf>,
    /// 令牌表 The same as CSV; `<file>.secrets.csv` unless told
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// 服务地址 Address of the service, printed on the slips
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// 错误清单 Where rows that were not taken are listed; `<file>.errors.csv` unless told
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
}

impl Args {
    fn beside(&self, told: Option<&PathBuf>, ending: &str) -> PathBuf {
        told.cloned().unwrap_or_else(|| {
            let mut name = self.file.clone().into_os_string();
            name.push(ending);
            name.into()
        })
    }
}

/// Issues them. Slips and table are written first, and removed where the tokens cannot be stored: none stands whose
/// secret nobody has.
pub async fn run(
    config: &Config,
    tokens: &Tokens,
    args: &Args,
    now: Timestamp,
) -> Result<Exit, Exit> {
    let bytes = import::read(&args.file)?;
    let log = log(config).await?;
    let register = Register::read(log.as_deref()).await.map_err(unreadable)?;
    let issuing = issue_all(&bytes, &register, tokens, now).await.map_err(|error| match error {
        IssueError::File(bad) => refused(&bad),
        IssueError::Register(error) => unreadable(error),
        IssueError::Tokens(error) => failed(&error),
    })?;
    println!("{}", table(&issuing, args.dry_run).within(screen::columns()));
    if args.dry_run {
        println!("预演,未发放 dry run, nothing was issued");
    } else {
        hand_out(args, tokens, &issuing, now)?;
    }
    report(args, &issuing)
}

fn hand_out(args: &Args, tokens: &Tokens, issuing: &Issuing, now: Timestamp) -> Result<(), Exit> {
    if issuing.new.is_empty() {
        return issuing.keep(tokens).map_err(|error| failed(&error));
    }
    let slips: Vec<Slip> = issuing.new.iter().map(|new| slip_of(new, issuing)).collect();
    let composed = |error: &dyn std::error::Error| Exit::environment("令牌条 slips", error);
    let page = slip::page(&slips, county_date(now), args.address.as_deref());
    let page = page.map_err(|error| composed(&error))?;
    let table = slip::table(&slips).map_err(|error| composed(&error))?;
    let written = [
        (args.beside(args.slips.as_ref(), ".slips.html"), page.into_bytes()),
        (args.beside(args.secrets.as_ref(), ".secrets.csv"), table),
    ];
    let stored = write_all(&written).and_then(|()| {
        issuing.keep(tokens).map_err(|error| failed(&error)).inspect_err(|_| remove(&written))
    });
    stored?;
    for (path, _) in &written {
        println!(
            "令牌已写入,交出后请删除 secrets, to be deleted once handed out: {}",
            path.display()
        );
    }
    Ok(())
}

fn slip_of(new: &Prepared, issuing: &Issuing) -> Slip {
    let Token { id, role, unit, person, label, expires_at, .. } = &new.token;
    let line = issuing.lines.iter().find(|line| line.token.id == *id);
    Slip {
        unit: line.map(|line| line.unit.clone()).unwrap_or_default(),
        code: unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        role: role.zh(),
        duties: role.duties_zh(),
        holder: label.clone().or_else(|| person.map(|person| person.to_string())),
        account: id.to_string(),
        last_day: expires_at.map(last_day),
        secret: new.secret.reveal().to_owned(),
    }
}

/// The last whole day before a moment.
fn last_day(end: Timestamp) -> Date {
    county_date(end - SignedDuration::from_secs(1))
}

/// Writes new files that nobody else can read: all of them or none.
fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Exit> {
    for (at, (path, bytes)) in files.iter().enumerate() {
        if let Err(error) = write_private(path, bytes) {
            remove(&files[..at]);
            if error.kind() == io::ErrorKind::AlreadyExists {
                eprintln!(
                    "{} 已存在,未覆盖,未发放 exists already; nothing was overwritten, nothing issued",
                    path.display()
                );
                return Err(Exit::Refused);
            }
            return Err(Exit::environment(&path.display().to_string(), &error));
        }
    }
    Ok(())
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(path)))
}

fn remove(files: &[(PathBuf, Vec<u8>)]) {
    for (path, _) in files {
        // What cannot be removed holds secrets of no token.
        drop(fs::remove_file(path));
    }
}

fn report(args: &Args, issuing: &Issuing) -> Result<Exit, Exit> {
    let [issued, moved, unchanged] =
        [Outcome::Issued, Outcome::Moved, Outcome::Unchanged].map(|outcome| issuing.count(outcome));
    let (rows, problems) = (issuing.rows, issuing.problems.len());
    println!("{rows}行:发放{issued},改期{moved},未变{unchanged},问题{problems}");
    println!(
        "{rows} rows: {issued} issued, {moved} moved to another last day, {unchanged} unchanged, {problems} problems"
    );
    for note in &issuing.notes {
        println!("{}\n    {}", note.zh, note.en);
    }
    if issuing.problems.is_empty() {
        return Ok(Exit::Ok);
    }
    for RowProblem { row, column, zh, en, .. } in issuing.problems.iter().take(20) {
        println!("第{row}行 row {row} {column}: {zh} {en}");
    }
    let path = args.beside(args.errors.as_ref(), ".errors.csv");
    write_table(&path, PROBLEM_COLUMNS, issuing.problems.iter().map(RowProblem::cells))?;
    println!("错误清单 the problems are listed in {}", path.display());
    Ok(Exit::Refused)
}

fn table(issuing: &Issuing, dry_run: bool) -> Screen {
    let mut table = Screen::new([
        ("行 row", true),
        ("结果 outcome", false),
        ("单位 unit", false),
        ("角色 role", false),
        ("持有人 holder", false),
        ("账号 account", false),
        ("到期日 last day", false),
        ("另有账号 besides", false),
    ]);
    for line in &issuing.lines {
        let Token { id, role, unit, person, label, expires_at, .. } = &line.token;
        let code = unit.as_ref().map(ToString::to_string).unwrap_or_default();
        let new = dry_run && line.outcome == Outcome::Issued;
        let besides: Vec<String> = line.besides.iter().map(ToString::to_string).collect();
        table.add([
            line.row.row.to_string(),
            format!("{} {}", line.outcome.zh(), line.outcome.en()),
            format!("{code} {}", line.unit),
            format!("{role} {role:#}"),
            label.clone().or_else(|| person.map(|person| person.to_string())).unwrap_or_default(),
            if new { String::new() } else { id.to_string() },
            expires_at.map(|end| last_day(end).to_string()).unwrap_or_default(),
            besides.join(" "),
        ]);
    }
    table
}
