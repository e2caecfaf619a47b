#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use papers::table::Kind;
use projections::models::monthly_report::Line;
use projections::models::quota::UnitQuota;
use projections::models::{execution_ledger, points_bank, service_timeliness};

use super::*;

fn at() -> Timestamp {
    "2022-03-10T16:05:07Z".parse().unwrap()
}

/// Columns as `key zh en`.
fn heads<T: Described>() -> Vec<String> {
    let table = table_of::<T>(at(), Wording::Chinese);
    table.columns.iter().map(|column| [&*column.key, &*column.zh, &*column.en].join("|")).collect()
}

#[track_caller]
fn tells_columns_apart<T: Described>() {
    let columns = columns_of(&T::DESCRIPTION);
    for header in [Wording::Chinese, Wording::English, Wording::Keys] {
        let heads: BTreeSet<&str> = columns.iter().map(|column| column.header(header)).collect();
        assert_eq!(heads.len(), columns.len(), "{header:?} of {}", T::DESCRIPTION.name);
    }
    for column in &columns {
        assert!(column.zh.chars().any(|c| ('一'..='龥').contains(&c)), "{}", column.key);
        assert!(!matches!(column.kind, Kind::Record(_)), "{} holds many figures", column.key);
    }
}

#[test]
fn every_column_has_headers_of_its_own_in_both_languages() {
    tells_columns_apart::<UnitQuota>();
    tells_columns_apart::<Line>();
    tells_columns_apart::<points_bank::Statement>();
    tells_columns_apart::<execution_ledger::Entry>();
    tells_columns_apart::<service_timeliness::ServiceRecord>();
    assert!(heads::<UnitQuota>().contains(&"headcount|本单位总人数|Headcount".to_owned()));
}

#[test]
fn each_figure_within_a_row_has_a_column() {
    let heads = heads::<Line>();
    for head in [
        "of_month.urgent.count",
        "of_month.urgent.whole",
        "of_month.urgent.per_mille",
        "of_year.figures.meetings_missed",
        "of_year.survey.satisfaction.per_mille",
    ] {
        assert!(heads.iter().any(|column| column.split('|').next() == Some(head)), "{heads:#?}");
    }
}

#[test]
fn a_file_says_in_its_name_what_it_is_of_when_and_how_much_of_it() {
    let zh = table_of::<UnitQuota>(at(), Wording::Chinese);
    let said = |table: &Table, form, cut| {
        disposition(table, "Quota", form, cut).to_str().unwrap().to_owned()
    };
    let name = said(&zh, Form::Xlsx, None);
    assert!(name.starts_with("attachment; filename=\"Quota-2022-03-11.xlsx\"; filename*=UTF-8''%"));
    assert!(name.ends_with("-2022-03-11.xlsx"), "{name}");
    let keys = table_of::<UnitQuota>(at(), Wording::Keys);
    assert_eq!(said(&keys, Form::Csv, None), "attachment; filename=\"Quota-2022-03-11.csv\"");
    let cut = said(&keys, Form::Csv, Some(200_000));
    assert_eq!(cut, "attachment; filename=\"Quota-2022-03-11-first-200000.csv\"");
}
