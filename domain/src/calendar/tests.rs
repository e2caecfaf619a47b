#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{Scene, day, every_code_is_tested, given, text};

fn days(off: &[&str], worked: &[&str]) -> Days {
    let all = |days: &[&str]| days.iter().map(|one| day(one)).collect();
    Days { off: all(off), worked: all(worked) }
}

/// As the notice for 2027 may read.
fn of_2027() -> Days {
    days(
        &["2026-12-31", "2027-01-01", "2027-02-05", "2027-05-01", "2027-10-01", "2027-10-04"],
        &["2026-12-26", "2027-10-09"],
    )
}

fn adopt(year: i16, days: Days) -> Command {
    Command::Adopt { year, source: text("国办发明电〔2026〕9号"), days, reason: None }
}

fn correct(year: i16, days: Days) -> Command {
    let reason = Some(text("录入有误"));
    Command::Adopt { year, source: text("国办发明电〔2026〕9号"), days, reason }
}

fn adopted(year: i16, days: Days) -> Event {
    let Days { off, worked } = days;
    Event::Adopted(Adopted { year, source: text("国办发明电〔2026〕9号"), off, worked })
}

fn november() -> Scene<Holidays> {
    given::<Holidays>([]).at("2026-11-10T09:00:00+08:00")
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "calendar");
}

#[test]
fn a_notice_is_adopted_and_counts_from_then_on() {
    let before = november();
    assert!(before.state().calendar().is_working_day(day("2026-12-31")));
    assert_eq!(before.state().source(2027), None);
    let after = before.when(adopt(2027, of_2027())).then([adopted(2027, of_2027())]);
    let calendar = after.state().calendar();
    for (on, worked) in
        [("2026-12-26", true), ("2026-12-31", false), ("2027-02-05", false), ("2027-10-09", true)]
    {
        assert_eq!(calendar.is_working_day(day(on)), worked, "{on}");
    }
    assert!(calendar.covers_all(day("2026-12-28"), day("2027-01-12")));
    assert_eq!(after.state().source(2027), Some(&text("国办发明电〔2026〕9号")));
    assert!(after.state().calendar().covers(day("2026-03-01")), "what ships stays");
    after.when(adopt(2027, of_2027())).then([]);
}

#[test]
fn a_year_that_ships_with_the_program_is_known_already() {
    let shipped = Calendar::shipped().notice(2026).unwrap();
    november().when(adopt(2026, shipped.clone())).then([]);
    let mut other = shipped;
    other.off.insert(day("2026-10-08"));
    november().when(adopt(2026, other.clone())).refused("calendar.known");
    let Days { off, worked } = other.clone();
    let (source, reason) = (text("国办发明电〔2026〕9号"), text("录入有误"));
    let corrected = Event::Corrected(Corrected { year: 2026, source, off, worked, reason });
    let after = november().when(correct(2026, other)).then([corrected]);
    assert!(!after.state().calendar().is_working_day(day("2026-10-08")));
}

#[test]
fn a_later_event_corrects_an_earlier_one() {
    let mut less = of_2027();
    less.off.remove(&day("2027-02-05"));
    let adopted = || november().when(adopt(2027, of_2027())).granted();
    adopted().when(adopt(2027, less.clone())).refused("calendar.known");
    let after = adopted().when(correct(2027, less)).granted();
    assert!(after.state().calendar().is_working_day(day("2027-02-05")));
    assert!(!after.state().calendar().is_working_day(day("2026-12-31")));
}

#[test]
fn what_no_notice_can_say_is_refused() {
    let with = |change: fn(&mut Days)| {
        let mut days = of_2027();
        change(&mut days);
        november().when(adopt(2027, days))
    };
    for change in [
        |days: &mut Days| _ = days.off.insert(day("2026-12-23")),
        |days: &mut Days| _ = days.off.insert(day("2027-12-24")),
        |days: &mut Days| _ = days.worked.insert(day("2028-01-02")),
    ] {
        with(change).refused("calendar.other_year");
    }
    with(|days| _ = days.worked.insert(day("2027-05-01"))).refused("calendar.both");
    with(|days| _ = days.worked.insert(day("2027-05-06"))).refused("calendar.weekday");
    for law in ["2027-01-01", "2027-05-01", "2027-10-01"] {
        let mut days = of_2027();
        days.off.remove(&day(law));
        november().when(adopt(2027, days)).refused("calendar.missing");
    }
    for year in [2003, 2029, i16::MIN, i16::MAX] {
        november().when(adopt(year, Days::default())).refused("calendar.year");
    }
    november().when(adopt(2028, days(&["2028-01-01", "2028-05-01", "2028-10-01"], &[]))).granted();
}
