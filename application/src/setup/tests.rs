#![allow(clippy::unwrap_used)]

use super::files::{BadTable, holidays, offers, tasks};

#[test]
fn a_table_of_tasks_is_read_by_its_header() {
    let table = "\u{feff}单位名称,单位代码,任务数\r\n某镇,330225100,\"1,350\"\r\n,,\r\n某局,330225-A01,60\r\n某村,330225100201,\r\n";
    let read: Vec<_> = tasks(table.as_bytes())
        .unwrap()
        .into_iter()
        .map(|task| (task.unit.to_string(), task.task))
        .collect();
    let expected = [("330225100", 1_350), ("330225-A01", 60), ("330225100201", 0)]
        .map(|(u, t)| (u.to_owned(), t));
    assert_eq!(read, expected);
    for (table, line) in
        [("单位代码,任务数\n330225100,多\n", 2), ("单位代码,任务数\n\n某镇,9\n", 3)]
    {
        assert!(
            matches!(tasks(table.as_bytes()), Err(BadTable::Line { line: at, .. }) if at == line)
        );
    }
    assert!(matches!(tasks("unit,task\n".as_bytes()), Err(BadTable::Header(_))));
    assert_eq!(tasks(&[0xb5, 0xa5]), Err(BadTable::NotText));
}

#[test]
fn points_of_the_catalogue_are_decimal() {
    let points = |text: &str| {
        let table = format!("代码,名称,积分\nBUS,公交卡,{text}\n");
        offers(table.as_bytes()).map(|offers| offers[0].points.0).ok()
    };
    for (text, hundredths) in [
        ("10", Some(1_000)),
        ("0.5", Some(50)),
        ("2.25", Some(225)),
        ("1.234", None),
        ("-1", None),
        ("", None),
        ("五", None),
    ] {
        assert_eq!(points(text), hundredths, "{text}");
    }
}

#[test]
fn a_table_of_holidays_may_hold_several_years() {
    let table = "date,kind,name\n2026-12-31,holiday,元旦\n2027-01-01,holiday,元旦\n2028-01-01,holiday,元旦\n";
    let read = holidays(table.as_bytes()).unwrap();
    let years: Vec<_> = read.iter().map(|(year, days)| (*year, days.off.len())).collect();
    assert_eq!(years, [(2027, 2), (2028, 1)], "the last day of 2026 belongs to the notice of 2027");
    assert!(matches!(holidays(b"day\n"), Err(BadTable::Holidays(_))));
}
