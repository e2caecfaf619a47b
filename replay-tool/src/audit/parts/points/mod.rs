//! `audit points`: every point and every star explained by records, or not.

mod account;
mod hours;
mod star;

use std::collections::{BTreeMap, HashMap};

use domain::notice::Event as NoticeEvent;
use domain::points::Event as PointsEvent;
use domain::rulebook::{Adopted, Event as RulebookEvent, Rules};
use domain::service::Event as ServiceEvent;
use domain::volunteer::Event as VolunteerEvent;
use domain::{County, NoticeId, PersonId, UnitCode, county_date};
use jiff::{Timestamp, ToSpan as _};
use projections::{Fact, Fold, reads};
use serde::Serialize;

use crate::audit::finding::Finding;
use crate::audit::listed::Listed;
use crate::table::{Column, columns};
use account::Account;
use hours::Attested;
use star::{Against, Notice, Stars};

/// What follows from a fact by itself is there a day later at the latest, or missing.
const FOLLOWS_DAYS: i32 = 1;

/// Every account, with the time and the stars of its volunteer.
#[derive(Default)]
pub struct Rewards {
    rules: HashMap<u32, Rules>,
    people: BTreeMap<PersonId, Person>,
    notices: HashMap<NoticeId, Notice>,
}

#[derive(Default)]
struct Person {
    unit: Option<UnitCode>,
    attested: Attested,
    account: Account,
    stars: Stars,
    findings: Vec<Finding>,
}

/// A volunteer with points or stars.
#[derive(Debug, Serialize)]
pub struct Row {
    /// 志愿者编号.
    pub volunteer: String,
    /// 单位.
    pub unit: String,
    /// Attested minutes that count.
    pub attested: u64,
    /// Stars held.
    pub stars: u8,
    /// Points earned, in hundredths as all of these.
    pub earned: i64,
    /// Points exchanged.
    pub redeemed: i64,
    /// Points that expired.
    pub expired: i64,
    /// Points taken back.
    pub reversed: i64,
    /// Points that can be used.
    pub balance: i64,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of accounts shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "volunteer" "志愿者" "Volunteer" left |row, _| row.volunteer.clone();
    "unit" "单位" "Unit" left |row, _| row.unit.clone();
    "hours" "认定小时" "Hours" right |row, _| (row.attested / 60).to_string();
    "stars" "星级" "Stars" right |row, _| row.stars.to_string();
    "earned" "获得" "Earned" right |row, _| domain::Points(row.earned).to_string();
    "redeemed" "兑换" "Redeemed" right |row, _| domain::Points(row.redeemed).to_string();
    "expired" "过期" "Expired" right |row, _| domain::Points(row.expired).to_string();
    "reversed" "冲正" "Taken back" right |row, _| domain::Points(row.reversed).to_string();
    "balance" "余额" "Balance" right |row, _| domain::Points(row.balance).to_string();
    "findings" "发现" "Found" left |row, _| row.codes();
};

impl Listed for Row {
    fn about(&self) -> &str {
        &self.volunteer
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// The figures of a version; the shipped ones for a version that the log does not hold.
fn of_version(rules: &HashMap<u32, Rules>, version: u32) -> &Rules {
    rules.get(&version).unwrap_or_else(|| &Adopted::shipped().rules)
}

impl Fold for Rewards {
    reads! { Self: rulebook, volunteer, service, points, notice }

    fn rulebook(_: &Fact, _: &County, event: &RulebookEvent, to: &mut Self) {
        let RulebookEvent::Adopted(adopted) = event;
        to.rules.insert(adopted.version, adopted.rules.clone());
    }

    fn volunteer(fact: &Fact, who: &PersonId, event: &VolunteerEvent, to: &mut Self) {
        let Self { rules, people, notices } = to;
        let person = people.entry(*who).or_default();
        if let VolunteerEvent::Registered(it) | VolunteerEvent::Returned(it) = event {
            person.unit = Some(it.unit.clone());
        } else if let VolunteerEvent::Moved(moved) = event {
            person.unit = Some(moved.to.clone());
        }
        let against = Against {
            attested: &person.attested,
            notice: &|id| notices.get(id),
            rules: &|version| of_version(rules, version),
        };
        let found = person.stars.see(event, fact, &against);
        person.findings.extend(found);
    }

    fn service(fact: &Fact, who: &PersonId, event: &ServiceEvent, to: &mut Self) {
        to.people.entry(*who).or_default().attested.see(event, fact);
    }

    fn points(fact: &Fact, who: &PersonId, event: &PointsEvent, to: &mut Self) {
        let rules = of_version(&to.rules, fact.metadata.rulebook);
        let person = to.people.entry(*who).or_default();
        let found = person.account.see(event, fact, &person.attested, rules);
        person.findings.extend(found);
    }

    fn notice(fact: &Fact, id: &NoticeId, event: &NoticeEvent, to: &mut Self) {
        if let NoticeEvent::Published(published) = event {
            to.notices.insert(id.clone(), Notice::new(published, fact));
        } else if let Some(notice) = to.notices.get_mut(id) {
            notice.see(event, fact);
        }
    }
}

impl Rewards {
    /// The list as of a moment, of whoever is in a unit that is asked for.
    pub fn rows(
        self,
        as_of: Timestamp,
        asked: &dyn Fn(&UnitCode) -> bool,
        whole: bool,
    ) -> Vec<Row> {
        let before = county_date(as_of).saturating_sub(FOLLOWS_DAYS.days());
        let Self { rules, people, notices } = self;
        let rows = people.into_iter().filter_map(|(who, person)| {
            let Person { unit, attested, account, stars, mut findings } = person;
            findings.extend(account.owed(&attested, before));
            let gone = |id: &NoticeId, proposed| match notices.get(id) {
                Some(notice) => notice.withdrawn(),
                None => Some(proposed),
            };
            findings.extend(stars.stuck(&gone, before));
            if let Some((_, version)) = attested.changed {
                let deserved = of_version(&rules, version).stars_for(attested.minutes());
                findings.extend(stars.owed(&attested, deserved, before));
            }
            let there = account.earned.0 != 0 || stars.held > 0 || !findings.is_empty();
            let is_asked = whole || unit.as_ref().is_some_and(asked);
            (there && is_asked).then(|| Row {
                volunteer: who.to_string(),
                unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
                attested: attested.total,
                stars: stars.held,
                earned: account.earned.0,
                redeemed: account.redeemed.0,
                expired: account.expired.0,
                reversed: account.reversed.0,
                balance: account.balance().0,
                findings,
            })
        });
        rows.collect()
    }
}
