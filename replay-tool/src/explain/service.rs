//! 服务记录.

use domain::Several;
use domain::service::{
    Attested, BackfillRequested, Corrected, DueSettled, Entry, Event, Outcome, Provisional,
};

use super::description::{Description, short};
use crate::lang::Said;
use crate::moment::county;

/// What a record must say.
const RECORDING: &str = "民政部令第67号 §4–8";

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::CheckedIn(checked) => {
            let (activity, at) = (checked.activity, county(checked.at));
            Description::new(
                format!("{at}在活动{activity}签到。"),
                format!("Checked in to activity {activity} at {at}."),
            )
        }
        Event::CheckedOut(checked) => {
            let (activity, at) = (checked.activity, county(checked.at));
            if checked.forgotten {
                Description::new(
                    format!("未在活动{activity}签退,在场时间随活动于{at}结束。"),
                    format!(
                        "Nobody checked out of activity {activity}: the presence ended with it at {at}."
                    ),
                )
            } else {
                Description::new(
                    format!("{at}在活动{activity}签退。"),
                    format!("Checked out of activity {activity} at {at}."),
                )
            }
        }
        Event::Recorded(recorded) => {
            let (number, due, entry) = (recorded.record, recorded.due, said(&recorded.entry));
            let until = provisional(recorded.provisional);
            let description = Description::new(
                format!("第{number}号记录:{};记录期限{due}{}。", entry.zh, until.zh),
                format!("Record {number}: {}; it was due until {due}{}.", entry.en, until.en),
            );
            description.rule("record_within_working_days").law(RECORDING)
        }
        Event::BackfillRequested(asked) => backfill(asked),
        Event::BackfillApproved(approved) => {
            let number = approved.record;
            let description = Description::new(
                format!("核准补录第{number}号记录,自此计算,标记为逾期。"),
                format!(
                    "The backfill of record {number} was approved; it counts from now on, marked late."
                ),
            );
            description.rule("record_within_working_days")
        }
        Event::DueSettled(settled) => {
            let DueSettled { record, due, was, .. } = settled;
            let until = provisional(settled.provisional);
            let description = Description::new(
                format!(
                    "节假日安排公布,第{record}号记录的期限由暂定的{was}确定为{due}{}。",
                    until.zh
                ),
                format!(
                    "The holidays became known: record {record}, provisionally due {was}, was due until {due}{}.",
                    until.en
                ),
            );
            description.rule("record_within_working_days").law(RECORDING)
        }
        Event::Attested(attested) => attestation(attested),
        Event::Disputed(disputed) => {
            let number = disputed.record;
            let description = Description::new(
                format!("对第{number}号记录提出异议。"),
                format!("Record {number} was disputed."),
            );
            description.because(&disputed.reason)
        }
        Event::DisputeDismissed(dismissed) => {
            let number = dismissed.record;
            let description = Description::new(
                format!("驳回对第{number}号记录的异议,记录有效。"),
                format!("The dispute about record {number} was dismissed; the record stands."),
            );
            description.because(&dismissed.reason)
        }
        Event::Corrected(corrected) => correction(corrected),
        Event::Voided(voided) => {
            let (number, withdrawn, total) = (voided.record, voided.withdrawn, voided.total);
            let description = Description::new(
                format!("第{number}号记录作废;扣回{withdrawn},累计认定{total}。"),
                format!(
                    "Record {number} was voided; {withdrawn:#} no longer count, {total:#} in all."
                ),
            );
            description.because(&voided.reason)
        }
    }
}

/// Why a day is not final yet.
fn provisional(provisional: Option<Provisional>) -> Said {
    provisional.map_or_else(
        || Said::new("", ""),
        |Provisional { missing, .. }| {
            Said::new(
                format!("(暂定:{missing}年节假日安排尚未公布)"),
                format!(" (provisionally: the holidays of {missing} are not known yet)"),
            )
        },
    )
}

fn backfill(asked: &BackfillRequested) -> Description {
    let BackfillRequested { record, due, evidence, .. } = asked;
    let until = provisional(asked.provisional);
    let entry = said(&asked.entry);
    let digest = asked.digest.map(|digest| format!(" ({}…)", short(&digest))).unwrap_or_default();
    let description = Description::new(
        format!(
            "申请补录第{record}号记录:{};应于{due}前记录{};证据:{evidence}{digest}。",
            entry.zh, until.zh
        ),
        format!(
            "A backfill of record {record} was asked for: {}; it had been due until {due}{}; evidence: {evidence}{digest}.",
            entry.en, until.en
        ),
    );
    description.rule("record_within_working_days").law(RECORDING)
}

fn attestation(attested: &Attested) -> Description {
    let Attested { record, revision, minutes, served_on, total, rating, attester: _ } = attested;
    let zh = rating.map(|rating| format!(",评价{rating}分")).unwrap_or_default();
    let en = rating.map(|rating| format!(", rated {rating} of 5")).unwrap_or_default();
    let description = Description::new(
        format!(
            "认定第{record}号记录(第{revision}稿,{served_on}服务){minutes}{zh};累计认定{total}。"
        ),
        format!(
            "Record {record} (revision {revision}, served on {served_on}) was attested with {minutes:#}{en}; {total:#} in all."
        ),
    );
    description.rule("points_per_hour").rule("star_minutes")
}

fn correction(corrected: &Corrected) -> Description {
    let Corrected { record, revision, withdrawn, total, .. } = corrected;
    let entry = said(&corrected.entry);
    let description = Description::new(
        format!(
            "第{record}号记录更正为第{revision}稿:{};扣回{withdrawn},累计认定{total},须重新认定。",
            entry.zh
        ),
        format!(
            "Record {record} was corrected to revision {revision}: {}; {withdrawn:#} no longer count, {total:#} in all; it must be attested anew.",
            entry.en
        ),
    );
    description.because(&corrected.reason).law(RECORDING)
}

/// What a record says.
fn said(entry: &Entry) -> Said {
    let Entry { activity, kind, class, organiser, place, content, minutes, .. } = entry;
    let (from, to) = (county(entry.started_at), county(entry.ended_at));
    let recorder = &entry.recorder.account;
    let outcomes =
        |name: fn(&Outcome) -> String| Several(entry.outcomes.iter().map(name).collect());
    let (counted_zh, counted_en) = if entry.outcomes.is_empty() {
        (String::new(), String::new())
    } else {
        let zh = outcomes(|one| format!("{}{}", one.what, one.count));
        let en = outcomes(|one| format!("{} {:#}", one.count, one.what));
        (format!(";{zh}"), format!("; {en:#}"))
    };
    let flags = Several(entry.flags.iter().collect());
    let (flags_zh, flags_en) = if entry.flags.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("[{flags}]"), format!(" [{flags:#}]"))
    };
    Said::new(
        format!(
            "{organiser}组织的{}({}),{from}至{to}在{place},实际{minutes},“{content}”,活动{activity},记录人账号{recorder}{counted_zh}{flags_zh}",
            kind.zh(),
            class.zh()
        ),
        format!(
            "{} ({}) organised by {organiser}, {from} to {to} at {place}, {minutes:#} given, \"{content}\", activity {activity}, recorded by account {recorder}{counted_en}{flags_en}",
            kind.en(),
            class.en()
        ),
    )
}
