#![allow(clippy::unwrap_used)]

use jiff::civil::date;

use super::{POLICY, Sheet, page};

#[test]
fn each_household_has_one_slip_with_a_code_of_its_own() {
    let sheet = Sheet {
        station: "<b>溪口村</b>".to_owned(),
        question: "您对援法议事满意吗?".to_owned(),
        closes_on: date(2022, 5, 21),
        maker: "示例镇".to_owned(),
        address: Some("https://yuanfa.example/survey".to_owned()),
        ballots: vec!["1-FIRST".to_owned(), "2-SECOND".to_owned()],
    };
    let printed = page(&sheet).unwrap();
    for code in ["1-FIRST", "2-SECOND"] {
        assert_eq!(printed.matches(code).count(), 1, "{code}");
    }
    assert_eq!(printed.matches("<article>").count(), 2);
    assert_eq!(printed.matches("https://yuanfa.example/survey").count(), 2);
    assert!(!printed.contains("<b>溪口村") && printed.contains("2022-05-21"));
    assert!(!printed.contains("<script") && POLICY.contains("default-src 'none'"));
    let printed = page(&Sheet { address: None, ..sheet }).unwrap();
    assert!(!printed.contains("填答地址"));
}
