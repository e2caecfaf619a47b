use super::*;

#[test]
fn a_name_has_one_spelling_however_it_was_spaced() {
    for (written, kept) in [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("买买提·吐尔逊", "买买提·吐尔逊"),
        ("John O'Neil", "John O'Neil"),
        ("José García", "José García"),
    ] {
        assert_eq!(Personal::name(written), Ok(Personal::of(kept.to_owned())), "{written}");
    }
    for bad in ["", " ", "张3", "·", &"张".repeat(51)] {
        assert_eq!(Personal::name(bad), Err(BadPersonal::Name { most: 50 }), "{bad}");
    }
}

#[test]
fn a_telephone_number_is_kept_as_digits() {
    for (written, kept) in [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("(0574) 65711234", "057465711234"),
    ] {
        assert_eq!(Personal::telephone(written), Ok(Personal::of(kept.to_owned())), "{written}");
    }
    for bad in ["", "12345678901", "1380013800", "138001380000", "1380013800x", "0065711234"] {
        assert_eq!(Personal::telephone(bad), Err(BadPersonal::Telephone {}), "{bad}");
    }
}

#[test]
fn any_other_text_is_one_line_of_some_length() {
    for (written, kept) in [("", ""), (" 丹东街道\n甲村 ", "丹东街道 甲村")] {
        assert_eq!(Personal::text(written), Ok(Personal::of(kept.to_owned())), "{written}");
    }
    for bad in ["a\u{0}", &"村".repeat(201)] {
        assert_eq!(Personal::text(bad), Err(BadPersonal::Text { most: 200 }), "{bad}");
    }
}
