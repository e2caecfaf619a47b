use proptest::prelude::*;

use super::*;
use crate::Refusal;
use crate::identity_number::IdentityNumber;
use crate::testing::{every_code_is_tested, says};

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "value");
}

fn personal(text: &str) -> BadValue {
    Text::<2000>::new(text).unwrap_err()
}

fn no<T: std::str::FromStr<Err = BadValue>>(text: &str) -> BadValue {
    text.parse::<T>().err().unwrap_or_else(|| panic!("{text:?} is taken"))
}

#[test]
fn what_is_no_value_is_refused_in_both_languages() {
    for (refusal, code) in [
        (no::<Text<9>>(" "), "value.blank"),
        (no::<Text<9>>("0123456789"), "value.too_long"),
        (no::<Text<9>>("a\u{7}"), "value.control_character"),
        (personal("电话139.8765.4321"), "value.personal_data"),
        (no::<UnitCode>("330225/1"), "value.unit_code"),
        (no::<ActorId>("a/b"), "value.actor"),
        (no::<ActivityId>("1"), "value.activity"),
        (no::<NoticeId>("a:b"), "value.notice"),
        (no::<CampaignCode>("2027/2"), "value.campaign"),
        (no::<TopicCode>("G/1"), "value.topic"),
        (no::<MeetingId>("1"), "value.meeting"),
        (no::<SurveyId>("1"), "value.survey"),
        (no::<ImportId>("1"), "value.import"),
        (no::<ComparisonId>("1"), "value.comparison"),
        (no::<BulletinId>("1"), "value.bulletin"),
        (no::<ResolutionId>("1-1"), "value.resolution"),
        (no::<IssueId>("V000000000000"), "value.issue"),
        (no::<Month>("2021-13"), "value.month"),
        (no::<PersonId>("Y000000000000"), "value.person"),
        (no::<SealedDigest>("00"), "value.digest"),
    ] {
        says(&refusal, code);
        assert_eq!(refusal.field(), None, "a value does not know its field");
    }
}

#[test]
fn what_is_no_identity_number_is_refused_in_both_languages() {
    for (text, code) in [
        ("330225900101123", "identity_number.fifteen_digits"),
        ("1101051949123100", "identity_number.length"),
        ("11010519491231X02X", "identity_number.character"),
        ("110105194902310028", "identity_number.date"),
        ("110105194912310021", "identity_number.checksum"),
    ] {
        says(&IdentityNumber::parse(text).unwrap_err(), code);
    }
}

#[test]
fn a_refusal_quotes_the_stretch_it_means() {
    for (text, zh, en) in [
        (
            "请打139.8765.4321，不在就发短信",
            "“139.8765.4321”是个人信息(手机号码)",
            "“139.8765.4321” in",
        ),
        ("值班室（０５７４）６５７１２３４５转2", "“0574）65712345”", "(telephone number)"),
        ("330225.19850607.4324", "“330225.19850607.4324”", "(identity number)"),
        ("号码139\n8765\n4321", "“139 8765 4321”", "“139 8765 4321”"),
    ] {
        let refusal = personal(text);
        assert!(refusal.zh().contains(zh), "{}", refusal.zh());
        assert!(refusal.en().contains(en), "{}", refusal.en());
        let written = format!("{refusal:?}");
        assert!(!written.contains("4321") && !written.contains('４'), "{written}");
    }
    let long = personal(&format!("139{}8765.4321", ".".repeat(900)));
    assert!(long.zh().chars().count() < 200, "{}", long.zh());
}

/// Codes stand in stream names, so nothing but their narrow alphabet passes.
#[test]
fn codes_keep_to_their_alphabet_and_length() {
    for (good, kept) in [
        ("330225100", "330225100"),
        ("XS-SFJ", "XS-SFJ"),
        (" T1 ", "T1"),
        ("３３０２２５－Ｄ０９", "330225-D09"),
        ("330225 –\u{200b}D09", "330225-D09"),
        ("=\"330225001\"", "330225001"),
    ] {
        assert_eq!(UnitCode::new(good).map(|code| code.to_string()), Ok(kept.to_owned()));
    }
    for bad in ["", " ", "-", "——", "a/b", "a.b", "$all", "单位", "a\0", "无", &"a".repeat(33)]
    {
        assert_eq!(UnitCode::new(bad), Err(BadValue::UnitCode {}), "{bad:?}");
    }
    assert!(ActorId::new("policy:points.earn").is_ok() && ActorId::new(&"a".repeat(65)).is_err());
    assert!(NoticeId::new("2021-001").is_ok());
    assert_eq!(NoticeId::new("a:b"), Err(BadValue::NoticeId {}));
    assert_eq!("not-a-uuid".parse::<ActivityId>(), Err(BadValue::ActivityId {}));
    let star = NoticeId::star(PersonId::from_bits(u64::MAX), u32::MAX);
    assert_eq!(NoticeId::new(star.as_str()), Ok(star.clone()));
}

#[test]
fn a_digest_is_sixty_four_hexadecimal_digits() {
    for bad in
        ["", &"a".repeat(63), &"a".repeat(65), &"g".repeat(64), &"+f".repeat(32), &"光".repeat(32)]
    {
        assert_eq!(bad.parse::<SealedDigest>(), Err(BadValue::Digest {}), "{bad}");
    }
}

proptest! {
    #[test]
    fn a_digest_reads_what_it_writes(bytes in any::<[u8; 32]>()) {
        let digest = SealedDigest(bytes);
        prop_assert_eq!(digest.to_string().parse(), Ok(digest));
        prop_assert_eq!(digest.to_string().to_uppercase().parse(), Ok(digest));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,50}") {
        for refused in [
            UnitCode::new(&text).err(),
            text.parse::<PersonId>().err(),
            text.parse::<SealedDigest>().err(),
            Text::<40>::new(&text).err(),
        ] {
            prop_assert!(refused.is_none_or(|refusal| refusal.code().starts_with("value.")));
        }
    }
}
