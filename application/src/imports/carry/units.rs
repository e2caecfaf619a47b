//! 区划 and 单位: both become units of the tree.

use domain::permission::Act;
use domain::unit::{Command, Correction, Registered};
use domain::{Text, UnitCode, import, squad};

use super::outcome::{ImportError, Imported, Next, Planned, Tally, problem, step};
use super::run::{Run, ToDo};
use crate::app::rehearsal::Rehearsal;
use crate::imports::divisions::Division;
use crate::imports::units::{Administrator, Unit};
use crate::imports::{Numbered, Reading, SheetRow};
use crate::{AdministratorContact, App, Caller, Error};

/// Where a table says what a unit is.
pub struct Headings {
    name: &'static str,
    kind: &'static str,
    parent: &'static str,
}

/// A row that becomes a unit.
pub trait Row {
    const HEADINGS: Headings;

    fn registration(&self) -> Registered;

    /// What it says of the unit besides, and in which column.
    fn figures(self) -> Vec<(&'static str, Change)>;
}

/// What is to be done about a unit.
pub enum Change {
    Register(Registered),
    Correct(Correction),
    Headcount(u32),
    Attribute(UnitCode),
    /// A unit with a task number of its own applies for a squad.
    ApplyForSquad,
    Task(u32),
    Administrator(Administrator),
}

impl Row for Division {
    const HEADINGS: Headings = Headings { name: "名称", kind: "级别", parent: "上级代码" };

    fn registration(&self) -> Registered {
        let Self { code, kind, name, parent } = self.clone();
        Registered { unit: code, name, kind, parent }
    }

    fn figures(self) -> Vec<(&'static str, Change)> {
        Vec::new()
    }
}

impl Row for Unit {
    const HEADINGS: Headings =
        Headings { name: "单位名称", kind: "类别", parent: "上级代码" };

    fn registration(&self) -> Registered {
        let Self { code, kind, name, parent, .. } = self.clone();
        Registered { unit: code, name, kind, parent: Some(parent) }
    }

    fn figures(self) -> Vec<(&'static str, Change)> {
        let squad = self.attributed_to.is_none() && self.task.is_some_and(|task| task > 0);
        let said = [
            self.headcount.map(|people| ("总人数", Change::Headcount(people))),
            self.attributed_to.map(|to| ("归口代码", Change::Attribute(to))),
            squad.then_some(("任务数", Change::ApplyForSquad)),
            self.task.map(|task| ("任务数", Change::Task(task))),
            self.administrator.map(|person| ("管理员", Change::Administrator(person))),
        ];
        said.into_iter().flatten().collect()
    }
}

/// Takes the rows in one after another, parents first.
pub async fn carry<R: Row>(
    run: &mut Run<'_>,
    table: import::Table,
    reading: Reading<R>,
) -> Result<Imported, ImportError> {
    let mut tally = Tally::of(reading.problems, reading.notes);
    run.expect(reading.rows.len());
    let caller = run.caller.clone();
    let mut rehearsal = Rehearsal::new(run.app, &caller);
    let mut planned = Vec::with_capacity(reading.rows.len());
    for Numbered { row, value } in reading.rows {
        let code = value.registration().unit;
        planned.push(match plan(run.app, &mut rehearsal, row.clone(), value, &caller).await {
            Ok(planned) => planned,
            Err(error) => Planned::refused(row, code.to_string(), error)?,
        });
        run.advance(1);
    }
    for to_do in run.begin(table, reading.total, planned, &mut tally).await? {
        let result = take_in(run.app, &to_do, &run.caller).await;
        to_do.note(result, &mut tally)?;
        run.advance(1);
    }
    run.finish(reading.total, tally).await
}

/// The changes that a row asks for, each tried on what the rows before it would have made of the county.
async fn plan<R: Row>(
    app: &App,
    rehearsal: &mut Rehearsal<'_>,
    row: SheetRow,
    value: R,
    caller: &Caller,
) -> Result<Planned<Vec<Change>>, Error> {
    let asked = value.registration();
    let code = asked.unit.clone();
    let known = rehearsal.unit(&code).await?.registration().cloned();
    let is_new = known.is_none();
    let place = if is_new { asked.parent.as_ref().unwrap_or(&code) } else { &code };
    app.permit(&caller.actor, Act::Import, Some(place), None)?;
    let mut wanted: Vec<(Vec<&'static str>, Change)> = Vec::new();
    match known {
        None => wanted.push((vec![], Change::Register(asked))),
        Some(known) => wanted.extend(correction::<R>(known, asked)?),
    }
    wanted.extend(value.figures().into_iter().map(|(column, change)| (vec![column], change)));
    let (mut columns, mut changes) = (Vec::new(), Vec::new());
    for (differing, change) in wanted {
        match would_change(app, rehearsal, &code, &change, caller).await {
            Ok(false) => {}
            Ok(true) => {
                columns.extend(differing);
                changes.push(change);
            }
            Err(error) => {
                let column = differing.first().copied().unwrap_or_default();
                let refused = problem(row.clone(), error)?;
                let refused = refused.in_column(column);
                let next = Next::Refuse(vec![refused]);
                return Ok(Planned { row, number: code.to_string(), columns: vec![], next });
            }
        }
    }
    columns.dedup();
    let next = match (is_new, changes.is_empty()) {
        (true, _) => Next::Add(changes),
        (false, false) => Next::Change(changes),
        (false, true) => Next::Nothing,
    };
    Ok(Planned { row, number: code.to_string(), columns, next })
}

/// What differs from the registration, if anything does.
fn correction<R: Row>(
    known: Registered,
    asked: Registered,
) -> Result<Option<(Vec<&'static str>, Change)>, Error> {
    let name = (known.name != asked.name).then_some(asked.name);
    let kind = (known.kind != asked.kind).then_some(asked.kind);
    let parent = asked.parent.filter(|parent| known.parent.as_ref() != Some(parent));
    let Headings { name: of_name, kind: of_kind, parent: of_parent } = R::HEADINGS;
    let differing =
        [(name.is_some(), of_name), (kind.is_some(), of_kind), (parent.is_some(), of_parent)];
    let columns: Vec<_> =
        differing.into_iter().filter(|(differs, _)| *differs).map(|(_, column)| column).collect();
    let reason = Text::new("按导入的表更正").map_err(Error::refused)?;
    Ok((!columns.is_empty())
        .then(|| (columns, Change::Correct(Correction { name, kind, parent, reason }))))
}

async fn would_change(
    app: &App,
    rehearsal: &mut Rehearsal<'_>,
    code: &UnitCode,
    change: &Change,
    caller: &Caller,
) -> Result<bool, Error> {
    let (act, place) = match change {
        Change::Register(unit) => (Act::RegisterUnit, unit.parent.as_ref().unwrap_or(code)),
        Change::Correct(_) => (Act::CorrectUnit, code),
        Change::Headcount(_) => (Act::DeclareHeadcount, code),
        Change::Attribute(_) => (Act::AttributeUnit, code),
        Change::ApplyForSquad => (Act::ApplyForSquad, code),
        Change::Task(_) => (Act::AssignQuota, code),
        Change::Administrator(_) => (Act::ReportAdministrator, code),
    };
    app.permit(&caller.actor, act, Some(place), None)?;
    match change {
        Change::Register(unit) => {
            rehearsal.change_unit(code, Command::Register(unit.clone())).await
        }
        Change::Correct(correction) => {
            rehearsal.change_unit(code, Command::Correct(correction.clone())).await
        }
        Change::Headcount(headcount) => {
            let headcount = *headcount;
            rehearsal.change_unit(code, Command::DeclareHeadcount { headcount }).await
        }
        Change::Attribute(to) => {
            rehearsal.change_unit(code, Command::Attribute { to: to.clone() }).await
        }
        Change::ApplyForSquad => {
            let command = squad::Command::Apply { unit: code.clone() };
            rehearsal.change_squad(code, command).await
        }
        Change::Task(task) => {
            rehearsal.change_unit(code, Command::AssignQuota { task: *task, campaign: None }).await
        }
        Change::Administrator(person) => {
            let known = rehearsal.unit(code).await?.administrator();
            match known {
                Some(known) => Ok(!app.is_contact(known, &contact(person), caller).await?),
                None => Ok(true),
            }
        }
    }
}

async fn take_in(app: &App, to_do: &ToDo<Vec<Change>>, caller: &Caller) -> Result<String, Error> {
    let code = UnitCode::new(&to_do.number).map_err(Error::refused)?;
    for change in &to_do.step {
        let of = |what: &str| step(caller, &to_do.number, what);
        match change {
            Change::Register(unit) => app.register_unit(unit.clone(), &of("unit")).await?,
            Change::Correct(correction) => {
                app.correct_unit(&code, correction.clone(), &of("correction")).await?
            }
            Change::Headcount(people) => {
                app.declare_headcount(&code, *people, &of("headcount")).await?
            }
            Change::Attribute(to) => {
                app.attribute_unit(&code, to.clone(), &of("attribution")).await?
            }
            Change::ApplyForSquad => app.apply_for_squad(&code, &of("squad")).await?,
            Change::Task(task) => app.assign_quota(&code, *task, &of("quota")).await?,
            Change::Administrator(person) => {
                app.report_administrator(&code, contact(person), &of("administrator")).await?
            }
        };
    }
    Ok(to_do.number.clone())
}

fn contact(administrator: &Administrator) -> AdministratorContact {
    AdministratorContact {
        name: administrator.name.expose().to_owned(),
        telephone: administrator.telephone.expose().to_owned(),
    }
}
