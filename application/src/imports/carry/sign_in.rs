//! 签到表: each good row becomes a service record that awaits attestation, by the ordinary command of whoever sends it.

use std::collections::BTreeMap;

use domain::activity::{Activity, Published};
use domain::import::Table;
use domain::permission::Act;
use domain::service::{Entry as Record, Service};
use domain::volunteer::Volunteer;
use domain::{ActivityId, Minutes, PersonId, Text, county_date};
use futures::stream::{self, StreamExt as _};
use jiff::Timestamp;
use jiff::civil::Date;

use super::outcome::{ImportError, Imported, Next, Planned, Tally};
use super::run::Run;
use crate::imports::sign_in::{Entry, Moment};
use crate::imports::{Numbered, Reading, RowProblem, SheetRow};
use crate::{App, Caller, EntryReport, Error};

/// People whose rows are taken in at the same time; the rows of one come one after another.
const AT_ONCE: usize = 64;

domain::refusals! {
    /// Why a good row is not taken after all.
    pub enum SignInRefusal {
        NoActivity {} "sign_in.no_activity" at "活动编号" =>
            "请填写活动编号,或在导入时指明整张表的活动(--activity)。",
            "Give the number of the activity, or name the one of the whole sheet when importing it (--activity).";
        OtherActivity { activity: ActivityId } "sign_in.other_activity" at "活动编号" =>
            "此行是另一活动;导入时指明的是{activity}。请核对,或不指明活动再导入。",
            "This row is of another activity than {activity}, which the import names; check it, or import without naming one.";
        UnknownVolunteer {} "sign_in.unknown_volunteer" at "志愿者编号" =>
            "没有这个编号的志愿者;请核对编号。",
            "No volunteer has this number; check it.";
        WhichDay { from: Date, to: Date } "sign_in.which_day" at "签到" =>
            "活动自{from}至{to}不止一天,请写明日期,如 {from} 9:00。",
            "The activity lasts from {from} to {to}; write the day too, for example {from} 9:00.";
        OverlapsRow { zh: String, en: String } "sign_in.overlaps_row" at "签到" =>
            "与{zh}同一志愿者的时间重叠;同一人同一时间只计一次,请只保留一行或改正时间。",
            "Overlaps {en} of the same volunteer; one person serves in one place at a time, so keep one of them or mend the times.";
        Differs { record: u32, columns: String } "sign_in.differs" at "签到" =>
            "该活动已有此人第{record}号服务记录,不同的列:{columns}。导入不改已有记录;如记录有误,请办理“更正服务记录”(POST /api/v1/volunteers/{{volunteer}}/services/{record}/correction)。",
            "Service record {record} of this person and activity says otherwise in “{columns}”. An import changes no record; if the record is wrong, correct it (POST /api/v1/volunteers/{{volunteer}}/services/{record}/correction).";
        Voided { record: u32 } "sign_in.voided" at "签到" =>
            "同样的第{record}号服务记录已作废,导入不恢复作废的记录;确需恢复的,请另行记录服务并说明。",
            "Record {record} said the same and was voided, and an import brings nothing voided back; record the service by itself if it was right.";
    }
}

/// Takes the rows in: those of one person one after another.
pub async fn carry(
    run: &mut Run<'_>,
    activity: Option<ActivityId>,
    reading: Reading<Entry>,
) -> Result<Imported, ImportError> {
    let mut tally = Tally::of(reading.problems, reading.notes);
    run.expect(reading.rows.len());
    let (app, caller) = (run.app, run.caller.clone());
    let (mut ready, mut planned) = (Vec::new(), Vec::new());
    for Numbered { row, value } in reading.rows {
        let volunteer = value.volunteer;
        match prepare(app, row.clone(), value, activity, &caller).await? {
            Ok(presence) => ready.push(presence),
            Err(problem) => {
                planned.push(planned_as(volunteer, row, Next::Refuse(vec![problem])));
                run.advance(1);
            }
        }
    }
    for presence in apart(ready) {
        planned.push(match presence {
            Ok(presence) => plan(app, presence, &caller).await?,
            Err((volunteer, problem)) => {
                planned_as(volunteer, problem.at(), Next::Refuse(vec![problem]))
            }
        });
        run.advance(1);
    }
    let to_do = run.begin(Table::SignIn, reading.total, planned, &mut tally).await?;
    let caller = &run.caller.clone();
    let mut by_person = BTreeMap::<PersonId, Vec<_>>::new();
    for to_do in to_do {
        by_person.entry(to_do.step.0).or_default().push(to_do);
    }
    let mut recorded = stream::iter(by_person.into_values())
        .map(|rows| async move {
            let mut done = Vec::with_capacity(rows.len());
            for to_do in rows {
                let (volunteer, said) = to_do.step.clone();
                let caller = caller.step(&format!("sign-in/{volunteer}/{}", said.started_at));
                let result = app.record_service(volunteer, said, &caller).await;
                done.push((to_do, result.map(|_| volunteer.to_string())));
            }
            done
        })
        .buffered(AT_ONCE);
    while let Some(rows) = recorded.next().await {
        for (to_do, result) in rows {
            to_do.note(result, &mut tally)?;
            run.advance(1);
        }
    }
    drop(recorded);
    run.finish(reading.total, tally).await
}

/// What is recorded of whom.
type Step = (PersonId, EntryReport);

fn planned_as(volunteer: PersonId, row: SheetRow, next: Next<Step>) -> Planned<Step> {
    Planned { row, number: volunteer.to_string(), columns: Vec::new(), next }
}

/// A row with its day and its activity known.
struct Presence {
    row: SheetRow,
    volunteer: PersonId,
    said: EntryReport,
    remarked: bool,
    has_end: bool,
    has_minutes: bool,
}

async fn prepare(
    app: &App,
    row: SheetRow,
    entry: Entry,
    of_all: Option<ActivityId>,
    caller: &Caller,
) -> Result<Result<Presence, RowProblem>, Error> {
    let Entry { activity, volunteer, came, left, minutes, remark } = entry;
    let refuse = |refusal: SignInRefusal| Ok(Err(problem(row.clone(), &refusal, None)));
    let activity = match (activity, of_all) {
        (Some(own), Some(named)) if own != named => {
            return refuse(SignInRefusal::OtherActivity { activity: named });
        }
        (Some(activity), _) | (None, Some(activity)) => activity,
        (None, None) => return refuse(SignInRefusal::NoActivity {}),
    };
    let organiser = app.organiser_of(activity);
    let permitted =
        app.permit_at(&caller.actor, Act::RecordService, organiser, Some(volunteer)).await;
    if let Err(error) = permitted {
        return refused(row.clone(), error, None).map(Err);
    }
    let key = activity.to_string();
    let published = app.read_state::<Activity, _>(&key, |known| known.published().cloned()).await?;
    let Some(published) = published else { return refuse(SignInRefusal::NoActivity {}) };
    let Some(started_at) = begin(came, &published) else {
        let (from, to) = days(&published);
        return refuse(SignInRefusal::WhichDay { from, to });
    };
    let (ended_at, given) = end(started_at, left, minutes);
    let content = remark.clone().map_or_else(|| Text::new(published.title.as_str()), Ok);
    let content = content.map_err(Error::refused)?;
    let said =
        EntryReport { activity, content, started_at, ended_at, minutes: given, outcomes: vec![] };
    Ok(Ok(Presence {
        row,
        volunteer,
        said,
        remarked: remark.is_some(),
        has_end: left.is_some(),
        has_minutes: minutes.is_some(),
    }))
}

fn days(published: &Published) -> (Date, Date) {
    (county_date(published.starts_at), county_date(published.ends_at))
}

/// When somebody came. A time alone is of the activity's day; of one that goes on over night, of the day that lies within it.
fn begin(came: Moment, published: &Published) -> Option<Timestamp> {
    let (first, last) = days(published);
    if first == last {
        return Some(came.on(first));
    }
    if let Moment::Exact(_) = came {
        return Some(came.on(first));
    }
    let within = |at: &Timestamp| (published.starts_at..=published.ends_at).contains(at);
    let mut found = first.series(jiff::ToSpan::days(1)).take_while(|day| *day <= last);
    let mut found = found.by_ref().map(|day| came.on(day)).filter(within);
    found.next().filter(|_| found.next().is_none())
}

/// When somebody left, and for how long they served. A time alone that is earlier than the coming is of the next day.
fn end(from: Timestamp, left: Option<Moment>, minutes: Option<u32>) -> (Timestamp, Minutes) {
    let length = |minutes: u32| jiff::SignedDuration::from_mins(i64::from(minutes));
    let day = county_date(from);
    let to = match left {
        Some(left @ Moment::OfTheDay(_)) if left.on(day) < from => {
            left.on(day.saturating_add(jiff::ToSpan::days(1)))
        }
        Some(left) => left.on(day),
        None => from.saturating_add(length(minutes.unwrap_or(0))).unwrap_or(Timestamp::MAX),
    };
    let whole = to.duration_since(from).as_mins();
    (to, Minutes(minutes.unwrap_or_else(|| u32::try_from(whole).unwrap_or(0))))
}

/// The rows, those refused that overlap an earlier one of the same person.
fn apart(rows: Vec<Presence>) -> Vec<Result<Presence, (PersonId, RowProblem)>> {
    // Those taken do not overlap, so that of all which begin before a row ends the last one reaches farthest.
    let mut seen = BTreeMap::<PersonId, BTreeMap<Timestamp, (SheetRow, Timestamp)>>::new();
    let each = rows.into_iter().map(|presence| {
        let (from, to) = (presence.said.started_at, presence.said.ended_at);
        let seen = seen.entry(presence.volunteer).or_default();
        match seen.range(..to).next_back().filter(|(_, (_, end))| from < *end) {
            Some((_, (row, _))) => {
                let (zh, en) = row.seen_from(&presence.row);
                let refusal = SignInRefusal::OverlapsRow { zh, en };
                Err((presence.volunteer, problem(presence.row, &refusal, None)))
            }
            None => {
                seen.insert(from, (presence.row.clone(), to));
                Ok(presence)
            }
        }
    });
    each.collect()
}

/// What is to be done about a row, as the records and the rules stand.
async fn plan(app: &App, presence: Presence, caller: &Caller) -> Result<Planned<Step>, Error> {
    let (row, volunteer) = (presence.row.clone(), presence.volunteer);
    let key = volunteer.to_string();
    let refuse = |problem| planned_as(volunteer, row.clone(), Next::Refuse(vec![problem]));
    match app.read_state::<Service, _>(&key, |known| compare(known, &presence)).await? {
        Some(Ok(())) => return Ok(planned_as(volunteer, row.clone(), Next::Nothing)),
        Some(Err(refusal)) => return Ok(refuse(problem(row.clone(), &refusal, None))),
        None => {}
    }
    match app.may_record_service(volunteer, presence.said.clone(), caller).await {
        Ok(()) => Ok(planned_as(volunteer, row.clone(), Next::Add((volunteer, presence.said)))),
        Err(Error::Refused(why)) if why.code() == "service.not_signed_up" => {
            let unknown = app.version_of::<Volunteer>(&key).await?.is_none();
            Ok(refuse(if unknown {
                problem(row.clone(), &SignInRefusal::UnknownVolunteer {}, None)
            } else {
                problem(row.clone(), &*why, Some(&presence))
            }))
        }
        Err(error) => Ok(refuse(refused(row.clone(), error, Some(&presence))?)),
    }
}

/// What the person's records say of the row already: that it is so, or why it is not taken.
fn compare(known: &Service, presence: &Presence) -> Option<Result<(), SignInRefusal>> {
    let said = &presence.said;
    let same_time = |record: &Record| {
        (record.started_at, record.ended_at, record.minutes)
            == (said.started_at, said.ended_at, said.minutes)
    };
    let of_activity = || known.entries().filter(|(_, record, _)| record.activity == said.activity);
    let standing = of_activity().filter(|(_, _, voided)| !voided);
    let overlapping = standing.into_iter().find(|(_, record, _)| {
        said.started_at < record.ended_at && record.started_at < said.ended_at
    });
    if let Some((number, record, _)) = overlapping {
        let columns = differing(record, presence);
        return Some(match columns.is_empty() {
            true => Ok(()),
            false => Err(SignInRefusal::Differs { record: number, columns: columns.join("、") }),
        });
    }
    let voided = of_activity().find(|(_, record, voided)| *voided && same_time(record));
    voided.map(|(record, ..)| Err(SignInRefusal::Voided { record }))
}

/// The columns in which a record says otherwise. A blank cell says nothing.
fn differing(record: &Record, presence: &Presence) -> Vec<&'static str> {
    let said = &presence.said;
    let differs = [
        ("签到", record.started_at != said.started_at),
        ("签退", presence.has_end && record.ended_at != said.ended_at),
        ("分钟", (presence.has_minutes || !presence.has_end) && record.minutes != said.minutes),
        ("备注", presence.remarked && record.content != said.content),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

/// What stands against a row; an error that no rule gave ends the import.
fn refused(row: SheetRow, error: Error, presence: Option<&Presence>) -> Result<RowProblem, Error> {
    match error.refusal() {
        Some(refusal) => Ok(problem(row, refusal, presence)),
        None => Err(error),
    }
}

/// A refusal at the column it is about.
fn problem(row: SheetRow, why: &dyn domain::Refusal, presence: Option<&Presence>) -> RowProblem {
    let (has_end, has_minutes) =
        presence.map_or((true, true), |presence| (presence.has_end, presence.has_minutes));
    let column = match why.field() {
        Some("activity") => "活动编号",
        Some("started_at") => "签到",
        Some("ended_at") => {
            if has_end {
                "签退"
            } else {
                "分钟"
            }
        }
        Some("minutes") => {
            if has_minutes {
                "分钟"
            } else {
                "签退"
            }
        }
        Some(column) if !column.is_ascii() => column,
        Some(_) | None => "",
    };
    RowProblem::refused(row, why).in_column(column)
}
