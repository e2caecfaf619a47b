//! From good rows to facts. Every row is held against what is known: what differs is carried out as a fact, or is a problem
//! that names the column and the command. Every row stands alone, and the same file again changes nothing.

mod counting_lists;
mod outcome;
mod roster;
mod run;
mod sign_in;
mod units;

use bytes::Bytes;
use domain::import::Table;
use domain::permission::{Act, check_role};
use domain::{ActivityId, Role, county_date};

use super::bad_file::BadFile;
use super::kind::Kind;
use super::register::Register;
use crate::{App, Caller, Error};
pub use counting_lists::{Counted, CountedList, Replacing, import_counting_lists};
pub use outcome::{ImportError, Imported, Mode, Outcome, Progress, RowOutcome};
use run::Run;

domain::refusals! {
    /// Why a table is not taken as an import.
    pub enum NotHere {
        Accounts {} "import.accounts" at "kind" =>
            "账号表在服务器上办理,令牌只显示一次:yuanfa token issue-all 文件。",
            "Accounts are made on the machine, where their secrets are shown once: yuanfa token issue-all FILE.";
        CountingLists {} "import.counting_lists" at "kind" =>
            "计票表须指明会议和议题,请上传到 POST /api/v1/imports/counting-lists?meeting=会议编号&topic=议题序号。",
            "Counting lists are of a meeting and a topic; upload them to POST /api/v1/imports/counting-lists?meeting=…&topic=….";
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
    let mut run = Run::new(app, mode, caller, progress);
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
        Kind::CountingLists => Err(Error::refused(NotHere::CountingLists {}).into()),
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
    sign_in::carry(&mut Run::new(app, mode, caller, progress), activity, reading).await
}

/// Reads a table beside the threads that answer: a small file may hold millions of cells.
async fn read<T: Send + 'static>(
    app: &App,
    table: impl FnOnce() -> Result<T, BadFile> + Send + 'static,
) -> Result<T, ImportError> {
    Ok(app.tables.run(table).await.map_err(Error::from)??)
}
