//! From good rows to facts. Every row is held against what is known: what differs is carried out as a fact, or is a problem
//! that names the column and the command. Every row stands alone, and the same file again changes nothing.

mod outcome;
mod roster;
mod sign_in;
mod units;

use bytes::Bytes;
use domain::import::{Began, Command, Finished, Import, Table};
use domain::permission::{Act, check_role};
use domain::{ActivityId, ImportId, Role, county_date};

use super::bad_file::BadFile;
use super::kind::Kind;
use super::reading::Reading;
use super::register::Register;
use super::row::SheetRow;
use crate::{App, Caller, Error};
pub use outcome::{ImportError, Imported, Mode, Outcome, Progress, RowOutcome};
use outcome::{Next, Planned, Tally};

domain::refusals! {
    /// Why a table is not taken as an import.
    pub enum NotHere {
        Accounts {} "import.accounts" at "kind" =>
            "账号表在服务器上办理,令牌只显示一次:yuanfa token issue-all 文件。",
            "Accounts are made on the machine, where their secrets are shown once: yuanfa token issue-all FILE.";
    }
}

/// Imports a table, or says what that would come to.
///
/// # Errors
/// See [`ImportError`]; a bad row is no error.
pub async fn import(
    app: &App,
    kind: Kind,
    bytes: impl Into<Bytes>,
    mode: Mode,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let everywhere = caller.actor.role == Role::CountyOffice && caller.actor.unit.is_none();
    let own = caller.actor.unit.as_ref().filter(|_| !everywhere);
    app.permit(&caller.actor, Act::Import, own, None)?;
    let bytes = bytes.into();
    let register = Register::of(&app.reference_data().units);
    let mut run = Run::of(app, mode, caller, progress);
    match kind {
        Kind::Divisions => {
            let reading = read(app, move || super::divisions::read(&bytes, &register)).await?;
            units::carry(&mut run, Table::Divisions, reading).await
        }
        Kind::Units => {
            let reading = read(app, move || super::units::read(&bytes, &register)).await?;
            units::carry(&mut run, Table::Units, reading).await
        }
        Kind::Roster => {
            let today = county_date(app.clock.now());
            let reading = read(app, move || super::roster::read(&bytes, today, &register)).await?;
            roster::carry(&mut run, reading).await
        }
        Kind::SignIn => {
            let reading = read(app, move || super::sign_in::read(&bytes)).await?;
            sign_in::carry(&mut run, None, reading).await
        }
        Kind::Accounts => Err(Error::refused(NotHere::Accounts {}).into()),
    }
}

/// Imports a sign-in sheet 签到表, for whoever may record services; `activity` is that of all rows, where it is one.
///
/// # Errors
/// See [`ImportError`]; a bad row is no error.
pub async fn import_sign_in(
    app: &App,
    bytes: impl Into<Bytes>,
    activity: Option<ActivityId>,
    mode: Mode,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    check_role(caller.actor.role, Act::RecordService).map_err(Error::from)?;
    let bytes = bytes.into();
    let reading = read(app, move || super::sign_in::read(&bytes)).await?;
    sign_in::carry(&mut Run::of(app, mode, caller, progress), activity, reading).await
}

/// Reads a table beside the threads that answer: a small file may hold millions of cells.
async fn read<T: Send + 'static>(
    app: &App,
    table: impl FnOnce() -> Result<T, BadFile> + Send + 'static,
) -> Result<T, ImportError> {
    Ok(app.tables.run(table).await.map_err(Error::from)??)
}

/// An import on its way.
struct Run<'a> {
    app: &'a App,
    mode: Mode,
    /// Names the import once it has begun.
    caller: Caller,
    import: Option<ImportId>,
    progress: Progress<'a>,
    of: u64,
    done: u64,
}

impl<'a> Run<'a> {
    fn of(app: &'a App, mode: Mode, caller: &Caller, progress: Progress<'a>) -> Self {
        Self { app, mode, caller: caller.clone(), import: None, progress, of: 0, done: 0 }
    }

    /// Each row is looked at, and taken in.
    fn expect(&mut self, rows: usize) {
        self.of = rows as u64 * 2;
    }

    fn advance(&mut self, rows: usize) {
        self.done = (self.done + rows as u64).min(self.of);
        (self.progress)(self.done, self.of);
    }

    /// Notes the rows about which nothing is to be done, and gives the others with whether they add or change. Whatever is
    /// to be done is announced by a fact first; a preview ends here.
    async fn begin<S>(
        &mut self,
        table: Table,
        rows: u32,
        planned: Vec<Planned<S>>,
        tally: &mut Tally,
    ) -> Result<Vec<ToDo<S>>, Error> {
        let mut to_do = Vec::new();
        for Planned { row, number, columns, next } in planned {
            let (outcome, step) = match next {
                Next::Nothing => {
                    tally.note(row, number, Outcome::Unchanged, Vec::new());
                    continue;
                }
                Next::Refuse(problems) => {
                    tally.refuse(row, number, problems);
                    continue;
                }
                Next::Add(step) => (Outcome::Added, step),
                Next::Change(step) => (Outcome::Changed, step),
            };
            if self.mode == Mode::Preview {
                tally.note(row, number, outcome, columns);
            } else {
                to_do.push(ToDo { row, number, columns, outcome, step });
            }
        }
        if !to_do.is_empty() {
            let import = ImportId(self.caller.command);
            let began = Began { table, rows, unit: self.caller.actor.unit.clone() };
            self.caller.import = Some(import);
            let caller = self.caller.step("begin");
            let key = import.to_string();
            self.app.execute::<Import>(&key, Command::Begin(began), &caller).await?;
            self.import = Some(import);
        }
        Ok(to_do)
    }

    /// States what the import came to, where it began.
    async fn finish(self: &mut Self, rows: u32, tally: Tally) -> Result<Imported, ImportError> {
        if let Some(import) = self.import {
            let finished = Finished {
                added: tally.count(Outcome::Added),
                changed: tally.count(Outcome::Changed),
                unchanged: tally.count(Outcome::Unchanged),
                not_taken: tally.count(Outcome::NotTaken),
            };
            let caller = self.caller.step("finish");
            let key = import.to_string();
            self.app.execute::<Import>(&key, Command::Finish(finished), &caller).await?;
        }
        self.done = self.of;
        (self.progress)(self.done, self.of);
        Ok(tally.finish(self.import, rows))
    }
}

/// A row that is to be taken in.
struct ToDo<S> {
    row: SheetRow,
    number: String,
    columns: Vec<&'static str>,
    outcome: Outcome,
    step: S,
}

impl<S> ToDo<S> {
    /// Notes what became of the row; an error that no rule gave ends the import.
    fn note(self, result: Result<String, Error>, tally: &mut Tally) -> Result<(), Error> {
        match result {
            Ok(number) => tally.note(self.row, number, self.outcome, self.columns),
            Err(error) => {
                let problem = outcome::problem(self.row.clone(), error)?;
                tally.refuse(self.row, self.number, vec![problem]);
            }
        }
        Ok(())
    }
}
