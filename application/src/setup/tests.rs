#![allow(clippy::unwrap_used)]

use super::{BadHolidays, holidays};

#[test]
fn a_table_of_holidays_may_hold_several_years() {
    let table = "date,kind,name\n2026-12-31,holiday,元旦\n2027-01-01,holiday,元旦\n2028-01-01,holiday,元旦\n";
    let read = holidays(table.as_bytes()).unwrap();
    let years: Vec<_> = read.iter().map(|(year, days)| (*year, days.off.len())).collect();
    assert_eq!(years, [(2027, 2), (2028, 1)], "the last day of 2026 belongs to the notice of 2027");
    assert!(matches!(holidays(b"day\n"), Err(BadHolidays::Calendar(_))));
    assert_eq!(holidays(&[0xb5, 0xa5]), Err(BadHolidays::NotText));
    for empty in ["date,kind,name\n", "\u{feff}date,kind,name\r\n\r\n"] {
        assert_eq!(holidays(empty.as_bytes()), Err(BadHolidays::NoDay));
    }
}
