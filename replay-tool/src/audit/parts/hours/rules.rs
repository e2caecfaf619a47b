//! What is found about one volunteer's records: each rule once, from the facts alone.

use std::collections::BTreeMap;

use domain::{PersonId, county_date};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::record::{Act, Activities, Place, Record, Volunteer};
use crate::audit::finding::{Finding, Weight};
use crate::audit::known::{Hand, Known};
use crate::lang::Said;

/// 本程序默认值,由县确定: more hours that count of one person on one day are doubtful.
const DAY_HOURS: u32 = 12;
/// 本程序默认值,由县确定: more hours that count of one person within seven days are doubtful.
const WEEK_HOURS: u32 = 60;

/// A finding about a record.
struct At<'a>(&'a Place);

impl At<'_> {
    fn find(&self, code: &'static str, weight: Weight, zh: String, en: String) -> Finding {
        let Place { event, on } = self.0.clone();
        Finding { code, weight, on, event: Some(event), said: Said { zh, en } }
    }

    fn wrong(&self, code: &'static str, zh: String, en: String) -> Finding {
        self.find(code, Weight::Wrong, zh, en)
    }
}

/// All that is found about a volunteer, each with the place of its record.
pub fn judge(
    who: PersonId,
    volunteer: &Volunteer,
    activities: &Activities,
    known: &Known,
) -> Vec<(usize, Finding)> {
    let mut found = Vec::new();
    for (at, record) in volunteer.records.iter().enumerate() {
        let mut all = certified(who, record, known);
        all.extend(late(record));
        if !record.voided {
            all.extend(held(who, volunteer, record, activities));
        }
        found.extend(all.into_iter().map(|finding| (at, finding)));
    }
    found.extend(overlaps(&volunteer.records));
    found.extend(density(who, &volunteer.records));
    found
}

/// Nobody certifies himself: recorder, attester and volunteer, asker and approver are different people.
fn certified(who: PersonId, record: &Record, known: &Known) -> Vec<Finding> {
    let mut found = Vec::new();
    for (recorder, Act { by, place }) in &record.attestations {
        let accounts = (&recorder.account, &by.account);
        if known.is_one_desk(recorder, by) {
            found.push(At(place).wrong(
                "hours.one_desk",
                format!("由{}记录、{}认定,二者是同一账号或同一人。", accounts.0, accounts.1),
                format!(
                    "Recorded by {} and attested by {}: one account, or one person behind both.",
                    accounts.0, accounts.1
                ),
            ));
        }
        if known.is_behind(by, who) {
            found.push(At(place).wrong(
                "hours.attested_by_volunteer",
                format!("志愿者{who}认定了本人的服务。"),
                format!("The volunteer {who} attested their own service."),
            ));
        }
    }
    for (recorder, Act { by, place }) in &record.dismissals {
        if known.is_one_desk(recorder, by) || known.is_behind(by, who) {
            found.push(
                At(place).wrong(
                    "hours.dispute_self_dismissed",
                    "对记录的异议由记录人或志愿者本人驳回。".to_owned(),
                    "A dispute about the record was dismissed by its recorder or the volunteer."
                        .to_owned(),
                ),
            );
        }
    }
    found.extend(backfilled(who, record, known));
    found
}

fn backfilled(who: PersonId, record: &Record, known: &Known) -> Option<Finding> {
    let backfill = record.backfill.as_ref()?;
    match &backfill.approved {
        Some(Act { by, place }) => {
            let own = known.is_one_desk(&backfill.asked_by, by) || known.is_behind(by, who);
            own.then(|| {
                let Hand { account, .. } = by;
                At(place).wrong(
                    "hours.backfill_self_approved",
                    format!("补录由申请人或志愿者本人({account})核准。"),
                    format!("The backfill was approved by whoever asked for it or the volunteer ({account})."),
                )
            })
        }
        None => record.attestations.first().map(|(_, act)| {
            At(&act.place).wrong(
                "hours.backfill_unapproved",
                "补录没有核准即予认定。".to_owned(),
                "The backfill was attested although nobody had approved it.".to_owned(),
            )
        }),
    }
}

/// What is recorded after its last day is a backfill, with a second approver (民政部令第67号 §11).
fn late(record: &Record) -> Option<Finding> {
    let Record { due, entered, .. } = record;
    (record.backfill.is_none() && entered.on > *due).then(|| {
        let on = entered.on;
        At(entered).wrong(
            "hours.late_unmarked",
            format!("应于{due}前记录,{on}才记录,却没有作为补录。"),
            format!("It was to be recorded until {due}; it was on {on}, and not as a backfill."),
        )
    })
}

/// What was entered, held against the activity and against who came and left when.
fn held(
    who: PersonId,
    volunteer: &Volunteer,
    record: &Record,
    activities: &Activities,
) -> Vec<Finding> {
    let (at, minutes) = (At(&record.entered), record.minutes);
    let Some(activity) = activities.get(&record.activity) else {
        let id = record.activity;
        let (zh, en) = (format!("没有活动{id}。"), format!("There is no activity {id}."));
        return vec![at.wrong("hours.no_activity", zh, en)];
    };
    let mut found = Vec::new();
    if !activity.backfilled && !activity.signed_up.contains(&who) {
        found.push(at.wrong(
            "hours.not_signed_up",
            format!("志愿者{who}没有报名参加该活动。"),
            format!("The volunteer {who} did not sign up for the activity."),
        ));
    }
    // A minute begun counts, as it does when the record is made.
    let length = (record.ended_at.duration_since(record.started_at).as_secs() + 59) / 60;
    let outside = record.started_at < activity.starts_at || record.ended_at > activity.ends_at;
    if outside || i64::from(minutes) > length {
        found.push(at.wrong(
            "hours.outside_activity",
            format!("记录{minutes}分钟,超出起止时间或活动时间。"),
            format!("Its {minutes} minutes lie outside the activity, or are more than lie between start and end."),
        ));
    }
    match volunteer.present_at(record.activity, activity) {
        Some(present) if minutes > present => found.push(at.wrong(
            "hours.longer_than_presence",
            format!("记录{minutes}分钟,签到签退之间只有{present}分钟。"),
            format!(
                "{minutes} minutes were entered; between check-in and check-out lie {present}."
            ),
        )),
        None if activity.checks => found.push(at.find(
            "hours.not_checked_in",
            Weight::Note,
            "该活动有人签到,志愿者没有签到。".to_owned(),
            "Others checked in to the activity, and the volunteer did not.".to_owned(),
        )),
        Some(_) | None => {}
    }
    found
}

/// One person serves in one place at a time.
fn overlaps(records: &[Record]) -> Vec<(usize, Finding)> {
    let mut standing: Vec<(usize, &Record)> =
        records.iter().enumerate().filter(|(_, record)| !record.voided).collect();
    standing.sort_by_key(|(_, record)| (record.started_at, record.ended_at));
    let mut found = Vec::new();
    let mut longest: Option<(usize, &Record)> = None;
    for (at, record) in standing {
        if let Some((before, one)) = longest.filter(|(_, one)| record.started_at < one.ended_at) {
            let (number, other) = (before + 1, at + 1);
            let finding = At(&record.entered).wrong(
                "hours.overlap",
                format!(
                    "第{other}号记录与第{number}号记录({}至{})时间重叠。",
                    one.started_at, one.ended_at
                ),
                format!(
                    "Record {other} overlaps record {number}, {} to {}.",
                    one.started_at, one.ended_at
                ),
            );
            found.push((at, finding));
        }
        if longest.is_none_or(|(_, one)| one.ended_at < record.ended_at) {
            longest = Some((at, record));
        }
    }
    found
}

/// How much of a person's time is counted, by day and by week.
fn density(who: PersonId, records: &[Record]) -> Vec<(usize, Finding)> {
    let mut days: BTreeMap<Date, (u32, usize)> = BTreeMap::new();
    for (at, record) in records.iter().enumerate().filter(|(_, record)| record.attested) {
        let (minutes, last) = days.entry(county_date(record.started_at)).or_default();
        (*minutes, *last) = (minutes.saturating_add(record.minutes), at);
    }
    let mut found = Vec::new();
    for (&day, &(minutes, at)) in &days {
        let mut find = |code, most: u32, minutes: u32, zh: &str, en: &str| {
            let (hours, rest) = (minutes / 60, minutes % 60);
            let place = Place { on: day, ..records[at].entered.clone() };
            let finding = At(&place).find(
                code,
                Weight::Doubtful,
                format!("{who}至{day}{zh}计入{hours}小时{rest}分,超过{most}小时。"),
                format!("{hours} h {rest:02} min count of {who} {en} {day}, more than {most} h."),
            );
            found.push((at, finding));
        };
        if minutes > DAY_HOURS * 60 {
            find("hours.day_too_long", DAY_HOURS, minutes, "一天", "on");
        }
        let first = day.saturating_sub(6.days());
        let week = days.range(first..=day).map(|(_, (minutes, _))| minutes);
        let week = week.fold(0, |all: u32, one| all.saturating_add(*one));
        if week > WEEK_HOURS * 60 {
            find("hours.week_too_long", WEEK_HOURS, week, "七天内", "in the seven days to");
        }
    }
    found
}
