use super::*;

#[test]
fn reads_what_it_writes() {
    for bits in [0, 1, 31, 32, 0x0ABC_DEF0_1234_5678, (1 << 60) - 1] {
        let person = PersonId::from_bits(bits);
        assert_eq!(person.to_string().parse(), Ok(person));
        assert_eq!(person.to_string().len(), 13);
        let issue = IssueId::from_bits(bits);
        assert_eq!(issue.to_string().parse(), Ok(issue));
        assert_eq!(issue.to_string().parse::<PersonId>(), Err(BadValue::Person {}));
    }
}

#[test]
fn refuses_anything_else() {
    for text in [
        "",
        "V",
        "V00000000000",
        "V0000000000000",
        "W000000000000",
        "V00000000000I",
        "v000000000000",
    ] {
        assert_eq!(text.parse::<PersonId>(), Err(BadValue::Person {}), "{text}");
    }
}
