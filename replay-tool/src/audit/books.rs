//! All parts of an audit, in one pass over the log.

use std::path::Path;

use domain::{Category, UnitCode, county_date};
use jiff::Timestamp;
use projections::{Fact, Fold, ProjectionError, Until};
use serde::Serialize;

use super::book::Book;
use super::known::Known;
use super::listed::Audit;
use super::part::Part;
use super::parts::access::{self, Access};
use super::parts::hours::{self, Hours};
use super::parts::points::{self, Rewards};
use super::parts::squads::{self, Squads};
use super::parts::supervision;
use super::parts::surveys::{self, Surveys};
use super::row::Row;
use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::moment::Cut;

/// What is asked for.
pub struct Asked<'a> {
    /// Which parts.
    pub parts: &'a [Part],
    /// Up to where.
    pub cut: &'a Cut,
    /// Only a unit and those below it.
    pub unit: Option<&'a UnitCode>,
    /// The vault with the records of readings, if it is there.
    pub vault: &'a Path,
}

/// The parts that were asked for.
#[derive(Debug, Serialize)]
pub struct Audits {
    /// As of when.
    pub as_of: Timestamp,
    /// Events read.
    pub events: u64,
    /// 决议和急事急议.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decisions: Option<Audit<Row>>,
    /// 小分队.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub squads: Option<Audit<squads::Row>>,
    /// 服务记录.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Audit<hours::Row>>,
    /// 积分和星级.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Audit<points::Row>>,
    /// 监督.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Audit<supervision::Row>>,
    /// 测评.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surveys: Option<Audit<surveys::Row>>,
    /// 查阅.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<Audit<access::Row>>,
}

/// Reads the log up to a moment and judges what is asked for.
///
/// Without a moment it judges as of now, because days for a step also pass while nothing happens.
pub fn audit(log: &Log, asked: &Asked<'_>, console: &mut Console<'_>) -> Result<Audits, Failure> {
    let goal = log.goal(asked.cut.until())?;
    let progress = console.progress(Said::new("审计", "audit"), goal.position);
    let (mut books, mut events, mut last) = (Books::of(asked.parts), 0, Timestamp::UNIX_EPOCH);
    let read = log.for_each(goal, |event| {
        events += 1;
        last = event.recorded_at;
        progress.at(event.position);
        if Category::named(event.stream.category()).is_some_and(|it| books.read(it)) {
            books.take(&Fact::read(event).map_err(ProjectionError::from)?);
        }
        Ok(())
    });
    console.done(progress, events);
    read?;
    let as_of = match asked.cut.until() {
        Until::Time(time) => time,
        Until::Position(_) => last,
        Until::Head => Timestamp::now().max(last),
    };
    if let Some(unit) = asked.unit.filter(|unit| !books.known.units.knows(unit)) {
        return Err(unregistered(unit));
    }
    books.judge(asked, as_of, events)
}

/// Every decision as of a moment.
pub fn decisions(log: &Log, cut: &Cut, console: &mut Console<'_>) -> Result<Audit<Row>, Failure> {
    let vault = Path::new("");
    let asked = Asked { parts: &[Part::Decisions], cut, unit: None, vault };
    let Audits { as_of, events, decisions, .. } = audit(log, &asked, console)?;
    Ok(decisions.unwrap_or_else(|| Audit::of(as_of, events, Vec::new())))
}

/// What each part makes of the log.
struct Books {
    known: Known,
    /// Whether accounts matter, and with them every fact.
    accounts: bool,
    parts: Vec<Part>,
    decisions: Option<Book>,
    squads: Option<Squads>,
    hours: Option<Hours>,
    points: Option<Rewards>,
    surveys: Option<Surveys>,
    access: Option<Access>,
}

fn kept<F: Fold + Default>(asked: bool) -> Option<F> {
    asked.then(F::default)
}

fn wants<F: Fold>(fold: &Option<F>, category: Category) -> bool {
    fold.is_some() && F::READS.contains(&category)
}

fn take<F: Fold>(fact: &Fact, fold: &mut Option<F>) {
    if let Some(fold) = fold {
        F::apply(fact, fold);
    }
}

impl Books {
    fn of(parts: &[Part]) -> Self {
        let has = |any: &[Part]| parts.iter().any(|part| any.contains(part));
        Self {
            known: Known::default(),
            accounts: has(&[Part::Hours, Part::Supervision, Part::Access]),
            parts: parts.to_vec(),
            decisions: kept(has(&[Part::Decisions, Part::Supervision])),
            squads: kept(has(&[Part::Squads])),
            hours: kept(has(&[Part::Hours])),
            points: kept(has(&[Part::Points])),
            surveys: kept(has(&[Part::Surveys])),
            access: kept(has(&[Part::Access])),
        }
    }

    /// Whether an event of this category is wanted.
    fn read(&self, category: Category) -> bool {
        self.accounts
            || category == Category::Unit
            || wants(&self.decisions, category)
            || wants(&self.squads, category)
            || wants(&self.points, category)
            || wants(&self.surveys, category)
    }

    fn take(&mut self, fact: &Fact) {
        self.known.see(fact);
        take(fact, &mut self.decisions);
        take(fact, &mut self.squads);
        take(fact, &mut self.hours);
        take(fact, &mut self.points);
        take(fact, &mut self.surveys);
        take(fact, &mut self.access);
    }

    fn judge(self, asked: &Asked<'_>, as_of: Timestamp, events: u64) -> Result<Audits, Failure> {
        let Self { known, parts, decisions, squads, hours, points, surveys, access, .. } = self;
        let within = |unit: &UnitCode| asked.unit.is_none_or(|it| known.units.is_within(unit, it));
        let whole = asked.unit.is_none();
        let supervision = decisions.as_ref().filter(|_| parts.contains(&Part::Supervision));
        let supervision = supervision
            .map(|book| supervision::rows(book.decisions.values(), &known, &within))
            .map(|rows| Audit::of(as_of, events, rows));
        let decisions = decisions.filter(|_| parts.contains(&Part::Decisions));
        let decisions =
            decisions.map(|book| Audit::of(as_of, events, of_decisions(book, as_of, &within)));
        let surveys = surveys.map(|it| it.rows(as_of, &known.units, &within));
        let access = access.map(|it| it.rows(asked.vault, as_of, &known, &within, whole));
        Ok(Audits {
            as_of,
            events,
            decisions,
            squads: squads.map(|it| Audit::of(as_of, events, it.rows(as_of, &within))),
            hours: hours.map(|it| Audit::of(as_of, events, it.rows(&known, &within))),
            points: points.map(|it| Audit::of(as_of, events, it.rows(as_of, &within, whole))),
            supervision,
            surveys: surveys.map(|rows| Audit::of(as_of, events, rows)),
            access: access.transpose()?.map(|rows| Audit::of(as_of, events, rows)),
        })
    }
}

/// Resolutions first, then what was dealt with before a meeting.
fn of_decisions(mut book: Book, as_of: Timestamp, asked: &dyn Fn(&UnitCode) -> bool) -> Vec<Row> {
    let today = county_date(as_of);
    let (decisions, expedited) =
        (std::mem::take(&mut book.decisions), std::mem::take(&mut book.expedited));
    let resolutions = decisions
        .into_values()
        .filter(|it| asked(&it.station))
        .map(|it| Row::decision(book.around(&it.station), it, today));
    let urgent = expedited
        .into_iter()
        .filter(|(_, it)| asked(&it.station))
        .map(|(id, it)| Row::expedited(id, book.around(&it.station), it, today));
    resolutions.chain(urgent).collect()
}

fn unregistered(unit: &UnitCode) -> Failure {
    Failure::Usage(Said::new(
        format!("截至该时刻没有登记单位{unit}。"),
        format!("There is no unit {unit} as of that moment."),
    ))
}
