use super::*;

#[test]
fn accepts_what_the_rule_allows() {
    let longest = "a".repeat(200);
    for name in ["a", "7", "unit-330225", "a..b__c--", "A.b_c-D", &longest] {
        assert_eq!(StreamId::new(name).unwrap().as_str(), name);
    }
}

#[test]
fn refuses_and_says_where() {
    let too_long = "a".repeat(201);
    let cases = [
        ("", BadStreamId::Empty),
        (&too_long, BadStreamId::TooLong { got: 201 }),
        ("-a", BadStreamId::Character { at: 1 }),
        (".a", BadStreamId::Character { at: 1 }),
        ("a b", BadStreamId::Character { at: 2 }),
        ("ab\n", BadStreamId::Character { at: 3 }),
        ("a\0", BadStreamId::Character { at: 2 }),
        ("志愿者", BadStreamId::Character { at: 1 }),
        ("a/../b", BadStreamId::Character { at: 2 }),
        ("$all", BadStreamId::Character { at: 1 }),
    ];
    for (name, why) in cases {
        assert_eq!(StreamId::new(name), Err(why), "{name:?}");
    }
}

#[test]
fn category_is_the_part_before_the_first_dash() {
    let cases = [("volunteer-7-x", "volunteer"), ("rulebook", "rulebook"), ("a-", "a")];
    for (name, category) in cases {
        assert_eq!(StreamId::new(name).unwrap().category(), category);
    }
}
