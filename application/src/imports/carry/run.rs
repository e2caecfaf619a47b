//! An import on its way, and the facts that it begins and ends with.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ImportId;
use domain::import::{Began, Command, Finished, Import, Table};

use super::outcome::{self, ImportError, Imported, Mode, Next, Outcome, Planned, Progress, Tally};
use crate::imports::SheetRow;
use crate::{App, Caller, Error};

/// An import on its way.
pub struct Run<'a> {
    pub app: &'a App,
    mode: Mode,
    /// Names the import once it has begun.
    pub caller: Caller,
    import: Option<Running>,
    progress: Progress<'a>,
    of: u64,
    done: u64,
}

impl<'a> Run<'a> {
    pub fn new(app: &'a App, mode: Mode, caller: &Caller, progress: Progress<'a>) -> Self {
        Self { app, mode, caller: caller.clone(), import: None, progress, of: 0, done: 0 }
    }

    /// Each row is looked at, and taken in.
    pub fn expect(&mut self, rows: usize) {
        self.of = rows as u64 * 2;
    }

    pub fn advance(&mut self, rows: usize) {
        self.done = (self.done + rows as u64).min(self.of);
        (self.progress)(self.done, self.of);
    }

    /// Notes the rows about which nothing is to be done, and gives the others with whether they add or change. Whatever is
    /// to be done is announced by a fact first; a preview ends here.
    pub async fn begin<S>(
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
            self.import = Some(Running::begin(import, &self.app.importing));
            let caller = self.caller.step("begin");
            let key = import.to_string();
            self.app.execute::<Import>(&key, Command::Begin(began), &caller).await?;
        }
        Ok(to_do)
    }

    /// States what the import came to, where it began.
    pub async fn finish(&mut self, rows: u32, tally: Tally) -> Result<Imported, ImportError> {
        let import = self.import.as_ref().map(|running| running.import);
        if let Some(import) = import {
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
        Ok(tally.finish(import, rows))
    }
}

/// That an import is on its way, until it ended or failed: it is not undone meanwhile.
struct Running {
    import: ImportId,
    all: Arc<Mutex<HashSet<ImportId>>>,
}

impl Running {
    fn begin(import: ImportId, all: &Arc<Mutex<HashSet<ImportId>>>) -> Self {
        all.lock().unwrap_or_else(PoisonError::into_inner).insert(import);
        Self { import, all: Arc::clone(all) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.import);
    }
}

/// A row that is to be taken in.
pub struct ToDo<S> {
    pub row: SheetRow,
    pub number: String,
    pub columns: Vec<&'static str>,
    pub outcome: Outcome,
    pub step: S,
}

impl<S> ToDo<S> {
    /// Notes what became of the row; an error that no rule gave ends the import.
    pub fn note(self, result: Result<String, Error>, tally: &mut Tally) -> Result<(), Error> {
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
