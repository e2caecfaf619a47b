use super::*;

#[test]
fn a_year_is_said_once_in_a_paragraph() {
    let mut page = Page::default();
    let said = |page: &mut Page, day: (i16, i8, i8)| page.day(Date::constant(day.0, day.1, day.2));
    page.paragraph();
    assert_eq!(said(&mut page, (2022, 3, 4)), Said::new("2022年3月4日", "4 March 2022"));
    assert_eq!(said(&mut page, (2022, 3, 5)), Said::new("3月5日", "5 March"));
    assert_eq!(said(&mut page, (2023, 1, 1)).zh, "2023年1月1日");
    page.paragraph();
    assert_eq!(said(&mut page, (2023, 1, 2)).en, "2 January 2023");
}
