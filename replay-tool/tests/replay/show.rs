//! `show`: as of any moment, in every form.

use serde_json::json;

use crate::fixture::Folder;
use crate::story::{VOLUNTEER, county, december, november};
use crate::village::{ASKER, OBJECTOR, STATION, Village, line};

const DEADLINE: [&str; 4] = ["show", "quota", "--as-of", "2021-11-30T12:00:00+08:00"];

#[test]
fn as_of_a_moment_is_the_same_whatever_happened_later() {
    let folder = Folder::new();
    november(&folder);
    let then = folder.run(&DEADLINE).exits(0).out;
    december(&folder);
    let later = folder.run(&DEADLINE).exits(0).says(&["position 10 of the log, 10 events"]);
    assert_eq!(later.out, then);
    let now = folder.run(&["show", "quota"]).exits(0).says(&["position 21 of the log, 21 events"]);
    assert_ne!(now.out, then);
}

#[test]
fn every_read_model_shows_in_both_languages_and_every_form() {
    let folder = county();
    for (model, head, row) in [
        ("quota", "任务数", "丹东街道"),
        ("points-bank", "余额", "1.50"),
        ("public-notice", "公示编号", "公示〔2021〕第1号"),
        ("volunteer-archive", "政治面貌", "中共党员"),
        ("service-timeliness", "记录期限", "2:30"),
        ("activity-board", "活动名称", "宪法宣传日"),
    ] {
        folder.run_in("zh", &["show", model]).exits(0).says(&[
            "截至2021-12-17T10:00:00+08:00",
            head,
            row,
        ]);
        folder.run(&["show", model]).exits(0).says(&["as of 2021-12-17T10:00:00+08:00"]);
        let json = folder.run(&["show", model, "--format", "json"]).exits(0).json();
        assert_eq!(json["events"], 21, "{model}");
        assert!(!json["rows"].as_array().unwrap().is_empty(), "{model}");
        let csv = folder.run(&["show", model, "--format", "csv"]).exits(0);
        assert_eq!(csv.out.lines().count(), json["rows"].as_array().unwrap().len() + 1, "{model}");
        assert!(csv.err.contains("position 21"), "{}", csv.err);
        let zh = folder.run_in("zh", &["show", model, "--format", "csv"]).exits(0).out;
        let heads = zh.trim_start_matches('\u{feff}').lines().next().unwrap();
        assert!(heads.split(',').all(|head| !head.is_ascii()), "{model}: {heads}");
        assert_eq!(heads.split(',').count(), csv.out.lines().next().unwrap().split(',').count());
    }
}

#[test]
fn a_workbook_is_written_as_it_is() {
    let folder = county();
    let data = folder.path(".");
    let asked = ["replay", "--data", data.to_str().unwrap(), "--quiet", "show", "quota"];
    let asked = asked.into_iter().chain(["--format", "xlsx"]).map(std::ffi::OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    assert_eq!(replay_tool::run(asked, &mut out, &mut err), 0, "{err:?}");
    assert!(out.starts_with(b"PK") && err.is_empty(), "{err:?}");
}

#[test]
fn tables_align_with_wide_characters() {
    let folder = county();
    let out = folder.run_in("zh", &["show", "quota"]).exits(0).out;
    let widths: Vec<usize> = out
        .lines()
        .skip(1)
        .map(|line| {
            line.chars().map(|c| if ('一'..='龥').contains(&c) || c == ',' { 2 } else { 1 }).sum()
        })
        .collect();
    assert!(widths.len() > 3 && widths.iter().all(|width| *width == widths[0]), "{out}");
}

#[test]
fn active_counts_on_the_day_asked() {
    let folder = county();
    let active = |as_of: &str| {
        let args = ["show", "quota", "--as-of", as_of, "--format", "json", "--unit", "330225001"];
        folder.run(&args).exits(0).json()["rows"][0]["active_total"].clone()
    };
    assert_eq!(active("2021-12-06"), 0);
    assert_eq!(active("2021-12-07"), 1);
    assert_eq!(active("2022-06-01"), 0);
}

#[test]
fn points_are_decimals_and_sum_to_zero() {
    let folder = county();
    folder.run(&["show", "points-bank"]).exits(0).says(&[
        VOLUNTEER,
        "2.50",
        "1.00",
        "1.50",
        "-1.50",
        "All accounts and the issuer together: 0.00",
    ]);
}

#[test]
fn unit_and_limit_narrow_the_list() {
    let folder = county();
    let rows = |args: &[&str]| {
        let args: Vec<&str> =
            ["show"].iter().chain(args).chain(&["--format", "json"]).copied().collect();
        folder.run(&args).exits(0).json()["rows"].as_array().unwrap().len()
    };
    assert_eq!(rows(&["quota"]), 2);
    assert_eq!(rows(&["quota", "--unit", "330225001"]), 1);
    assert_eq!(rows(&["points-bank"]), 2);
    assert_eq!(rows(&["points-bank", "--unit", "330225001"]), 1);
    assert_eq!(rows(&["notice-board", "--unit", "330225"]), 1);
    assert_eq!(rows(&["public-notice", "--unit", "330225001"]), 1);
    assert_eq!(rows(&["service-timeliness", "--unit", "330225001"]), 1);
    let limited = folder.run(&["show", "quota", "--limit", "1", "--format", "csv"]).exits(0);
    assert_eq!(limited.out.lines().count(), 2);
    assert!(limited.err.contains("The first 1 rows only"), "{}", limited.err);
    let unknown = folder.run(&["show", "quota", "--unit", "999"]).exits(1);
    assert!(unknown.err.contains("There is no unit 999"), "{}", unknown.err);
}

#[test]
fn a_position_beyond_the_log_is_bad_usage() {
    let folder = county();
    folder
        .run(&["show", "quota", "--position", "3"])
        .exits(0)
        .says(&["position 3 of the log, 3 events"]);
    let beyond = folder.run(&["show", "quota", "--position", "22"]).exits(2);
    assert!(beyond.err.contains("ends at position 21"), "{}", beyond.err);
}

#[test]
fn before_the_first_event_there_is_nothing() {
    let folder = county();
    let json =
        folder.run(&["show", "quota", "--as-of", "2000-01-01", "--format", "json"]).exits(0).json();
    assert_eq!((&json["events"], json["rows"].as_array().unwrap().len()), (&0.into(), 0));
}

#[test]
fn the_village_shows_in_every_read_model_of_deliberation() {
    let folder = surveyed(10).until("CompletionReturned").told();
    for (model, zh, en) in [
        ("station-board", "五有齐备", "2022-01-06"),
        ("issue-register", "议题〔2022〕第1号", "decided"),
        ("meeting-calendar", "议事日", "2022-03-03"),
        ("notice-board", "增设垃圾收集点", "resolution"),
        ("execution-ledger", "执行中", "村委会副主任"),
        ("supervision-worklist", "责任方", "execute"),
        ("survey-result", "回复率", "80.0% (8/10)"),
        ("monthly-report", "本年累计", "80.0% (8/10)"),
    ] {
        folder.run_in("zh", &["show", model]).exits(0).says(&["截至2022-04-05", zh]);
        let answer = folder.run(&["show", model]).exits(0).says(&[en]);
        assert!(![ASKER, OBJECTOR].iter().any(|who| answer.out.contains(who)), "{}", answer.out);
        let rows = |unit: &str| {
            let args = ["show", model, "--unit", unit, "--format", "json"];
            folder.run(&args).exits(0).json()["rows"].as_array().unwrap().len()
        };
        assert!(rows("330225100") > 0, "{model}");
        assert_eq!(rows("330225101"), 0, "{model}");
        folder.run(&["show", model, "--format", "csv"]).exits(0);
    }
}

/// The clean village, asked in March by so many who replied; eight of them are content.
fn surveyed(replies: u32) -> Village {
    let survey = "survey-2f1e0d3c-4b5a-4697-8877-665544332211";
    let mut village = Village::clean();
    let mut tell =
        |kind, at: &str, data| village = village.clone().and(line(survey, kind, at, data));
    let opened = json!({"station": STATION, "question": "是否满意", "eligible": 20, "closes_on": "2022-03-20"});
    tell("SurveyOpened", "03-13", opened);
    tell("BallotsIssued", "03-13", json!({"ballots": 20}));
    for ballot in 1..=replies {
        let satisfaction = if ballot <= 8 { "satisfied" } else { "neutral" };
        let reply = json!({"ballot": ballot, "recognises": true, "satisfaction": satisfaction});
        tell("SurveyReplied", "03-15", reply);
    }
    let counts = json!({"eligible": 20, "replies": replies, "recognised": replies, "satisfied": 8});
    tell("SurveyClosed", "03-21", counts);
    village
}

#[test]
fn too_few_replies_have_no_rate() {
    let folder = surveyed(9).told();
    let answer =
        folder.run(&["show", "survey-result"]).exits(0).says(&["too few replies", "45.0% (9/20)"]);
    assert!(!answer.out.contains("88.8%"), "{}", answer.out);
    let before = folder.run(&["show", "survey-result", "--as-of", "2022-03-20"]).exits(0);
    assert!(!before.out.contains("too few"), "{}", before.out);
}

#[test]
fn days_overdue_count_to_the_moment_asked() {
    let folder = Village::clean().until("ExecutionProgressed").told();
    for model in ["execution-ledger", "supervision-worklist"] {
        let days = |as_of: &str| {
            let args = ["show", model, "--as-of", as_of, "--format", "json"];
            folder.run(&args).exits(0).json()["rows"][0]["days_overdue"].clone()
        };
        assert_eq!((days("2022-04-10"), days("2022-04-30")), (json!(0), json!(20)), "{model}");
    }
}

#[test]
fn a_month_without_a_meeting_stands_in_the_calendar() {
    let folder = Village::clean().told();
    let args = ["show", "meeting-calendar", "--month", "2022-05", "--format", "json"];
    let rows = folder.run(&args).exits(0).json()["rows"].clone();
    let months: Vec<(&str, u64)> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["month"].as_str().unwrap(), row["meetings"].as_u64().unwrap()))
        .collect();
    assert_eq!(months, [("2022-02", 0), ("2022-03", 1), ("2022-04", 1), ("2022-05", 0)]);
    folder.run(&["show", "quota", "--month", "2022-05"]).exits(2);
    folder.run(&["show", "meeting-calendar", "--month", "2022-5"]).exits(2);
}

#[test]
fn a_month_is_reported_by_station_and_rolled_up() {
    let folder = surveyed(10).told();
    let report = |args: &[&str]| {
        let args: Vec<&str> =
            ["show", "monthly-report", "--format", "json"].iter().chain(args).copied().collect();
        folder.run(&args).exits(0).json()["rows"].as_array().unwrap().clone()
    };
    // Without a month it is the last full one, here March.
    let march = report(&["--as-of", "2022-04-22"]);
    assert_eq!(march, report(&["--as-of", "2022-04-22", "--month", "2022-03"]));
    let line = |unit: &str, scope: &str| {
        let found = march.iter().find(|row| row["unit"] == unit && row["scope"] == scope);
        found.unwrap_or_else(|| panic!("no {unit} {scope}")).clone()
    };
    for unit in ["330225", "330225100", STATION] {
        let (month, year) = (line(unit, "month"), line(unit, "year"));
        assert_eq!(month["month"], "2022-03", "{unit}");
        assert_eq!(
            (&month["stations"], &month["is_station"]),
            (&json!(1), &json!(unit == STATION))
        );
        assert_eq!(month["figures"]["issues_registered"], 0, "{unit}");
        assert_eq!(year["figures"]["issues_registered"], 2, "{unit}");
        assert_eq!(month["figures"]["resolutions_adopted"], 1, "{unit}");
        assert_eq!(month["survey"]["satisfaction"]["per_mille"], 800, "{unit}");
    }
    let april = report(&["--month", "2022-04", "--unit", STATION]);
    assert_eq!(april[0]["figures"]["completions_returned"], 1);
    assert!(report(&["--unit", "330225101"]).is_empty());
    let table = folder.run_in("zh", &["show", "monthly-report", "--month", "2022-03"]).exits(0);
    table.says(&["响应率", "满意率", "80.0% (8/10)", "本年累计"]);
}

#[test]
fn a_figure_is_the_events_behind_it() {
    let folder = surveyed(10).told();
    let args = ["show", "monthly-report", "--month", "2022-04", "--figure", "completions_claimed"];
    let answer = folder.run_in("zh", &args).exits(0);
    answer.says(&[
        crate::village::RESOLUTION,
        "2022-04-02 09:00:00",
        "执行人第2次报告完成,待监督小组核实",
    ]);
    let rows = |more: &[&str]| {
        let args: Vec<&str> =
            args.iter().chain(more).chain(&["--format", "json"]).copied().collect();
        folder.run(&args).exits(0).json()["rows"].as_array().unwrap().clone()
    };
    let two = rows(&[]);
    assert_eq!((two.len(), &two[0]["version"]), (2, &json!(8)));
    assert!(two[0]["en"].as_str().unwrap().contains("has yet to verify"));
    assert_eq!(rows(&["--limit", "1"]).len(), 1);
    assert_eq!(rows(&["--unit", "330225101"]).len(), 0);
    folder.run(&["show", "quota", "--figure", "completions_claimed"]).exits(2);
    let unknown = folder.run(&["show", "monthly-report", "--figure", "wishes"]).exits(2);
    assert!(unknown.err.contains("meetings_held"), "{}", unknown.err);
}
