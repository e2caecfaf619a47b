use domain::sealed::REGISTRATION;

use super::super::findable::FINDER;
use super::*;

fn plain(name: &str, telephone: &str) -> Vec<u8> {
    let personal = PersonalData {
        name: name.to_owned(),
        identity_number: "999999199001010016".to_owned(),
        telephone: telephone.to_owned(),
        residence: String::new(),
        guardian: String::new(),
    };
    serde_json::to_vec(&personal).unwrap_or_default()
}

#[test]
fn a_part_of_a_name_is_found_however_it_is_written() {
    let found = |name: &str, part: &str| {
        NamePart::new(part).is_ok_and(|part| part.is_in(&plain(name, "13800138000")))
    };
    for (name, part) in [
        ("王小明", "小明"),
        ("王小明", "王"),
        ("阿卜杜拉·买买提", "拉买"),
        ("阿卜杜拉•买买提", "阿卜杜拉・买"),
        ("SMITH JOHN", "smith j"),
        ("李　明", "李明"),
        ("𠮷田", "𠮷"),
        ("刘〇", "〇"),
    ] {
        assert!(found(name, part), "{name} {part}");
    }
    for (name, part) in [("王小明", "明小"), ("王小明", "李"), ("Smith", "smyth")] {
        assert!(!found(name, part), "{name} {part}");
    }
    for nothing in ["", " ", "··", "123", "*", "%"] {
        assert!(NamePart::new(nothing).is_err(), "{nothing:?}");
    }
    assert!(NamePart::new(&"长".repeat(51)).is_err());
}

#[test]
fn a_registration_is_found_by_its_telephone_and_by_nothing_of_other_sections() {
    let term = |section, telephone| (FINDER.term)(section, &plain("甲", telephone));
    let asked = Personal::telephone("+86 138-0013-8000").map(|number| telephone_term(&number));
    assert_eq!(term(REGISTRATION, "13800138000"), asked.ok());
    assert_eq!(term("contact", "13800138000"), None);
    assert_eq!(term(REGISTRATION, "12"), None);
    assert_eq!((FINDER.term)(REGISTRATION, b"{"), None);
}
