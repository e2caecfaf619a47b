#![allow(clippy::unwrap_used)]

use domain::Refusal as _;

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
    for bad in ["", " ", &"张".repeat(51)] {
        let refusal = Personal::name(bad).unwrap_err();
        assert_eq!(
            (refusal.code(), refusal.zh().contains("其中有")),
            ("personal.name", false),
            "{bad}"
        );
    }
    for (bad, code, says) in [
        ("张3", "personal.name", "“3”U+0033"),
        ("张\u{e863}", "personal.name", "U+E863"),
        ("·", "personal.no_answer", "“-”"),
        ("不详", "personal.no_answer", "“不详”"),
        ("父亲", "personal.no_answer", "“父亲”"),
    ] {
        let refusal = Personal::name(bad).unwrap_err();
        assert_eq!(refusal.code(), code);
        assert!(refusal.zh().contains(says) && refusal.en().contains(says), "{}", refusal.zh());
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
    for (written, kept) in [
        ("", ""),
        (" 丹东街道\n甲村 ", "丹东街道 甲村"),
        ("甲村３组（东）", "甲村3组（东）"),
        ("不详", ""),
        ("／", ""),
    ] {
        assert_eq!(Personal::text(written), Ok(Personal::of(kept.to_owned())), "{written}");
    }
    let long = "村".repeat(201);
    for (bad, code) in [
        (long.as_str(), "personal.text"),
        ("甲\u{e001}村", "personal.text"),
        ("a\u{0}", "personal.text"),
        ("同上", "personal.no_answer"),
    ] {
        assert_eq!(Personal::text(bad).unwrap_err().code(), code, "{bad}");
    }
}

#[test]
fn a_guardian_is_somebody() {
    for (written, kept) in [
        ("示　父", "示父"),
        ("示例父 13800138000", "示例父 13800138000"),
        ("父亲：示例甲", "父亲：示例甲"),
        ("", ""),
        ("无", ""),
        ("暂无监护人", ""),
    ] {
        assert_eq!(Personal::guardian(written), Ok(Personal::of(kept.to_owned())), "{written}");
    }
    for bad in ["父亲", "13800138000", "母亲 13800138000", "是", "无 13800138000"] {
        assert_eq!(Personal::guardian(bad), Err(BadPersonal::Guardian {}), "{bad}");
    }
}
