#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

#[test]
fn the_shipped_table_reads_and_knows_its_years() {
    let calendar = Calendar::shipped();
    assert_eq!(calendar.announced.len(), 772);
    assert!(calendar.covers(date(2004, 1, 1)) && calendar.covers(date(2026, 12, 23)));
    assert!(!calendar.covers(date(2003, 12, 23)) && !calendar.covers(date(2027, 1, 1)));
    assert!(!calendar.covers(date(2026, 12, 24)), "the notice of 2027 may move it");
    assert_eq!(calendar.known_until(), Some(date(2026, 12, 23)));
    assert_eq!(Calendar::default().known_until(), None);
}

/// Every notice has 元旦, 劳动节 and 国庆节 off, and lets nobody work on a weekday who would anyway.
#[test]
fn the_shipped_table_is_plausible() {
    let calendar = Calendar::shipped();
    for year in calendar.years() {
        let days = calendar.notice(year).unwrap();
        for (month, day) in [(1, 1), (5, 1), (10, 1)] {
            assert!(days.off.contains(&date(year, month, day)), "{year}-{month}-{day}");
        }
        assert!(days.worked.iter().all(|day| is_weekend(*day)), "{year}");
    }
}

/// 国办发明电〔2005〕35号: 元旦 2006-01-01 to 01-03 off; 2005-12-31, a Saturday, worked.
#[test]
fn the_last_saturday_of_2005_was_worked() {
    let calendar = Calendar::shipped();
    assert!(calendar.is_working_day(date(2005, 12, 31)));
    assert_eq!(calendar.plus_working_days(date(2005, 12, 20), 10), date(2006, 1, 4));
    assert_eq!(calendar.plus_working_days(date(2005, 12, 30), 1), date(2005, 12, 31));
    assert_eq!(calendar.plus_working_days(date(2005, 12, 30), 2), date(2006, 1, 4));
}

#[test]
fn what_reaches_into_a_year_without_a_notice_is_not_covered() {
    let calendar = Calendar::shipped();
    for (from, to, missing) in [
        (date(2026, 12, 1), date(2026, 12, 15), None),
        (date(2026, 12, 1), date(2026, 12, 23), None),
        (date(2026, 12, 1), date(2026, 12, 24), Some(2027)),
        (date(2026, 12, 28), date(2027, 1, 12), Some(2027)),
        (date(2003, 12, 23), date(2004, 1, 6), None),
        (date(2003, 12, 22), date(2004, 1, 6), Some(2003)),
        (date(2031, 2, 3), date(2031, 2, 3), Some(2031)),
        (date(2026, 12, 23), date(2026, 12, 23), None),
    ] {
        assert_eq!(calendar.covers_all(from, to), missing.is_none(), "{from} {to}");
        assert_eq!(calendar.first_year_missing(from, to), missing, "{from} {to}");
    }
}

#[test]
fn a_notice_takes_the_place_of_what_was_known_of_its_year() {
    let mut calendar = Calendar::shipped().clone();
    let before = calendar.notice(2026).unwrap();
    let days = Days {
        off: [date(2026, 12, 31), date(2027, 1, 1)].into(),
        worked: [date(2027, 1, 2)].into(),
    };
    calendar.take_over(2027, &days);
    assert_eq!(calendar.notice(2027), Some(days));
    assert_eq!(calendar.notice(2026), Some(before), "the year before is as it was");
    assert!(!calendar.is_working_day(date(2026, 12, 31)));
    assert!(calendar.is_working_day(date(2027, 1, 2)), "a Saturday");
    assert_eq!(calendar.known_until(), Some(date(2027, 12, 23)));
    calendar.take_over(2029, &Days::default());
    assert_eq!(calendar.known_years(), Some(2004..=2027), "not beyond a gap");
    calendar.take_over(2027, &Days { off: [date(2027, 1, 1)].into(), worked: [].into() });
    assert!(calendar.is_working_day(date(2026, 12, 31)));
    assert!(!calendar.is_working_day(date(2027, 1, 2)));
}

/// 国办发明电〔2020〕27号: 10-01 to 10-07 off; 09-26 (Sunday) and 10-09 (Saturday) worked.
#[test]
fn national_day_2021_with_its_make_up_days() {
    let calendar = Calendar::shipped();
    for (day, worked) in [
        (date(2021, 9, 25), false),
        (date(2021, 9, 26), true),
        (date(2021, 9, 30), true),
        (date(2021, 10, 1), false),
        (date(2021, 10, 7), false),
        (date(2021, 10, 8), true),
        (date(2021, 10, 9), true),
        (date(2021, 10, 10), false),
        (date(2021, 10, 11), true),
    ] {
        assert_eq!(calendar.is_working_day(day), worked, "{day}");
    }
}

/// 国办发明电〔2021〕11号: 2022-01-31 to 02-06 off; 01-29 and 01-30 worked.
#[test]
fn ten_working_days_over_spring_festival_2022() {
    let calendar = Calendar::shipped();
    let end = date(2022, 1, 28); // a Friday
    assert_eq!(calendar.plus_working_days(end, 1), date(2022, 1, 29));
    assert_eq!(calendar.plus_working_days(end, 2), date(2022, 1, 30));
    assert_eq!(calendar.plus_working_days(end, 3), date(2022, 2, 7));
    assert_eq!(calendar.plus_working_days(end, 10), date(2022, 2, 16));
    assert_eq!(calendar.working_days_after(end, date(2022, 2, 6)), 2);
    assert_eq!(calendar.working_days_after(end, date(2022, 2, 16)), 10);
}

#[test]
fn nothing_lies_between_a_day_and_itself_or_an_earlier_one() {
    let calendar = Calendar::shipped();
    let day = date(2021, 11, 23);
    assert_eq!(calendar.plus_working_days(day, 0), day);
    assert_eq!(calendar.working_days_after(day, day), 0);
    assert_eq!(calendar.working_days_after(day, date(2021, 11, 1)), 0);
}

#[test]
fn beyond_the_table_weekends_and_the_days_off_by_law_are_known() {
    let calendar = Calendar::shipped();
    for day in [date(2031, 1, 1), date(2031, 5, 1), date(2031, 5, 2), date(2031, 10, 1)] {
        assert!(!calendar.is_working_day(day), "{day}, a weekday");
    }
    assert!(!calendar.is_working_day(date(2031, 10, 4)), "a Saturday");
    assert!(calendar.is_working_day(date(2031, 10, 6)), "as far as the law says");
    assert_eq!(calendar.plus_working_days(date(2026, 12, 28), 10), date(2027, 1, 12));
    let mut noticed = calendar.clone();
    noticed.take_over(2031, &Days::default());
    assert!(noticed.is_working_day(date(2031, 5, 2)), "a notice that is known is believed");
}

#[test]
fn the_end_of_time_is_reached_and_not_passed() {
    let empty = Calendar::default();
    assert_eq!(empty.plus_working_days(date(9999, 12, 30), 5), Date::MAX);
    assert_eq!(empty.working_days_after(date(9999, 12, 30), Date::MAX), 1);
}

#[test]
fn a_bad_table_is_named_by_its_line() {
    let read = |rows: &str| Calendar::from_csv(&format!("date,kind,name\n{rows}"));
    assert_eq!(Calendar::from_csv(""), Err(BadCalendar::Header));
    assert_eq!(Calendar::from_csv("day,kind,name\n"), Err(BadCalendar::Header));
    assert_eq!(read("2021-01-01,holiday\n"), Err(BadCalendar::Fields { line: 2 }));
    assert_eq!(read("2021-02-30,holiday,x\n"), Err(BadCalendar::Date { line: 2 }));
    assert_eq!(read("20210101,holiday,x\n"), Err(BadCalendar::Date { line: 2 }));
    assert_eq!(read("\n2021-01-01,off,x\n"), Err(BadCalendar::Kind { line: 3 }));
    assert_eq!(
        read("2021-01-01,holiday,x\n2021-01-01,workday,x\n"),
        Err(BadCalendar::Twice { line: 3, date: date(2021, 1, 1) })
    );
    let with_mark_and_crlf = "\u{feff}date,kind,name\r\n2021-01-01,holiday,x\r\n";
    assert!(!Calendar::from_csv(with_mark_and_crlf).unwrap().is_working_day(date(2021, 1, 1)));
}

proptest! {
    /// Counting and adding are each other's inverse, whatever the day.
    #[test]
    fn the_nth_working_day_is_n_working_days_away(offset in 0_i32..9_000, n in 0_u32..60) {
        let calendar = Calendar::shipped();
        let from = date(2004, 1, 1).saturating_add(jiff::Span::new().days(offset));
        let reached = calendar.plus_working_days(from, n);
        prop_assert_eq!(calendar.working_days_after(from, reached), n);
        prop_assert!(n == 0 || calendar.is_working_day(reached));
    }
}
