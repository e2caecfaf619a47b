//! `audit access`: who read personal data, how much and for what, and whether every day's readings were stated.

mod purpose;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::operation::{Event as OperationEvent, ReadingsStated};
use domain::{County, UnitCode, county_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use projections::{Fact, Fold, reads};
use serde::Serialize;
use vault::{KeylessVault, Reading};

use crate::audit::finding::{Finding, Weight, place_of};
use crate::audit::known::Known;
use crate::audit::listed::Listed;
use crate::failure::Failure;
use crate::lang::Said;
use crate::replayed::open_database;
use crate::table::{Column, columns, or_blank};

/// A day's readings are stated the day after; later they are missing.
const STATED_DAYS: i32 = 1;
/// 本程序默认值,由县确定: an account that sees more people on one day is worth a look.
const DAY_PEOPLE: u64 = 1_000;

/// What the log states of readings.
#[derive(Default)]
pub struct Access {
    stated: Vec<(ReadingsStated, String)>,
    /// What a vault lost up to here, operators have accepted.
    lost_up_to: u64,
}

/// An account that read, or what was stated of all of them.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The account, or the stream in which days are stated.
    pub account: String,
    /// The unit for which the log has seen it act.
    pub unit: String,
    /// Readings.
    pub readings: u64,
    /// People shown, each as often as they were.
    pub people: u64,
    /// Different purposes.
    pub purposes: usize,
    /// Day of the first reading.
    pub first_on: Option<Date>,
    /// Day of the last one.
    pub last_on: Option<Date>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What a list of readers shows.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "account" "账号" "Account" left |row, _| row.account.clone();
    "unit" "单位" "Unit" left |row, _| row.unit.clone();
    "readings" "查阅次数" "Readings" right |row, _| row.readings.to_string();
    "people" "人次" "People" right |row, _| row.people.to_string();
    "purposes" "事由种数" "Purposes" right |row, _| row.purposes.to_string();
    "first_on" "最早" "First" left |row, _| or_blank(row.first_on);
    "last_on" "最近" "Last" left |row, _| or_blank(row.last_on);
    "findings" "发现" "Found" left |row, _| row.codes();
};

impl Listed for Row {
    fn about(&self) -> &str {
        &self.account
    }

    fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Fold for Access {
    reads! { Self: operation }

    fn operation(fact: &Fact, _: &County, event: &OperationEvent, to: &mut Self) {
        match event {
            OperationEvent::ReadingsStated(stated) => {
                to.stated.push((stated.clone(), place_of(fact)));
            }
            OperationEvent::VaultLossAccepted(_) => {
                to.lost_up_to = to.stated.last().map_or(0, |(stated, _)| stated.last);
                to.stated.clear();
            }
            OperationEvent::ClockConfirmed(_) => {}
        }
    }
}

/// One account's readings.
#[derive(Default)]
struct Account {
    readings: u64,
    people: u64,
    purposes: BTreeSet<String>,
    days: BTreeMap<Date, BTreeMap<String, Sum>>,
}

/// Readings of one account on one day for one purpose.
#[derive(Default)]
struct Sum {
    readings: u64,
    people: u64,
}

/// What lies in a vault of readings up to a moment.
#[derive(Default)]
struct Held {
    accounts: BTreeMap<String, Account>,
    /// Number and day of each reading.
    numbers: Vec<(u64, Date)>,
}

impl Access {
    /// The list as of a moment: accounts by the vault's records of readings, where there is a vault, after what the log states.
    pub fn rows(
        self,
        vault: &Path,
        as_of: Timestamp,
        known: &Known,
        asked: &dyn Fn(&UnitCode) -> bool,
        whole: bool,
    ) -> Result<Vec<Row>, Failure> {
        let held = vault.exists().then(|| Held::read(vault, as_of)).transpose()?;
        let statements = whole.then(|| self.statements(held.as_ref(), county_date(as_of)));
        let accounts = held.map(|held| held.accounts).unwrap_or_default();
        let accounts = accounts.into_iter().filter_map(|(account, sum)| {
            let unit = known.unit_of(&account);
            (whole || unit.is_some_and(asked)).then(|| sum.row(account.clone(), unit))
        });
        Ok(statements.into_iter().chain(accounts).collect())
    }

    /// What was stated of each day, held against the records.
    fn statements(&self, held: Option<&Held>, today: Date) -> Row {
        let mut findings = Vec::new();
        match held {
            Some(held) => {
                findings.extend(self.stated.iter().filter_map(|(it, at)| differs(it, at, held)));
                findings.extend(self.unstated(held, today));
            }
            None if self.stated.is_empty() => {}
            None => findings.push(Finding {
                code: "access.no_vault",
                weight: Weight::Note,
                on: today,
                event: None,
                said: Said::new(
                    "没有个人信息库,只知每日查阅次数,不知何人为何查阅。",
                    "There is no vault: how often was read each day is known, and not by whom and for what.",
                ),
            }),
        }
        let day = |stated: Option<&(ReadingsStated, String)>| stated.map(|(it, _)| it.day);
        Row {
            account: "operation-county".to_owned(),
            unit: String::new(),
            readings: self.stated.iter().map(|(it, _)| it.readings).sum(),
            people: 0,
            purposes: 0,
            first_on: day(self.stated.first()),
            last_on: day(self.stated.last()),
            findings,
        }
    }

    /// Days that are over, whose readings nobody stated.
    fn unstated(&self, held: &Held, today: Date) -> Vec<Finding> {
        let last = self.stated.last().map_or(self.lost_up_to, |(stated, _)| stated.last);
        let before = today.saturating_sub(STATED_DAYS.days());
        let mut days: BTreeMap<Date, u64> = BTreeMap::new();
        for (_, day) in held.numbers.iter().filter(|(id, day)| *id > last && *day < before) {
            *days.entry(*day).or_default() += 1;
        }
        let finding = |(day, readings): (Date, u64)| {
            Finding::missing(
                "access.not_stated",
                day,
                format!("{day}有{readings}次查阅,日志中没有日结。"),
                format!("No event states the {readings} readings of {day}."),
            )
        };
        days.into_iter().map(finding).collect()
    }
}

/// As many readings lie in the vault as were stated.
fn differs(stated: &ReadingsStated, event: &str, held: &Held) -> Option<Finding> {
    let ReadingsStated { day, after, last, readings, .. } = *stated;
    let there = held.numbers.iter().filter(|(id, _)| after < *id && *id <= last).count();
    (u64::try_from(there) != Ok(readings)).then(|| Finding {
        code: "access.stated_differs",
        weight: Weight::Wrong,
        on: day,
        event: Some(event.to_owned()),
        said: Said::new(
            format!("{day}日结{readings}次查阅,个人信息库中现存{there}次。"),
            format!("{readings} readings were stated of {day}; the vault holds {there}."),
        ),
    })
}

impl Held {
    fn read(vault: &Path, as_of: Timestamp) -> Result<Self, Failure> {
        let (vault, mut held) = (KeylessVault::over(open_database(vault)?), Self::default());
        vault.each_reading(|reading| {
            if reading.at <= as_of {
                held.see(reading);
            }
        })?;
        Ok(held)
    }

    fn see(&mut self, reading: Reading) {
        let Reading { id, at, actor, purpose, people } = reading;
        let (on, people) = (county_date(at), u64::from(people));
        self.numbers.push((id, on));
        let account = self.accounts.entry(actor).or_default();
        account.readings += 1;
        account.people += people;
        account.purposes.insert(purpose.clone());
        let sum = account.days.entry(on).or_default().entry(purpose).or_default();
        sum.readings += 1;
        sum.people += people;
    }
}

impl Account {
    fn row(self, account: String, unit: Option<&UnitCode>) -> Row {
        let mut findings = Vec::new();
        for (&on, purposes) in &self.days {
            for (said, sum) in purposes {
                findings.extend(unfit(said, sum, on));
            }
            let people: u64 = purposes.values().map(|sum| sum.people).sum();
            if people > DAY_PEOPLE {
                let one_by_one = purposes.iter().filter(|(said, _)| !purpose::is_of_a_list(said));
                let one_by_one: u64 = one_by_one.map(|(_, sum)| sum.people).sum();
                let weight = if one_by_one > DAY_PEOPLE { Weight::Doubtful } else { Weight::Note };
                findings.push(Finding {
                    code: "access.many_people",
                    weight,
                    on,
                    event: None,
                    said: Said::new(
                        format!("当日查阅{people}人次,超过{DAY_PEOPLE}人次。"),
                        format!("{people} people were shown that day, more than {DAY_PEOPLE}."),
                    ),
                });
            }
        }
        let (first_on, last_on) = (self.days.keys().next(), self.days.keys().next_back());
        Row {
            account,
            unit: or_blank(unit),
            readings: self.readings,
            people: self.people,
            purposes: self.purposes.len(),
            first_on: first_on.copied(),
            last_on: last_on.copied(),
            findings,
        }
    }
}

/// A purpose says what is done with the data, and who reads for one person's affair sees few.
fn unfit(said: &str, sum: &Sum, on: Date) -> Option<Finding> {
    let Sum { readings, people } = sum;
    let (code, weight, (zh, en)) = if purpose::says_nothing(said) {
        (
            "access.no_purpose",
            Weight::Wrong,
            (
                format!("{readings}次查阅{people}人次,事由“{said}”没有说明用途。"),
                format!(
                    "{readings} readings of {people} people; the purpose \"{said}\" says nothing of what it was for."
                ),
            ),
        )
    } else if purpose::is_of_one(said) && *people > purpose::OF_ONE_PEOPLE {
        let most = purpose::OF_ONE_PEOPLE;
        (
            "access.purpose_does_not_fit",
            // How many is the program's default and no law's.
            Weight::Doubtful,
            (
                format!("事由“{said}”只涉及个别人,当日却查阅{people}人次,超过{most}人次。"),
                format!(
                    "The purpose \"{said}\" is about one person; {people} people were shown that day, more than {most}."
                ),
            ),
        )
    } else {
        return None;
    };
    Some(Finding { code, weight, on, event: None, said: Said::new(zh, en) })
}
