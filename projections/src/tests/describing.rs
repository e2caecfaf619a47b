//! Rows and answers look as their types say.

use std::collections::BTreeSet;

use domain::rulebook::Adopted;
use domain::station::Group;
use domain::survey::Satisfaction;
use domain::volunteer::{PoliticalStatus, PoliticalStatusChanged};
use domain::{
    CampaignCode, Event, Month, county_date, import, meeting, rulebook, service, unit, volunteer,
};
use regex::Regex;
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::batches;
use super::deliberations::KINDS;
use crate::described::Described;
use crate::models::*;
use crate::testing::*;
use crate::{PageRequest, Row};

/// Everything that may happen, several times.
fn log() -> Log {
    let kinds = 0..batches::VOLUNTEERING + KINDS;
    let all = (1..6u32).flat_map(|number| kinds.clone().map(move |which| (which, number)));
    // What is voided, spent or withdrawn again leaves some tables empty, so some things happen once more.
    let again = [(5, 8), (9, 8), (10, 8), (14, 8)];
    let happenings = all.chain(again);
    let happenings: Vec<_> = happenings
        .map(|(which, number)| (which, 1 + u64::from(number % 4), 4, number, 10))
        .collect();
    let mut log = batches::log(&happenings);
    log.add("rulebook-county", rulebook::Event::Adopted(Box::new(Adopted::shipped().clone())));
    log.add(&format!("volunteer-{}", person(3)), personal_data_erased());
    let corrected = PoliticalStatusChanged {
        from: PoliticalStatus::Activist,
        to: PoliticalStatus::PartyMember,
        since: day("2021-12-01"),
        reason: text("转正"),
    };
    let corrected = volunteer::Event::PoliticalStatusChanged(corrected);
    log.add(&format!("volunteer-{}", person(2)), corrected);
    let import = format!("import-{}", uuid::Uuid::from_u128(4));
    let began = import::Began { table: import::Table::Roster, rows: 4, unit: Some(code("A")) };
    log.add(&import, import::Event::Began(began));
    log.add("campaign-2021", golden("CampaignAdopted"));
    let campaign = Some(CampaignCode::new("2021").unwrap());
    log.add("unit-T1", unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 9, campaign }));
    let provisional = Some(service::Provisional { working_days: 10, missing: 2027 });
    let made = service::Recorded {
        record: 99,
        entry: entry(1, "2026-12-28"),
        due: day("2027-01-12"),
        provisional,
    };
    log.add(&format!("service-{}", person(1)), service::Event::Recorded(Box::new(made)));
    let reports = vec![meeting::ReportMinutes {
        resolution: resolution_id(1, 1),
        findings: text("按期完成"),
    }];
    let sealed = meeting::MinutesSealed {
        held_on: day("2022-01-20"),
        recorder: None,
        topics: vec![],
        reports,
    };
    log.add(&format!("meeting-{}", meeting_id(1)), counting_lists(1, &[("3号楼", 4)]));
    log.add(&format!("meeting-{}", meeting_id(1)), meeting::Event::MinutesSealed(Box::new(sealed)));
    let executed = format!("resolution-{}", resolution_id(9, 1));
    log.add("station-V1", supervisors_elected(5))
        .add(&executed, adopted("V1", None))
        .add(&executed, assigned(41, "2022-04-01"))
        .add("station-V1", appointed(Group::Supervision, 5, "2022-01-01", "2022-12-31"));
    let survey = format!("survey-{}", survey_id(9));
    log.add(&survey, survey_opened("V1", 20, "2022-01-10")).add(&survey, ballots_issued(20));
    for ballot in 1..=15 {
        log.add(&survey, replied(ballot, Satisfaction::Satisfied));
    }
    log.add(&survey, golden("BallotsHandedOut")).add(&survey, survey_closed(20, 15, 7, 15));
    log.add("notice-posted", golden("NoticePublished"))
        .add("notice-posted", golden("NoticePosted"));
    log.add(
        &format!("meeting-{}", meeting_id(99)),
        from_paper(convened("V1", "2022-03-01", vec![])),
    )
    .add(&format!("issue-{}", issue_id(99)), from_paper(issue_registered("V1", None)))
    .add("activity-00000000-0000-0000-0000-000000000063", from_paper(published_activity("A")));
    log.add("station-V1", golden("StationHouseholdsStated"));
    log.add(&format!("comparison-{}", uuid(1)), golden("ComparisonBegan"))
        .add(&format!("comparison-{}", uuid(2)), golden("ComparisonBegan"))
        .add(&format!("comparison-{}", uuid(2)), golden("ComparisonFinished"))
        .add(&format!("bulletin-{}", uuid(3)), golden("BulletinOrdered"))
        .add(&format!("bulletin-{}", uuid(3)), golden("BulletinTabled"))
        .add(&format!("bulletin-{}", uuid(3)), golden("BulletinPublished"));
    log
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The event that the catalogue keeps under this name.
fn golden(kind: &str) -> Event {
    let path = format!("{}/../domain/catalogue/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    Event::decode(kind, std::fs::read_to_string(path).unwrap().trim().as_bytes()).unwrap()
}

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

#[track_caller]
fn fit<T: Described + Serialize>(rows: &[T]) {
    let description = &T::DESCRIPTION;
    assert!(!rows.is_empty(), "no {} to look at", description.name);
    for row in rows {
        let json = serde_json::to_value(row).unwrap();
        assert_eq!(description.misfit(&json, &matches), None, "{json}");
    }
    assert_eq!(description.misfit(&description.example(), &matches), None, "its example");
    assert!(!description.meaning.trim().is_empty());
    for field in description.all_fields() {
        assert!(!field.meaning.trim().is_empty(), "{}.{}", description.name, field.name);
    }
}

fn all<R: Row>(conn: &Connection) -> Vec<R> {
    let columns: Vec<_> = R::COLUMNS.iter().map(|column| column.name).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), R::TABLE);
    let mut query = conn.prepare(&sql).unwrap();
    let rows = query.query_map([], R::read).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Holds the rows of these tables to their descriptions; gives the tables' names.
macro_rules! tables {
    ($conn:expr; $($row:ty),+ $(,)?) => {
        BTreeSet::from([$({
            fit(&all::<$row>($conn));
            <$row as Row>::TABLE
        }),+])
    };
}

#[test]
fn the_rows_of_every_table_look_as_described() {
    let models = log().read();
    let looked_at = tables! { models.connection();
        quota::Unit, quota::Volunteer, quota::AttestedService, quota::ActiveDay, quota::RulesFrom,
        quota::Campaign, quota::CampaignDeadline, quota::CampaignTask,
        activity_board::Activity, activity_board::Participant, activity_board::Photograph,
        points_bank::Account, points_bank::Lot, points_bank::Entry,
        service_timeliness::ServiceRecord, service_timeliness::ByOrganiser,
        service_timeliness::ByActivity, service_timeliness::ByVolunteer, service_timeliness::Outcome,
        service_timeliness::ProvisionalDue,
        volunteer_archive::Archive, volunteer_archive::Erasure, volunteer_archive::Correction,
        import_register::Import,
        public_notice::Notice, public_notice::Objection, public_notice::ObjectionText,
        public_notice::Posting,
        public_notice::Resolution, public_notice::Year,
        monthly_report::Count, monthly_report::Entry, monthly_report::Issue,
        monthly_report::Resolution, monthly_report::Survey, monthly_report::MonthHeld,
        monthly_report::Minimum,
        supervision_worklist::Task, supervision_worklist::Issue, supervision_worklist::Resolution,
        supervision_worklist::Figures, supervision_worklist::Executing,
        supervision_worklist::SupervisionChange,
        execution_ledger::Resolution, execution_ledger::ObjectionText,
        issue_register::Issue, issue_register::Photograph, issue_register::Year,
        meeting_calendar::Meeting, meeting_calendar::Topic, meeting_calendar::CountingList,
        meeting_calendar::Correction, meeting_calendar::Photograph,
        meeting_calendar::Report, meeting_calendar::Month, meeting_calendar::Since,
        station_board::Station, station_board::Member, station_board::ItemEvidence,
        station_board::Elected, station_board::Topic,
        survey_result::Survey, survey_result::Minimum,
        comparison_register::Comparison,
        bulletin_board::Bulletin, bulletin_board::BulletinUnit,
    };
    let tables = ALL.iter().flat_map(|model| model.tables).map(|table| table.name);
    assert_eq!(looked_at, tables.collect());
}

#[test]
fn answers_look_as_described() {
    let log = log();
    let models = log.read();
    let (conn, page) = (models.connection(), PageRequest { after: None, limit: 500 });
    let at = noon("2022-04-01");
    fit(&quota::list(conn, at, &quota::Filter::default(), &page).unwrap().items);
    fit(&progress::list(conn, at, &quota::Filter::default(), &page).unwrap().items);
    fit(&points_bank::list(conn, Some(day("2021-11-01")), &page).unwrap().items);
    fit(&volunteer_archive::list(conn, &Default::default(), &page).unwrap().items);
    let board = activity_board::list(conn, &Default::default(), &page).unwrap().items;
    fit(&board);
    let ledger = execution_ledger::list(conn, county_date(at), &Default::default(), &page);
    fit(&ledger.unwrap().items);
    let steps: Vec<_> = log.facts.iter().filter_map(execution_ledger::Step::of).collect();
    fit(&steps);
    let meetings = meeting_calendar::list(conn, &Default::default(), &page).unwrap().items;
    let minutes = meetings.iter().map(|one| meeting_calendar::minutes(conn, one.meeting).unwrap());
    fit(&minutes.map(Option::unwrap).collect::<Vec<_>>());
    let view = Month::of(day("2022-06-01"));
    fit(&meeting_calendar::calendar(conn, &code("V1"), 2022, view).unwrap());
    let surveys = survey_result::list(conn, &Default::default(), &page).unwrap().items;
    fit(&surveys);
    fit(&surveys.into_iter().filter_map(|survey| survey.answers).collect::<Vec<_>>());
    fit(&monthly_report::report(conn, None, view).unwrap().lines);
}

#[test]
fn what_is_not_described_or_does_not_fit_is_named() {
    let fits = quota::Unit::DESCRIPTION.example();
    let misfit = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut row = fits.clone();
        change(row.as_object_mut().unwrap());
        quota::Unit::DESCRIPTION.misfit(&row, &matches).unwrap_or_default()
    };
    assert_eq!(misfit(&|_| {}), "");
    let change = |name: &'static str, value: Value| {
        misfit(&|row| {
            row.insert(name.to_owned(), value.clone());
        })
    };
    assert_eq!(change("kind", "planet".into()), "quota_unit.kind: \"planet\" does not fit");
    assert_eq!(change("unit", "330 225".into()), "quota_unit.unit: \"330 225\" does not fit");
    assert_eq!(change("unit", Value::Null), "quota_unit.unit: null does not fit");
    assert_eq!(change("parent", Value::Null), "");
    assert_eq!(change("headcount", 1.5.into()), "quota_unit.headcount: 1.5 does not fit");
    assert_eq!(change("more", 1.into()), "quota_unit.more is not described");
    let missing = misfit(&|row| {
        row.remove("name");
    });
    assert_eq!(missing, "quota_unit.name is missing");
}
