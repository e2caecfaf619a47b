use super::*;

#[test]
fn text_and_number_round_trip() {
    for (number, text) in
        [(0, "V000000000000"), (31, "V00000000000Z"), ((1 << 60) - 1, "VZZZZZZZZZZZZ")]
    {
        let person = PersonId::try_from(number).unwrap();
        assert_eq!(person.to_string(), text);
        assert_eq!(text.parse(), Ok(person));
        assert_eq!(person.as_u64(), number);
    }
    for _ in 0..1000 {
        let person = PersonId::random().unwrap();
        assert_eq!(person.to_string().parse(), Ok(person));
    }
}

#[test]
fn everything_else_is_refused() {
    for text in [
        "",
        "V",
        "V00000000000",
        "V0000000000000",
        "v000000000000",
        "V00000000000I",
        "V00000000000L",
        "V00000000000O",
        "V00000000000U",
        "V00000000000z",
        "V 00000000000",
        "V0000000000志",
        "X000000000000",
    ] {
        assert_eq!(text.parse::<PersonId>(), Err(NotAPersonId), "{text}");
    }
    assert_eq!(PersonId::try_from(1 << 60), Err(NotAPersonId));
}

#[test]
fn json_is_the_text() {
    let person: PersonId = "V0123456789AB".parse().unwrap();
    assert_eq!(serde_json::to_string(&person).unwrap(), "\"V0123456789AB\"");
    assert_eq!(serde_json::from_str::<PersonId>("\"V0123456789AB\"").unwrap(), person);
    assert!(serde_json::from_str::<PersonId>("7").is_err());
}
