use super::*;

#[test]
fn section_names() {
    for good in ["contact", "real-name-2", "member-330225A", &"a".repeat(MAX_SECTION_NAME)] {
        assert_eq!(section_name(good), Ok(()), "{good}");
    }
    for bad in ["", "a b", "姓名", "a_b", "a\0", &"a".repeat(MAX_SECTION_NAME + 1)] {
        assert_eq!(section_name(bad), Err(Refusal::SectionName), "{bad}");
    }
}

#[test]
fn plaintext_length() {
    assert_eq!(section("a", &vec![0; MAX_PLAIN_BYTES]), Ok(()));
    let over = section("a", &vec![0; MAX_PLAIN_BYTES + 1]);
    assert_eq!(over, Err(Refusal::PlainTooLong));
}

#[test]
fn readers_say_who_and_why() {
    let long = "x".repeat(MAX_READER_BYTES + 1);
    assert_eq!(reader("officer-7", "real-name match"), Ok(()));
    for (actor, purpose) in [("", "p"), ("a", " "), (long.as_str(), "p"), ("a", &long)] {
        assert_eq!(reader(actor, purpose), Err(Refusal::Reader));
    }
}
