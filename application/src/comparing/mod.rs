//! 实名比对 in bulk: a roster of the office's register is held against everybody registered, in one run.
//!
//! Identity numbers and names are compared beside the log: an event says how often which outcome came, and of whom the
//! roster bears the registration out or does not; the answer names rows, numbers and columns.

mod facts;
mod held;
mod result_file;
mod sides;

use bytes::Bytes;
use domain::comparison::{Counts, Outcome};
use domain::permission::Act;
use domain::{ComparisonId, PersonId, Text, UnitCode};
use projections::models::volunteer_archive::{self, Registered, VolunteerArchive};
use projections::{Limits, ReadModel, ReadModels, Until, described};
use tokio::runtime::Handle;

use crate::imports::{ImportError, Progress, RowProblem, real_names};
use crate::{App, Caller, Error};
use held::hold;
pub use result_file::result_file;
use sides::Sides;

/// How a roster is compared.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the roster is called.
    pub roster: Text<80>,
    /// Why people's personal data is opened for it.
    pub purpose: Text<60>,
    /// Only people of this unit and those below it; none for the whole county.
    pub within: Option<UnitCode>,
    /// Whether the roster lists everybody, so that it does not bear out whom it leaves out.
    pub whole: bool,
    /// Whether nothing is stated: what would come of it is only shown.
    pub dry_run: bool,
}

/// What a comparison came to.
#[derive(Debug)]
pub struct Compared {
    /// Its number; none of a dry run.
    pub comparison: Option<ComparisonId>,
    /// Rows of the roster that hold anything.
    pub rows: u32,
    /// People registered who were held against it.
    pub registered: u32,
    /// Whether the roster counted as whole: one with rows that cannot be read does not.
    pub whole: bool,
    /// How often each outcome came.
    pub outcomes: Counts,
    /// Row by row, then who is missing.
    pub lines: Vec<Line>,
}

described! {
    /// 比对结果 what a row of the roster came to, or somebody registered whom no row names.
    pub struct Line as "ComparisonLine" {
        /// 行号 row of the roster, as Excel shows it; none of somebody whom it does not list
        pub row: Option<u32>,
        /// 志愿者编号 whom it is about, where that is known
        pub volunteer: Option<PersonId>,
        /// 单位代码 where they are registered
        pub unit: Option<UnitCode>,
        /// 结果 outcome
        pub outcome: Outcome,
        /// 列 column of the roster that does not agree
        #[example = "姓名"]
        pub column: Option<String>,
        /// 说明 what it means and what to do, in Chinese
        #[example = "请对照证件核对姓名;注册有误的办理更正个人信息,名册有误的更正名册。"]
        pub zh: String,
        /// 说明 (English) what it means and what to do
        #[example = "Compare the name with the card; correct the personal data, or the roster."]
        pub en: String,
    }
}

impl Line {
    fn of(row: Option<u32>, about: Option<&Registered>, outcome: Outcome) -> Self {
        Self {
            row,
            volunteer: about.map(|one| one.volunteer),
            unit: about.map(|one| one.unit.clone()),
            outcome,
            column: outcome.column().map(str::to_owned),
            zh: format!("{}。{}", outcome.zh(), outcome.advice_zh()),
            en: outcome.advice_en().to_owned(),
        }
    }

    fn unreadable(problem: RowProblem) -> Self {
        let RowProblem { row, column, zh, en, .. } = problem;
        let column = Some(column).filter(|column| !column.is_empty());
        let (volunteer, unit) = (None, None);
        Self { row: Some(row), volunteer, unit, outcome: Outcome::Unreadable, column, zh, en }
    }
}

/// Compares a roster with `people`, everybody registered. Who reads whose personal data for it is recorded in the vault
/// first; nothing is stated of anybody in a dry run.
///
/// # Errors
/// When the file is no roster, the caller may not, or the service fails; what was stated before stays, and the same
/// roster again goes on.
pub async fn compare(
    app: &App,
    file: Bytes,
    asked: &Asked,
    people: Vec<Registered>,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Compared, ImportError> {
    app.permit(&caller.actor, Act::MatchRealName, None, None)?;
    app.clock.trusted().map_err(Error::from)?;
    let read = file.clone();
    let reading = app.tables.run(move || real_names::read(&read)).await.map_err(Error::from)??;
    let whole = asked.whole && reading.problems.is_empty();
    let (rows, problems) = (reading.total, reading.problems);
    let sides = Sides::of(app, reading.rows, people, asked.within.as_ref());
    let registered = sides.registered();
    let begun = facts::begin(app, asked, &file, rows, whole, caller).await?;
    let held = hold(app, sides, asked, caller, progress).await?;
    let (lines, outcomes) = told(problems, &held);
    let mut comparison = None;
    if let Some(begun) = begun {
        facts::state(app, &begun, asked, whole, &held, caller, progress).await?;
        facts::finish(app, &begun, registered, outcomes.clone(), caller).await?;
        comparison = Some(begun.comparison);
    }
    Ok(Compared { comparison, rows, registered, whole, outcomes, lines })
}

/// Everybody registered, as the log tells it by now: for whoever has no read models at hand.
///
/// # Errors
/// When the log cannot be read.
pub async fn registered(app: &App) -> Result<Vec<Registered>, Error> {
    let (store, handle) = (std::sync::Arc::clone(&app.store), Handle::current());
    let folded = tokio::task::spawn_blocking(move || {
        let models = [ReadModel::of::<VolunteerArchive>()];
        let mut models = ReadModels::open_with(":memory:", &models, Limits::default())?;
        models.run_until(&*store, &handle, Until::Head, &mut |_| {})?;
        Ok::<_, Error>(volunteer_archive::registered(models.connection())?)
    });
    folded.await?
}

/// All lines in the order of the roster, and how often each outcome came; a row counts once, whatever is wrong with it.
fn told(problems: Vec<RowProblem>, held: &[held::Judged]) -> (Vec<Line>, Counts) {
    let mut counts = Counts::new();
    let mut unreadable: Vec<u32> = problems.iter().map(|problem| problem.row).collect();
    unreadable.dedup();
    let judged = held.iter().map(|one| one.outcome);
    for outcome in judged.chain(unreadable.iter().map(|_| Outcome::Unreadable)) {
        let count = counts.entry(outcome).or_default();
        *count = u32::saturating_add(*count, 1);
    }
    let mut lines: Vec<Line> = problems.into_iter().map(Line::unreadable).collect();
    let judged = held.iter().map(|one| Line::of(one.row, one.about.as_ref(), one.outcome));
    lines.extend(judged);
    lines.sort_by_key(|line| (line.row.is_none(), line.row, line.volunteer));
    (lines, counts)
}
