//! The other parts of an audit: what is in order has no findings, and one change makes each of them.

use domain::{Actor, Role};
use serde_json::{Value, json};

use super::codes_of;
use crate::village::{EXECUTOR, Line, RESOLUTION, STATION, SUPERVISOR, Village, account, line};

pub const TOWN: &str = "330225100";
pub const FIRST: &str = "V000000000021";
pub const CLERK: &str = "V000000000023";
const ACTIVITY: &str = "018f3c7e-5a2b-7c3d-8e4f-0123456789ab";
const ELSEWHERE: &str = "018f3c7e-5a2b-7c3d-8e4f-0123456789ac";

#[track_caller]
pub fn finds(part: &str, village: &Village, expected: &[&str]) {
    assert_eq!(codes_of(part, village, "2022-06-30"), expected);
}

pub fn unit(code: &str, kind: &str, parent: Option<&str>) -> Line {
    let data = json!({"unit": code, "name": "示范", "kind": kind, "parent": parent});
    line(&format!("unit-{code}"), "UnitRegistered", "01-01", data)
}

fn by(mut line: Line, id: &str, role: Role, person: Option<&str>) -> Line {
    line.actor = account(id, role, person);
    line
}

fn entry(who: &str, activity: &str, day: &str, minutes: u32) -> Value {
    json!({
        "volunteer": who, "activity": activity, "kind": "public_order", "class": "governance", "organiser": TOWN,
        "place": "文化广场", "content": "维护秩序", "started_at": format!("2022-{day}T01:00:00Z"),
        "ended_at": format!("2022-{day}T03:00:00Z"), "minutes": minutes, "in_charge": "attester-1",
        "recorder": {"account": "recorder-1"}
    })
}

fn published(activity: &str, day: &str) -> Line {
    let data = json!({
        "title": "巡逻", "kind": "public_order", "class": "governance", "organiser": TOWN, "place": "文化广场",
        "starts_at": format!("2022-{day}T01:00:00Z"), "ends_at": format!("2022-{day}T03:00:00Z"), "emergency": false,
        "dangerous": false, "in_charge": "attester-1"
    });
    line(&format!("activity-{activity}"), "ActivityPublished", "03-01", data)
}

/// Two hours of one volunteer, recorded, attested and rewarded; and the star that hours in plenty would make.
fn served() -> Village {
    let service = format!("service-{FIRST}");
    let recorder = |line| by(line, "recorder-1", Role::Recorder, None);
    let attester = |line| by(line, "attester-1", Role::Attester, None);
    let recorded =
        json!({"record": 1, "entry": entry(FIRST, ACTIVITY, "03-12", 120), "due": "2022-03-25"});
    let attested = json!({"record": 1, "revision": 1, "minutes": 120, "served_on": "2022-03-12", "total": 120});
    Village(vec![
        unit("330225", "county", None),
        unit(TOWN, "town", Some("330225")),
        published(ACTIVITY, "03-12"),
        line(&format!("activity-{ACTIVITY}"), "SignedUp", "03-02", json!({"volunteer": FIRST})),
        recorder(line(&service, "ServiceRecorded", "03-14", recorded)),
        attester(line(&service, "ServiceAttested", "03-15", attested)),
        line(
            &format!("points-{FIRST}"),
            "PointsEarned",
            "03-15",
            json!({"record": 1, "revision": 1, "points": 200}),
        ),
    ])
}

#[test]
fn hours_are_certified_by_two_and_are_no_more_than_can_be() {
    let service = format!("service-{FIRST}");
    let (recorded, attested) = ("ServiceRecorded", "ServiceAttested");
    let hours = |village: &Village, expected: &[&str]| finds("hours", village, expected);
    hours(&served(), &[]);
    let desk = |id: &'static str, person: Option<&'static str>| {
        move |it: &mut Line| it.actor = account(id, Role::Attester, person)
    };
    hours(&served().with(attested, desk("recorder-1", None)), &["hours.one_desk"]);
    hours(&served().with(attested, desk("x", Some(FIRST))), &["hours.attested_by_volunteer"]);
    // Only another fact, and a later one, tells whose account the recorder's is.
    let mut told = by(published(ELSEWHERE, "03-20"), "recorder-1", Role::Recorder, Some(CLERK));
    told.at = "2022-03-19T09:00:00+08:00".to_owned();
    let tied = served().with(attested, desk("attester-1", Some(CLERK))).and(told);
    hours(&tied, &["hours.one_desk"]);
    hours(&served().without("SignedUp"), &["hours.not_signed_up"]);
    hours(
        &served().with("ActivityPublished", |it| it.stream = format!("activity-{ELSEWHERE}")),
        &["hours.no_activity"],
    );
    let long = |it: &mut Line| it.data["entry"]["minutes"] = json!(121);
    hours(&served().with(recorded, long), &["hours.outside_activity"]);
    // A minute begun counts.
    let begun = |it: &mut Line| {
        it.data["entry"]["started_at"] = json!("2022-03-12T01:00:20Z");
        it.data["entry"]["minutes"] = json!(120);
    };
    hours(&served().with(recorded, begun), &[]);
    let late = |it: &mut Line| it.data["due"] = json!("2022-03-13");
    hours(&served().with(recorded, late), &["hours.late_unmarked"]);
    let check = |kind, at: &str| {
        let moment = format!("2022-03-12T{at}:00Z");
        line(&service, kind, "03-12", json!({"activity": ACTIVITY, "at": moment}))
    };
    let there = served().and(check("CheckedIn", "01:00"));
    hours(&there.clone().and(check("CheckedOut", "03:00")), &[]);
    hours(&there.and(check("CheckedOut", "02:59")), &["hours.longer_than_presence"]);
    let again =
        json!({"record": 2, "entry": entry(FIRST, ACTIVITY, "03-12", 60), "due": "2022-03-25"});
    hours(&served().and(line(&service, recorded, "03-16", again)), &["hours.overlap"]);
    let disputed = served()
        .and(line(&service, "ServiceDisputed", "03-16", json!({"record": 1, "reason": "不符"})))
        .and(by(
            line(&service, "DisputeDismissed", "03-17", json!({"record": 1, "reason": "属实"})),
            "recorder-1",
            Role::UnitAdministrator,
            None,
        ));
    hours(&disputed, &["hours.dispute_self_dismissed"]);
}

#[test]
fn a_backfill_has_a_second_approver() {
    let backfilled = || {
        served().with("ServiceRecorded", |it| {
            it.kind = "BackfillRequested";
            it.data["evidence"] = json!("签到表");
        })
    };
    let hours = |village: &Village, expected: &[&str]| finds("hours", village, expected);
    hours(&backfilled(), &["hours.backfill_unapproved"]);
    let approved = |id: &str| {
        let approved = line(
            &format!("service-{FIRST}"),
            "BackfillApproved",
            "03-14T10:00",
            json!({"record": 1}),
        );
        backfilled().and(by(approved, id, Role::UnitAdministrator, None))
    };
    hours(&approved("administrator-1"), &[]);
    hours(&approved("recorder-1"), &["hours.backfill_self_approved"]);
}

#[test]
fn too_much_in_a_day_a_week_or_from_one_account_is_doubtful() {
    let many = |days: u32, hours: u32, records: u32| {
        let mut village =
            Village(vec![unit("330225", "county", None), unit(TOWN, "town", Some("330225"))]);
        for record in 0..records {
            let (day, who) = (1 + record % days, format!("V0000000{:05}", 100 + record / days));
            let id = format!("018f3c7e-5a2b-7c3d-8e4f-0000000000{day:02}");
            let service = format!("service-{who}");
            let (from, to) = (
                format!("2022-03-{day:02}T00:00:00+08:00"),
                format!("2022-03-{day:02}T20:00:00+08:00"),
            );
            let mut entry = entry(&who, &id, "03-01", hours * 60);
            (entry["started_at"], entry["ended_at"]) = (json!(from), json!(to));
            let mut activity = published(&id, "03-01");
            (activity.data["starts_at"], activity.data["ends_at"]) = (json!(from), json!(to));
            if record < days {
                village.0.push(activity);
            }
            let number = record % days + 1;
            village.0.push(line(
                &format!("activity-{id}"),
                "SignedUp",
                "03-01",
                json!({"volunteer": who}),
            ));
            let recorded = json!({"record": number, "entry": entry, "due": "2022-04-30"});
            village.0.push(by(
                line(&service, "ServiceRecorded", "03-31", recorded),
                "recorder-1",
                Role::Recorder,
                None,
            ));
            let attested = json!({
                "record": number, "revision": 1, "minutes": hours * 60, "served_on": format!("2022-03-{day:02}"), "total": 0
            });
            village.0.push(by(
                line(&service, "ServiceAttested", "04-01", attested),
                "attester-1",
                Role::Attester,
                None,
            ));
        }
        village.0.sort_by(|one, other| one.at.cmp(&other.at));
        village
    };
    finds("hours", &many(1, 12, 1), &[]);
    finds("hours", &many(1, 13, 1), &["hours.day_too_long"]);
    finds("hours", &many(7, 8, 7), &[]);
    finds("hours", &many(7, 9, 7), &["hours.week_too_long"]);
    finds("hours", &many(1, 1, 100), &[]);
    finds("hours", &many(1, 1, 101), &["hours.bulk_entry"]);
}

#[test]
fn points_and_stars_are_explained_by_records_or_not() {
    let (points, service, volunteer) =
        (format!("points-{FIRST}"), format!("service-{FIRST}"), format!("volunteer-{FIRST}"));
    let earned = "PointsEarned";
    let finds = |village: &Village, expected: &[&str]| finds("points", village, expected);
    finds(&served(), &[]);
    finds(&served().without(earned), &["points.not_earned"]);
    let other = |it: &mut Line| it.data["record"] = json!(7);
    finds(&served().with(earned, other), &["points.not_earned", "points.unexplained"]);
    finds(&served().with(earned, |it| it.data["points"] = json!(201)), &["points.other_amount"]);
    let again = json!({"record": 1, "revision": 1, "points": 200});
    finds(&served().and(line(&points, earned, "03-16", again)), &["points.earned_twice"]);
    let voided =
        json!({"record": 1, "revision": 1, "reason": "不实", "withdrawn": 120, "total": 0});
    let voided = served().and(line(&service, "ServiceVoided", "03-20", voided));
    finds(&voided, &["points.not_reversed"]);
    let reversed =
        json!({"record": 1, "revision": 1, "points": 200, "owed": 0, "lots": [{"points": 200}]});
    finds(&voided.and(line(&points, "PointsReversed", "03-20", reversed)), &[]);
    let redeemed = |item: &str, price: u32| {
        let data = json!({"redemption": 1, "item": item, "name": "兑换", "points": price});
        served().and(line(&points, "PointsRedeemed", "03-20", data))
    };
    finds(&redeemed("LIBRARY", 500), &[]);
    finds(&redeemed("LIBRARY", 100), &["points.other_price"]);
    finds(&redeemed("CASH", 100), &["points.not_offered"]);

    // A hundred hours, proposed, publicised for seven days, and given.
    let notice = format!("star-{FIRST}-1");
    let starred = || {
        let plenty = |it: &mut Line| it.data["minutes"] = json!(6_000);
        let tell = |stream: &str, kind, at: &str, data| line(stream, kind, at, data);
        served()
            .with("ServiceAttested", plenty)
            .with(earned, |it| it.data["points"] = json!(10_000))
            .and(tell(
                &volunteer,
                "StarProposed",
                "03-15",
                json!({"proposal": 1, "from": 0, "to": 1, "attested": 6_000, "notice": notice}),
            ))
            .and(tell(
                &format!("notice-{notice}"),
                "NoticePublished",
                "03-15",
                json!({
                    "subject": {"kind": "star_change", "volunteer": FIRST, "proposal": 1}, "unit": TOWN,
                    "title": "星级公示", "text": "拟评一星", "opens_on": "2022-03-15", "closes_on": "2022-03-22"
                }),
            ))
            .and(tell(
                &format!("notice-{notice}"),
                "NoticeClosed",
                "03-23",
                json!({"subject": {"kind": "star_change", "volunteer": FIRST, "proposal": 1}, "upheld": false}),
            ))
            .and(tell(
                &volunteer,
                "StarChanged",
                "03-23",
                json!({"proposal": 1, "from": 0, "to": 1, "attested": 6_000}),
            ))
    };
    finds(&starred(), &[]);
    finds(&starred().with("StarChanged", |it| it.data["to"] = json!(2)), &["star.unexplained"]);
    let less = |it: &mut Line| it.data["minutes"] = json!(5_999);
    let unexplained = starred().with("ServiceAttested", less);
    finds(&unexplained, &["points.other_amount", "star.unexplained"]);
    finds(&starred().without("NoticeClosed"), &["star.without_notice"]);
    let short = |it: &mut Line| it.data["closes_on"] = json!("2022-03-21");
    finds(&starred().with("NoticePublished", short), &["star.without_notice"]);
    let upheld = |it: &mut Line| it.data["upheld"] = json!(true);
    finds(&starred().with("NoticeClosed", upheld), &["star.over_objection"]);
    finds(&starred().until("PointsEarned"), &["star.not_reviewed"]);
}

#[test]
fn every_verdict_is_independent() {
    let verified = "CompletionVerified";
    let finds = |village: &Village, expected: &[&str]| finds("supervision", village, expected);
    finds(&Village::clean(), &[]);
    let soon = |it: &mut Line| it.at = "2022-04-10T09:09:00+08:00".to_owned();
    finds(&Village::clean().with(verified, soon), &["supervision.judged_at_once"]);
    let of = |id: &str, role, person: &str| -> Actor { account(id, role, Some(person)) };
    let shared = Village::clean()
        .with("ExecutionProgressed", |it| it.actor = of("shared", Role::Councillor, EXECUTOR))
        .with(verified, |it| it.actor = of("shared", Role::Supervisor, SUPERVISOR));
    finds(&shared, &["supervision.shared_account"]);
    let clerk = |it: &mut Line| it.actor = of("clerk", Role::Supervisor, CLERK);
    finds(&Village::clean().with(verified, clerk), &["supervision.in_anothers_name"]);
    let voter = |it: &mut Line| it.data["verifier"] = json!(EXECUTOR);
    let found = codes_of("supervision", &Village::clean().with(verified, voter), "2022-06-30");
    assert!(found.contains(&"decision.verifier_executes".to_owned()), "{found:?}");
}

#[test]
fn a_part_is_listed_narrowed_and_filed_and_all_are_summed_up() {
    let folder = served().with("PointsEarned", |it| it.data["record"] = json!(7)).told();
    let at = ["--as-of", "2022-06-30", "--quiet"];
    let audit = |args: &[&str]| folder.run(&[&["audit"], args, &at].concat());
    audit(&["points"]).exits(1).says(&[
        "points and stars as of 2022-06-30T23:59:59.999999+08:00, 7 events",
        FIRST,
        "[points.unexplained] wrong points-V000000000021@1 2.00 points were earned by record 7",
        "What it means and what to do next:\n",
        "points.unexplained: No service explains these points; find out who entered them",
        "1 accounts: 1 missing, 1 wrong; 0 done late, 0 to note.",
    ]);
    audit(&["hours", "--unit", TOWN]).exits(0).says(&[TOWN, "1 organising units: 0 missing"]);
    audit(&["hours", "--unit", STATION]).exits(2).complains("There is no unit");
    audit(&["squads", "--format", "csv"]).exits(0).says(&["unit,task,required"]);
    let all = audit(&[]).exits(1);
    all.says(&[
        "decisions\n0 decisions: 0 missing",
        "hours\n1 organising units",
        "points and stars\n[points.",
        "audit as of 2022-06-30T23:59:59.999999+08:00, 7 events: 2 missing, wrong or doubtful in all.",
    ]);
    audit(&["--format", "csv"]).exits(1).says(&["part,code,weight,on,about,event,said,next\r\n"]);
    let json = audit(&["--format", "json"]).exits(1).json();
    assert_eq!(json["points"]["advice"][1]["code"], "points.unexplained");
    assert_eq!(json["squads"]["listed"], 0);
    let zh = folder.run_in("zh", &["audit", "points", "--as-of", "2022-06-30"]).exits(1);
    zh.says(&[
        "积分和星级情况,截至",
        "含义和下一步:",
        "没有服务可以解释这些积分",
        "1个账户:缺失1处,违规1处",
    ]);
    let clean = Village::clean().told();
    clean.run(&["audit", "--as-of", "2022-06-30"]).exits(0).says(&["0 missing, wrong or doubtful"]);
    assert!(all_of(&clean, "supervision").contains(&RESOLUTION.to_owned()));
}

/// What the lines of a part are about.
fn all_of(folder: &crate::fixture::Folder, part: &str) -> Vec<String> {
    let args = ["audit", part, "--as-of", "2022-06-30", "--format", "json"];
    let rows = folder.run(&args).json()["rows"].as_array().unwrap().clone();
    rows.iter().map(|row| row["stream"].as_str().unwrap().to_owned()).collect()
}
