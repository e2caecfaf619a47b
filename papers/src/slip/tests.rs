#![allow(clippy::unwrap_used)]

use jiff::civil::date;

use super::{Slip, page, table};

fn slip(unit: &str, secret: &str) -> Slip {
    Slip {
        unit: unit.to_owned(),
        code: "330225001".to_owned(),
        role: "管理员",
        duties: "管理本单位",
        holder: None,
        account: "A-abc".to_owned(),
        last_day: Some(date(2027, 12, 31)),
        secret: secret.to_owned(),
    }
}

#[test]
fn each_slip_has_its_secret_in_letters_and_as_a_picture() {
    let slips = [slip("示例镇", "yf_first"), slip("<b>局</b>", "yf_second")];
    let page = page(&slips, date(2026, 12, 1), Some("https://yuanfa.example")).unwrap();
    for secret in ["yf_first", "yf_second"] {
        assert_eq!(page.matches(secret).count(), 1, "{secret}");
    }
    assert_eq!((page.matches("<article>").count(), page.matches("<svg").count()), (2, 2));
    assert_eq!(page.matches("https://yuanfa.example").count(), 2);
    assert!(!page.contains("<b>局") && page.contains("2027-12-31") && page.contains("2026-12-01"));
    assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("<script"));
}

#[test]
fn what_never_ends_says_so() {
    let slips =
        [Slip { last_day: None, holder: Some("综合室".to_owned()), ..slip("镇", "yf_1") }];
    let page = page(&slips, date(2026, 12, 1), None).unwrap();
    assert!(page.contains("撤销为止") && page.contains("综合室") && !page.contains("地址"));
}

#[test]
fn the_table_opens_in_a_spreadsheet_and_holds_no_formula() {
    let written = String::from_utf8(table(&[slip("=1+1,镇", "yf_1")]).unwrap()).unwrap();
    let expected = "\u{feff}单位代码,单位名称,角色,持有人,账号,到期日,令牌\r\n\
        330225001,\"'=1+1,镇\",管理员,,A-abc,2027-12-31,yf_1\r\n";
    assert_eq!(written, expected);
    let hidden = String::from_utf8(table(&[slip("\u{200b}=1+1", "yf_1")]).unwrap()).unwrap();
    assert!(hidden.contains(",'\u{200b}=1+1,"), "nor one behind an invisible mark: {hidden}");
}
