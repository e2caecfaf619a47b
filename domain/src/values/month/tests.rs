#![allow(clippy::unwrap_used)]
use super::*;

#[test]
fn reads_what_it_writes_and_nothing_else() {
    let month: Month = "2021-12".parse().unwrap();
    assert_eq!(month.to_string(), "2021-12");
    assert_eq!(month.next().to_string(), "2022-01");
    assert_eq!(month.last_day().to_string(), "2021-12-31");
    for bad in ["", "2021", "2021-13", "2021-1", "2021-12-01", "21-12", "+002021-12"] {
        assert_eq!(bad.parse::<Month>(), Err(BadValue::Month {}), "{bad}");
    }
    assert_eq!(Month::of(Date::MAX).next(), Month::of(Date::MAX));
}
