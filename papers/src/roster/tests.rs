use jiff::civil::date;

use super::*;

fn roster(people: usize, telephone: Option<&str>) -> Roster {
    let row = |number: usize| Row {
        name: format!("示例{number}"),
        number: format!("V{number:012}"),
        unit: "示例村".to_owned(),
        telephone: telephone.map(str::to_owned),
        identity_number: None,
    };
    Roster {
        unit: "示例<镇>".to_owned(),
        below: true,
        status: "在册".to_owned(),
        as_of: Some("2021-11-20 12:00:00".to_owned()),
        printed_on: date(2021, 11, 29),
        purpose: "核对花名册".to_owned(),
        account: "town-1".to_owned(),
        whole: true,
        rows: (1..=people).map(row).collect(),
    }
}

fn printed(roster: &Roster) -> String {
    page(roster).unwrap_or_default()
}

#[test]
fn every_page_says_of_whom_when_what_for_and_which_it_is() {
    let page = printed(&roster(60, None));
    for number in 1..=3 {
        assert!(page.contains(&format!("第 {number} 页 共 3 页")), "{number}");
    }
    for said in [
        "单位：示例",
        "（含下属单位，在册，截至 2021-11-20 12:00:00）",
        "打印日期：2021-11-29",
        "查阅事由：核对花名册",
        "打印账号：town-1",
    ] {
        assert_eq!(page.matches(said).count(), 3, "{said}");
    }
    assert_eq!(page.matches("<td>示例").count(), 120, "each with name and unit");
    for number in [1, 26, 27, 53, 60] {
        let row = format!("<td class=\"no\">{number}</td><td>示例{number}</td>");
        assert!(page.contains(&row), "{number}");
    }
    assert!(!page.contains("示例<镇>"), "what is written is no markup");
}

#[test]
fn columns_that_nobody_asked_for_are_not_there() {
    assert!(!printed(&roster(3, None)).contains("联系电话"));
    let page = printed(&roster(3, Some("13800138000")));
    assert!(page.contains("联系电话") && page.contains("13800138000"));
    assert!(!page.contains("身份证号"));
}

#[test]
fn nobody_is_said_to_be_nobody_and_a_part_to_be_a_part() {
    let none = printed(&roster(0, None));
    assert!(none.contains("没有人员") && none.contains("第 1 页 共 1 页"));
    assert!(!none.contains("未列全"));
    let part = Roster { whole: false, ..roster(1, None) };
    assert!(printed(&part).contains("未列全"));
}
