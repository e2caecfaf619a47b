//! `audit hours`: who recorded and who attested, how much of one person's time, how much by one account, what was added
//! later, and what was entered against when people came and left.

mod record;
mod rules;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::activity::Event as ActivityEvent;
use domain::service::Event as ServiceEvent;
use domain::{ActivityId, ActorId, PersonId, UnitCode};
use jiff::civil::Date;
use projections::{Fact, Fold, reads};
use serde::Serialize;

use crate::audit::finding::{Finding, Weight};
use crate::audit::known::Known;
use crate::audit::listed::Listed;
use crate::lang::Said;
use crate::table::{Column, columns};
use record::{Activities, Activity, Record, Volunteer};

/// 本程序默认值,由县确定: more records that one account enters on one day, not from a table, are doubtful.
const DAY_ENTRIES: usize = 100;
/// 本程序默认值,由县确定: a unit of which more than this part of the records was added later is doubtful, in percent.
const BACKFILL_PERCENT: usize = 50;
/// 本程序默认值,由县确定: from so many records on.
const BACKFILL_RECORDS: usize = 20;

/// Every service record.
#[derive(Default)]
pub struct Hours {
    volunteers: BTreeMap<PersonId, Volunteer>,
    activities: Activities,
}

/// The records of the activities of one unit.
#[derive(Debug, Serialize)]
pub struct Row {
    /// 组织单位.
    pub unit: String,
    /// Records.
    pub records: usize,
    /// Minutes that count.
    pub minutes: u64,
    /// Accounts that entered them.
    pub recorders: usize,
    /// Accounts that attested them.
    pub attesters: usize,
    /// 补录 among them.
    pub backfills: usize,
    /// Those that came from tables.
    pub imported: usize,
    /// Those of people who checked in.
    pub checked_in: usize,
    /// Those that were voided.
    pub voided: usize,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of units with their records shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "unit" "组织单位" "Organiser" left |row, _| row.unit.clone();
    "records" "记录" "Records" right |row, _| row.records.to_string();
    "hours" "计入小时" "Hours" right |row, _| (row.minutes / 60).to_string();
    "recorders" "记录人" "Recorders" right |row, _| row.recorders.to_string();
    "attesters" "证明人" "Attesters" right |row, _| row.attesters.to_string();
    "backfills" "补录" "Backfills" right |row, _| row.backfills.to_string();
    "imported" "导入" "Imported" right |row, _| row.imported.to_string();
    "checked_in" "有签到" "Checked in" right |row, _| row.checked_in.to_string();
    "voided" "作废" "Voided" right |row, _| row.voided.to_string();
    "findings" "发现" "Found" left |row, _| row.codes();
};

impl Listed for Row {
    fn about(&self) -> &str {
        &self.unit
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Fold for Hours {
    reads! { Self: activity, service }

    fn activity(_: &Fact, id: &ActivityId, event: &ActivityEvent, to: &mut Self) {
        if let ActivityEvent::Published(published) = event {
            to.activities.insert(*id, Activity::new(published));
        } else if let Some(activity) = to.activities.get_mut(id) {
            activity.see(event);
        }
    }

    fn service(fact: &Fact, who: &PersonId, event: &ServiceEvent, to: &mut Self) {
        if let ServiceEvent::CheckedIn(it) = event
            && let Some(activity) = to.activities.get_mut(&it.activity)
        {
            activity.checks = true;
        }
        to.volunteers.entry(*who).or_default().see(event, fact);
    }
}

/// What is gathered of one unit.
#[derive(Default)]
struct Unit<'a> {
    recorders: BTreeSet<&'a ActorId>,
    attesters: BTreeSet<&'a ActorId>,
    records: Vec<&'a Record>,
    checked_in: usize,
    findings: Vec<Finding>,
}

impl Hours {
    /// The list of the units that are asked for.
    pub fn rows(&self, known: &Known, asked: &dyn Fn(&UnitCode) -> bool) -> Vec<Row> {
        let mut units: BTreeMap<&UnitCode, Unit<'_>> = BTreeMap::new();
        for (who, volunteer) in &self.volunteers {
            for record in &volunteer.records {
                let unit = units.entry(&record.organiser).or_default();
                let activity = self.activities.get(&record.activity);
                let present = activity.and_then(|it| volunteer.present_at(record.activity, it));
                unit.checked_in += usize::from(present.is_some());
                unit.recorders.insert(&record.recorder.account);
                unit.attesters.extend(record.attestations.iter().map(|(_, act)| &act.by.account));
                unit.records.push(record);
            }
            for (at, finding) in rules::judge(*who, volunteer, &self.activities, known) {
                let organiser = &volunteer.records[at].organiser;
                units.entry(organiser).or_default().findings.push(finding);
            }
        }
        for (unit, finding) in self.in_bulk() {
            units.entry(unit).or_default().findings.push(finding);
        }
        let rows = units.into_iter().filter(|(code, _)| asked(code));
        rows.map(|(code, unit)| unit.row(code)).collect()
    }

    /// Accounts that entered more on one day than anybody can have looked at.
    fn in_bulk(&self) -> Vec<(&UnitCode, Finding)> {
        let mut entered: HashMap<(&ActorId, Date), Vec<&Record>> = HashMap::new();
        let records = self.volunteers.values().flat_map(|it| &it.records);
        for record in records.filter(|record| !record.imported) {
            let of = (&record.recorder.account, record.entered.on);
            entered.entry(of).or_default().push(record);
        }
        let mut found: Vec<_> = entered
            .into_iter()
            .filter(|(_, records)| records.len() > DAY_ENTRIES)
            .filter_map(|((account, on), records)| {
                let (count, first) = (records.len(), records.first()?);
                let said = Said::new(
                    format!("账号{account}当日录入{count}条记录,超过{DAY_ENTRIES}条。"),
                    format!("The account {account} entered {count} records that day, more than {DAY_ENTRIES}."),
                );
                let (code, weight) = ("hours.bulk_entry", Weight::Doubtful);
                let event = Some(first.entered.event.clone());
                Some((&first.organiser, Finding { code, weight, on, event, said }))
            })
            .collect();
        found.sort_by_key(|(_, finding)| (finding.on, finding.event.clone()));
        found
    }
}

impl Unit<'_> {
    fn row(self, unit: &UnitCode) -> Row {
        let count = |holds: fn(&Record) -> bool| self.records.iter().filter(|it| holds(it)).count();
        let (records, backfills) = (self.records.len(), count(|it| it.backfill.is_some()));
        let mut findings = self.findings;
        if records >= BACKFILL_RECORDS && backfills * 100 > records * BACKFILL_PERCENT {
            let last = self.records.iter().filter(|it| it.backfill.is_some());
            if let Some(last) = last.max_by_key(|it| it.entered.on) {
                findings.push(Finding {
                    code: "hours.mostly_backfilled",
                    weight: Weight::Doubtful,
                    on: last.entered.on,
                    event: Some(last.entered.event.clone()),
                    said: Said::new(
                        format!("{records}条记录中{backfills}条是补录,超过{BACKFILL_PERCENT}%。"),
                        format!("{backfills} of {records} records were added later, more than {BACKFILL_PERCENT} %."),
                    ),
                });
            }
        }
        Row {
            unit: unit.to_string(),
            records,
            minutes: self
                .records
                .iter()
                .filter(|it| it.attested)
                .map(|it| u64::from(it.minutes))
                .sum(),
            recorders: self.recorders.len(),
            attesters: self.attesters.len(),
            backfills,
            imported: count(|it| it.imported),
            checked_in: self.checked_in,
            voided: count(|it| it.voided),
            findings,
        }
    }
}
