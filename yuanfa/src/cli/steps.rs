//! Steps of a setup, as the command line reads and takes them.

use std::path::Path;

use application::imports::{BadFile, Reading, RowProblem};
use application::setup::{self, Step};
use application::{App, HolidayNotice};
use domain::{Refusal as _, Text};

use super::exit::{Exit, with_causes};
use super::import::read;
use super::open;

/// The account under which a setup stands in the history.
const ACCOUNT: &str = "cli.setup";

/// The notices of all years of which a table holds a day.
///
/// # Errors
/// Tells why the table is not taken on standard error.
pub fn notices(
    file: &Path,
    source: &Text<80>,
    reason: Option<&Text<200>>,
) -> Result<Vec<HolidayNotice>, Exit> {
    let years = setup::holidays(&read(file)?).map_err(|bad| refused(file, &bad))?.into_iter();
    let notice = |(year, days)| HolidayNotice {
        year,
        source: source.clone(),
        days,
        reason: reason.cloned(),
    };
    Ok(years.map(notice).collect())
}

/// The rows of one of the tables that a setup takes: all of them or none. What else is to be said of the file goes to standard
/// error.
///
/// # Errors
/// Tells why on standard error.
pub fn rows<T>(
    file: &Path,
    table: impl Fn(&[u8]) -> Result<Reading<T>, BadFile>,
) -> Result<Vec<T>, Exit> {
    let bad_file = |bad: BadFile| refused(file, &format!("{} {}", bad.zh(), bad.en()));
    let Reading { rows, problems, notes, .. } = table(&read(file)?).map_err(bad_file)?;
    for note in notes {
        eprintln!("{}\n    {}", note.zh, note.en);
    }
    if problems.is_empty() {
        return Ok(rows.into_iter().map(|row| row.value).collect());
    }
    for RowProblem { row, column, zh, en, .. } in problems.iter().take(20) {
        eprintln!("第{row}行 row {row} {column}: {zh} {en}");
    }
    let count = problems.len();
    Err(refused(
        file,
        &format!("{count}处问题,整表未采用 {count} problems, nothing of it was taken"),
    ))
}

fn refused(file: &Path, why: &dyn std::fmt::Display) -> Exit {
    eprintln!("{}: {why}", file.display());
    Exit::Refused
}

/// Takes the steps, each by its own command, and says of each what became of it. Steps that were taken stay when a later one is
/// refused; the same setup again goes on there.
pub async fn carry_out(app: &App, steps: Vec<Step>) -> Result<Exit, Exit> {
    for step in steps {
        let what = step.to_string();
        match app.take(step, &open::operator(ACCOUNT)?).await {
            Ok(done) if done.as_ref().is_some_and(|done| !done.events.is_empty()) => {
                println!("已办 done: {what}");
            }
            Ok(_) => println!("未变 unchanged: {what}"),
            Err(application::Error::Refused(refusal)) => {
                eprintln!("未办 refused: {what}\n{}\n{}", refusal.zh(), refusal.en());
                eprintln!(
                    "此前各步已办;改正后再次运行即可继续 earlier steps are done; mend it and run the same again"
                );
                return Err(Exit::Refused);
            }
            Err(error) => {
                eprintln!("yuanfa: {what}: {}", with_causes(&error));
                return Err(Exit::Environment);
            }
        }
    }
    Ok(Exit::Ok)
}
