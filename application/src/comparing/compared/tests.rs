use domain::UnitCode;
use domain::comparison::Outcome;

use super::*;

#[test]
fn each_line_is_a_row_and_an_empty_list_has_its_header() {
    let empty = String::from_utf8(result_file(&[])).unwrap();
    assert_eq!(empty, "\u{feff}行号,志愿者编号,单位代码,结果,列,说明,Explanation,工作表\r\n");
    let line = Line {
        sheet: Some("甲组".to_owned()),
        row: Some(3),
        volunteer: "V0123456789AB".parse().ok(),
        unit: UnitCode::new("330225105").ok(),
        outcome: Outcome::NameDiffers,
        column: Some("姓名".to_owned()),
        zh: "请核对。".to_owned(),
        en: "Check it, then \"ask\".".to_owned(),
    };
    let missing =
        Line { sheet: None, row: None, column: None, outcome: Outcome::Missing, ..line.clone() };
    let file = String::from_utf8(result_file(&[line, missing])).unwrap();
    let rows: Vec<&str> = file.split("\r\n").skip(1).collect();
    assert_eq!(
        rows,
        [
            "3,V0123456789AB,330225105,姓名不一致,姓名,请核对。,\"Check it, then \"\"ask\"\".\",甲组",
            ",V0123456789AB,330225105,名册中没有,,请核对。,\"Check it, then \"\"ask\"\".\",",
            "",
        ]
    );
}
