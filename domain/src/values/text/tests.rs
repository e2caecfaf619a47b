use super::*;

#[test]
fn counts_characters_not_bytes() {
    assert!(Text::<3>::new("志愿者").is_ok());
    assert_eq!(Text::<2>::new("志愿者"), Err(BadValue::TooLong { limit: 2, got: 3 }));
}

#[test]
fn refuses_what_is_blank_hidden_or_personal() {
    assert_eq!(Text::<9>::new("  "), Err(BadValue::Blank {}));
    assert_eq!(Text::<9>::new("a\u{202e}b"), Err(BadValue::Control {}));
    assert!(matches!(Text::<40>::new("请打13800138000"), Err(BadValue::Personal { .. })));
}
