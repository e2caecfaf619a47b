#![allow(clippy::unwrap_used)]

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
        "V00000000000U",
        "V00000000000\u{e863}",
        "VO1O1",
    ] {
        assert_eq!(text.parse::<PersonId>(), Err(BadValue::Person {}), "{text}");
    }
}

#[test]
fn reads_a_number_as_it_is_copied_and_read_out() {
    let person: PersonId = "V035X2W3HCT30".parse().unwrap();
    for told in [
        "v035x2w3hct30",
        "Ｖ０３５Ｘ２Ｗ３ＨＣＴ３０",
        "\u{202d}V035X2W3HCT30\u{202c} ",
        "VO35X2W3HCT3o",
        "V035X-2W3H-CT30",
        "=\"V035X2W3HCT30\"",
    ] {
        assert_eq!(told.parse(), Ok(person), "{told}");
    }
    assert_eq!("VI00000000OL0".parse(), "V100000000010".parse::<PersonId>());
}
