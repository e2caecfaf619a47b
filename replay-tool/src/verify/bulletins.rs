//! What a bulletin told of the units follows from the log as it was at its moment.

use std::collections::BTreeMap;

use domain::bulletin::{Event as Bulletin, Row, ranked};
use domain::{Event, UnitCode};
use event_store::{Recorded, StreamId};
use jiff::Timestamp;
use projections::models::{progress, quota, service_timeliness, volunteer_archive};
use projections::{Fact, Limits, ProjectionError, ReadModel, ReadModels, Until};

use super::finding::{Finding, Report};
use crate::failure::Failure;
use crate::log::Log;

/// The read models that its figures come from.
const MODELS: [ReadModel; 3] = [
    ReadModel::of::<quota::Quota>(),
    ReadModel::of::<volunteer_archive::VolunteerArchive>(),
    ReadModel::of::<service_timeliness::ServiceTimeliness>(),
];

/// The bulletins that the log holds.
#[derive(Default)]
pub struct Bulletins(BTreeMap<StreamId, Told>);

/// What one told.
#[derive(Default)]
struct Told {
    ordered_at: Option<Timestamp>,
    rows: Vec<Row>,
    published: Option<(Timestamp, Recorded)>,
}

impl Bulletins {
    /// Notes what an event says of a bulletin. One that cannot be read is found elsewhere.
    pub fn see(&mut self, recorded: &Recorded) {
        if recorded.stream.category() != "bulletin" {
            return;
        }
        let Ok(Fact { event: Event::Bulletin(event), .. }) = Fact::read(recorded) else { return };
        let told = self.0.entry(recorded.stream.clone()).or_default();
        match event {
            Bulletin::Ordered(_) => told.ordered_at = Some(recorded.recorded_at),
            Bulletin::Tabled(tabled) => told.rows.extend(tabled.rows),
            Bulletin::Published(published) => {
                told.published = Some((published.as_of, recorded.clone()));
            }
        }
    }

    /// Works the figures of every published bulletin out again, once through the log.
    pub fn finish(self, log: &Log, report: &mut Report) -> Result<(), Failure> {
        let mut published: Vec<_> = self
            .0
            .into_values()
            .filter_map(|told| told.published.map(|at| (at, told.ordered_at, told.rows)))
            .collect();
        if published.is_empty() {
            return Ok(());
        }
        published.sort_by_key(|((as_of, _), ..)| *as_of);
        let folder = tempfile::Builder::new().prefix("replay-").tempdir()?;
        let path = folder.path().join("read.sqlite");
        let mut models = ReadModels::open_with(path, &MODELS, Limits::default())?;
        for ((as_of, event), ordered_at, told) in published {
            if ordered_at.is_none_or(|ordered_at| as_of >= ordered_at) {
                report.find(
                    Finding::new(
                        "bulletin.moment",
                        "通报的截至时间不早于其编制时间,此后的事件仍可能改变其数字。",
                        "The bulletin tells of a moment that its order had not closed: later events may still change its figures.",
                    )
                    .at(&event),
                );
            }
            let until = Until::Time(as_of);
            match models.run_until(log.store(), log.handle(), until, &mut |_| {}) {
                Err(ProjectionError::Undecodable(_)) => {
                    report.notices.push(Finding::new(
                        "bulletin.not_compared",
                        "日志无法重放,通报的数字未核对。",
                        "The log cannot be replayed, so the figures of bulletins were not compared.",
                    ));
                    return Ok(());
                }
                done => done?,
            }
            let found = ranked(progress::figures(models.connection(), as_of)?);
            for finding in differences(&told, &found) {
                report.find(finding.at(&event));
            }
        }
        Ok(())
    }
}

/// What a bulletin told otherwise than the log tells it.
fn differences(told: &[Row], found: &[Row]) -> Vec<Finding> {
    let by_unit = |rows: &[Row]| -> BTreeMap<UnitCode, (usize, Row)> {
        let rows = rows.iter().enumerate();
        rows.map(|(place, row)| (row.figures.unit.clone(), (place + 1, row.clone()))).collect()
    };
    let (told, mut found) = (by_unit(told), by_unit(found));
    let mut findings = Vec::new();
    for (unit, (place, told)) in told {
        let Some((other, row)) = found.remove(&unit) else {
            findings.push(Finding::new(
                "bulletin.figures",
                format!("通报列有单位{unit},日志在该时间没有承担任务的此单位。"),
                format!(
                    "The bulletin tells of unit {unit}, which had no task or squad at that moment."
                ),
            ));
            continue;
        };
        findings.extend(differing(&unit, (place, &told), (other, &row)));
    }
    findings.extend(found.into_keys().map(|unit| {
        Finding::new(
            "bulletin.figures",
            format!("通报漏列单位{unit}。"),
            format!("The bulletin leaves out unit {unit}."),
        )
    }));
    findings
}

/// The figures of a unit that differ.
fn differing(
    unit: &UnitCode,
    (place, told): (usize, &Row),
    (other, found): (usize, &Row),
) -> Vec<Finding> {
    let (a, b) = (&told.figures, &found.figures);
    let number = |number: u32| number.to_string();
    let rank = |rank: Option<u32>| rank.map_or_else(|| "-".to_owned(), number);
    let late = |row: &Row| {
        let late = row.figures.late.iter().map(|late| late.as_str());
        format!("[{}]", late.collect::<Vec<_>>().join(", "))
    };
    let figures = [
        ("序号", "place", place.to_string(), other.to_string()),
        ("名次", "rank", rank(told.rank), rank(found.rank)),
        ("应有队员数", "members required", number(a.required), number(b.required)),
        ("队员数", "members", number(a.members), number(b.members)),
        ("注册人数", "registered", number(a.registered), number(b.registered)),
        ("比对一致", "matched", number(a.matched), number(b.matched)),
        ("比对不一致", "not matched", number(a.refused), number(b.refused)),
        ("待办", "open items", number(a.open), number(b.open)),
        ("逾期", "late", late(told), late(found)),
        ("类别", "kind", a.kind.as_str().to_owned(), b.kind.as_str().to_owned()),
    ];
    let differ = figures.into_iter().filter(|(_, _, told, found)| told != found);
    differ
        .map(|(zh, en, told, found)| {
            Finding::new(
                "bulletin.figures",
                format!("通报中单位{unit}的{zh}为{told},由日志应为{found}。"),
                format!(
                    "The bulletin tells {told} of unit {unit} as its {en}; the log gives {found}."
                ),
            )
        })
        .collect()
}
