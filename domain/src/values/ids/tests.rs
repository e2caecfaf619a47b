use super::*;

#[test]
fn notices_of_a_resolution_have_ids_of_their_own() {
    let meeting = MeetingId(Uuid::from_u128(u128::MAX));
    let resolution = ResolutionId { meeting, topic: u8::MAX };
    let ids = [1, u32::MAX]
        .map(|n| [NoticeId::resolution(resolution, n), NoticeId::completion(resolution, n)]);
    for id in ids.as_flattened() {
        assert_eq!(NoticeId::new(id.as_str()), Ok(id.clone()), "fits and is read back");
    }
    assert_ne!(ids[0][0], ids[0][1]);
}

/// As many digits as a number that reaches a person, and other codes of offices.
const CODES: [&str; 9] = [
    "330225",
    "330225001",
    "330225001001",
    "330225-D01",
    "XS-2022-0013",
    "2022-11-30",
    "G9",
    "330225-001-13",
    "20221105143000",
];

#[test]
fn a_code_is_no_personal_number() {
    for code in CODES {
        assert!(UnitCode::new(code).is_ok() && ActorId::new(code).is_ok(), "{code}");
        assert!(NoticeId::new(code).is_ok(), "{code}");
    }
    // The second has a wrong check digit: in a code nothing says that it is something else.
    for number in [
        "13800138000",
        "999999198001010018",
        "330225-19850607-4324",
        "0574-65712345",
        "6222021234567890128",
    ] {
        assert_eq!(UnitCode::new(number), Err(BadValue::UnitCode {}), "{number}");
        assert_eq!(NoticeId::new(number), Err(BadValue::NoticeId {}), "{number}");
        assert_eq!(ActorId::new(number), Err(BadValue::ActorId {}), "{number}");
    }
    assert_eq!(ActorId::new("wx.13987654321"), Err(BadValue::ActorId {}));
    assert_eq!(TopicCode::new("13987654321"), Err(BadValue::TopicCode {}));
    assert_eq!(CampaignCode::new("13987654321"), Err(BadValue::CampaignCode {}));
    assert_eq!(CampaignCode::new("2027-2").unwrap().as_str(), "2027-2");
    assert_eq!(UnitCode::new(""), Err(BadValue::UnitCode {}));
}

#[test]
fn a_division_has_one_shortest_code() {
    for (code, shortest) in [
        ("441900000000", "441900"),
        ("441900000", "441900"),
        ("441900", "441900"),
        ("330225100000", "330225100"),
        ("330225100", "330225100"),
        ("330225100201", "330225100201"),
        ("330225100-000", "330225100-000"),
        ("440000", "440000"),
        ("A00000000000", "A00000000000"),
    ] {
        let shortest = UnitCode::new(shortest).unwrap();
        assert_eq!(UnitCode::new(code).unwrap().shortest(), shortest, "{code}");
        assert_eq!(shortest.shortest(), shortest);
    }
    let forms =
        |code| UnitCode::new(code).unwrap().forms().iter().map(UnitCode::to_string).collect();
    let cases: [(&str, &[&str]); 4] = [
        ("441900000", &["441900", "441900000", "441900000000"]),
        ("330225100", &["330225100", "330225100000"]),
        ("330225100201", &["330225100201"]),
        ("330225-D01", &["330225-D01"]),
    ];
    for (code, all) in cases {
        let found: Vec<String> = forms(code);
        assert_eq!(found, all);
    }
}

/// Accounts are called after their units.
#[test]
fn the_codes_of_the_county_s_divisions_are_taken() {
    let divisions = include_str!("../../../../data/divisions-330225-xiangshan.csv");
    let codes = divisions.lines().skip(1).map(|line| line.split(',').next().unwrap());
    for code in codes.clone() {
        assert!(UnitCode::new(code).is_ok() && UnitCode::new(&format!("{code}-13")).is_ok());
        for account in ["recorder.", "member3.", "member36."] {
            assert!(ActorId::new(&format!("{account}{code}")).is_ok(), "{account}{code}");
        }
    }
    assert!(codes.count() > 400);
}

proptest::proptest! {
    /// The service makes codes of UUIDs and of numbers of persons; none of them may ever be refused.
    #[test]
    fn the_codes_of_the_service_are_taken(bits: u128, topic: u8, proposal: u32) {
        let (id, person) = (Uuid::from_u128(bits), PersonId::from_bits(bits as u64));
        let resolution = ResolutionId { meeting: MeetingId(id), topic };
        for code in [
            NoticeId::new(&id.to_string()).unwrap(),
            NoticeId::resolution(resolution, proposal),
            NoticeId::completion(resolution, proposal),
            NoticeId::star(person, proposal),
        ] {
            proptest::prop_assert_eq!(NoticeId::new(code.as_str()), Ok(code));
        }
        let account = format!("volunteer.{person}");
        proptest::prop_assert!(ActorId::new(&account).is_ok());
    }
}
