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

#[test]
fn a_unit_code_is_no_personal_number() {
    for code in ["330225", "330225001", "330225001001", "330225-D01"] {
        assert!(UnitCode::new(code).is_ok(), "{code}");
    }
    for number in ["13800138000", "999999198001010018", "a b", ""] {
        assert_eq!(UnitCode::new(number), Err(BadValue::UnitCode {}), "{number}");
    }
}
