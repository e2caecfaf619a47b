#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn a_date_is_the_end_of_that_day_in_the_county() {
    let end = parse("2021-11-30").unwrap();
    assert_eq!(county_exact(end), "2021-11-30T23:59:59.999999+08:00");
    let next: Timestamp = "2021-11-30T16:00:00Z".parse().unwrap();
    assert_eq!(end + SignedDuration::from_micros(1), next);
}

#[test]
fn a_time_needs_its_offset() {
    let noon = parse("2021-11-30T12:00:00+08:00").unwrap();
    assert_eq!(noon, "2021-11-30T04:00:00Z".parse().unwrap());
    assert_eq!(county(noon), "2021-11-30 12:00:00");
    for bad in ["2021-11-30T12:00:00", "2021-13-01", "yesterday", "", "2021-1-1"] {
        let refusal = parse(bad).unwrap_err();
        assert!(refusal.contains("时区") && refusal.contains("offset"), "{bad}: {refusal}");
    }
}
