use super::*;

#[test]
fn spellings_of_one_number_are_one() {
    for spelling in [
        "11010519491231002X",
        " 11010519491231002x\n",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002ｘ\u{3000}",
    ] {
        assert_eq!(*normalised(spelling).unwrap(), "11010519491231002X", "{spelling}");
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    for bad in ["", " \u{3000}\t", &"1".repeat(65)] {
        assert_eq!(normalised(bad), Err(Refusal::IdentityNumber));
    }
    assert!(normalised(&"1".repeat(64)).is_ok());
}
