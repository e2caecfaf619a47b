//! What the enums of refusals declare, taken together.

use std::collections::BTreeSet;

use domain::identity_number::BadIdentityNumber;
use domain::permission::Forbidden;
use domain::{BadValue, Refusal as _, RefusalCode, points};

macro_rules! rejections {
    ([] $( $name:ident $module:ident: $state:ty, $key:ty, $event:ty; )+) => {
        /// What each aggregate declares, in the order of the catalogue.
        const REJECTIONS: &[&[RefusalCode]] = &[$( domain::$module::Rejection::CODES ),+];
    };
}
domain::aggregates! { each [rejections] [] }

pub fn declared() -> Vec<RefusalCode> {
    let values = [BadValue::CODES, BadIdentityNumber::CODES, Forbidden::CODES];
    values.iter().chain(REJECTIONS).copied().flatten().copied().collect()
}

/// These become "not found" where the path of a request names their field; a client may rely on it.
#[test]
fn these_refusals_say_that_something_does_not_exist() {
    let absent: BTreeSet<_> = declared()
        .into_iter()
        .filter(|refusal| refusal.absent)
        .map(|refusal| (refusal.code, refusal.field.unwrap_or_default()))
        .collect();
    let expected = [
        ("activity.unpublished", "activity"),
        ("activity.unknown_unit", "organiser"),
        ("campaign.unknown", "campaign"),
        ("issue.unregistered", "issue"),
        ("issue.unknown_unit", "station"),
        ("meeting.unconvened", "meeting"),
        ("meeting.unknown_unit", "station"),
        ("meeting.unknown_topic", "topic"),
        ("notice.unpublished", "notice"),
        ("notice.unknown_unit", "unit"),
        ("notice.unknown_objection", "objection"),
        ("points.unknown_item", "item"),
        ("points.unknown_redemption", "redemption"),
        ("resolution.unadopted", "resolution"),
        ("resolution.unknown_objection", "objection"),
        ("service.unknown_record", "record"),
        ("squad.unknown_unit", "unit"),
        ("station.unknown_unit", "unit"),
        ("survey.unopened", "survey"),
        ("survey.unknown_ballot", "code"),
        ("unit.unregistered", "unit"),
        ("unit.unknown_parent", "parent"),
        ("unit.unknown", "to"),
        ("volunteer.unregistered", "volunteer"),
        ("volunteer.unknown_unit", "unit"),
        ("volunteer.unknown_proposal", "proposal"),
        ("volunteer.no_identity_request", "correction"),
        ("import.unknown", "import"),
        ("comparison.unknown", "comparison"),
        ("comparison.unknown_unit", "within"),
        ("bulletin.unknown", "bulletin"),
    ];
    assert_eq!(absent, BTreeSet::from(expected));
}

#[test]
fn every_code_is_declared_once_and_in_both_languages() {
    let declared = declared();
    let codes: BTreeSet<_> = declared.iter().map(|refusal| refusal.code).collect();
    assert_eq!(codes.len(), declared.len());
    for RefusalCode { code, zh, en, .. } in declared {
        assert!(zh.ends_with('。') && en.ends_with('.'), "{code}: {zh} {en}");
    }
}

#[test]
fn a_refusal_says_what_its_declaration_says() {
    let item = points::Rejection::UnknownItem { offers: "BUS-10".to_owned() };
    let line = points::Rejection::CODES.iter().find(|line| line.code == item.code()).unwrap();
    assert_eq!((line.field, line.absent), (item.field(), item.is_absence()));
    assert_eq!(item.en(), line.en.replace("{offers}", "BUS-10"));
    assert_eq!(item.zh(), line.zh.replace("{offers}", "BUS-10"));
}
