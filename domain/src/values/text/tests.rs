use super::*;
use crate::Refusal as _;

#[test]
fn counts_characters_not_bytes() {
    assert!(Text::<3>::new("志愿者").is_ok());
    assert_eq!(Text::<2>::new("志愿者"), Err(BadValue::TooLong { limit: 2, got: 3 }));
}

#[test]
fn refuses_what_is_blank_hidden_or_personal() {
    assert_eq!(Text::<9>::new("  "), Err(BadValue::Blank {}));
    let hidden = Text::<9>::new("a\u{7}b").unwrap_err();
    assert!(hidden.zh().contains("U+0007") && hidden.en().contains("U+0007"), "{hidden}");
    assert!(matches!(Text::<40>::new("请打13800138000"), Err(BadValue::Personal { .. })));
}

#[test]
fn keeps_a_text_in_its_one_form() {
    for (written, kept) in [
        (" 示例\u{200b}局\u{202c}\u{3000}", "示例局"),
        ("第１期（一）：开始。", "第1期（一）：开始。"),
        ("⻩\u{fe00}⽰", "黄示"),
        ("a\tb\r\nc", "a b\nc"),
    ] {
        assert_eq!(Text::<40>::new(written).unwrap().as_str(), kept);
    }
    assert!(matches!(
        Text::<40>::new("请打138\u{200b}0013\u{2060}8000"),
        Err(BadValue::Personal { .. })
    ));
}
