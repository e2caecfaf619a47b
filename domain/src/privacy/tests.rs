use proptest::prelude::*;

use super::*;

#[test]
fn finds_what_reaches_a_person() {
    use Kind::{BankCard, Email, IdentityNumber, Landline, Mobile};
    for (text, kind) in [
        ("电话13800138000。", Mobile),
        ("电话：１３８００１３８０００", Mobile),
        ("138 0013 8000", Mobile),
        ("138-0013-8000", Mobile),
        ("138—0013—8000", Mobile),
        ("+8613800138000", Mobile),
        ("+86 138 0013 8000", Mobile),
        ("（+86）138 0013 8000", Mobile),
        ("008613800138000", Mobile),
        ("86138 0013 8000", Mobile),
        ("1 3 8 0 0 1 3 8 0 0 0", Mobile),
        ("2021-11-30 13800138000来电", Mobile),
        ("0574-65712345", Landline),
        ("（0574）65712345", Landline),
        ("0574 6571 2345", Landline),
        ("057465712345", Landline),
        ("010-62345678", Landline),
        ("0911-7123456", Landline),
        ("身份证11010519491231002X", IdentityNumber),
        ("11010519491231002x", IdentityNumber),
        ("110105 19491231 002X", IdentityNumber),
        ("１１０１０５１９４９１２３１００２Ｘ", IdentityNumber),
        ("证号110105194912310021", IdentityNumber), // wrong check character, right person
        ("发到 zhang.san+a@example.com.cn。", Email),
        ("12345@qq.com.", Email),
        ("ａ＠ｂ．ｃｎ", Email),
        ("卡号6222021234567890128", BankCard),
        ("4111 1111 1111 1111", BankCard),
    ] {
        assert_eq!(personal_in(text), Some(kind), "{text}");
    }
}

#[test]
fn leaves_dates_codes_and_amounts_alone() {
    for text in [
        "",
        "2021年11月30日12时至2021年12月1日",
        "2021-11-30 14:00-16:00",
        "2021-11-30 08-10",
        "20211130 20211231",
        "象法治办〔2021〕23号",
        "（2021）浙0225民初12345号",
        "民政部令第67号第11条",
        "共13 800 138 000元",
        "13,800,138,000元",
        "1380013.80元",
        "2015 2016 2017 2018",
        "单位330225001、330225204232",
        "统一社会信用代码113302250029512345",
        "110105194912310021", // wrong check character, and nothing says that it is anybody's
        "订单20211130123456789",
        "第1期至第12期，宣传册1500份、1600份",
        "12345热线、110、12348",
        "400-800-1234",
        "1380013800",       // ten digits
        "138001380001",     // twelve
        "12800138000",      // no such prefix
        "4111111111111112", // fails Luhn
        "a@b",
        "@",
        "甲@乙",
        "@example.com",
        "x@.com",
        "V0123456789AB",
        "9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0",
    ] {
        assert_eq!(personal_in(text), None, "{text}");
    }
}

#[test]
fn masks_every_find_and_nothing_else() {
    assert_eq!(
        mask_text("张三13800138000或0574-65712345,邮箱13800138000@163.com,〔2021〕23号"),
        "张三＊＊＊或＊＊＊,邮箱＊＊＊,〔2021〕23号"
    );
    assert_eq!(mask_text("证号１１０１０５１９４９１２３１００２Ｘ。"), "证号＊＊＊。");
    assert_eq!(mask_text("没有什么可遮"), "没有什么可遮");
}

#[test]
fn masks_names_as_the_public_sees_them() {
    for (name, shown) in [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳锋", "欧阳*"),
        ("欧阳小锋", "欧阳*锋"),
        ("欧阳", "欧*"),
        ("令狐冲", "令狐*"),
        ("阿依古丽", "阿**丽"),
        ("阿卜杜拉·买买提", "阿*·买*"),
        ("阿卜杜拉•买", "阿*·*"),
        ("·", ""),
        ("𠮷田", "𠮷*"),
        ("李", "*"),
        (" 张三 ", "张*"),
        ("", ""),
        ("John Smith", "J*"),
    ] {
        assert_eq!(mask_name(name), shown, "{name}");
    }
}

#[test]
fn takes_linear_time_on_hostile_text() {
    for pattern in [
        "1 ",
        "1-",
        "1.",
        "1、",
        "1",
        "一",
        "13",
        "13-9 ",
        "0574-",
        "@",
        "a@",
        "a.",
        "a@a.",
        "1a",
        "www.1",
        "电话2 ",
        "电话22222222 ",
        "身份证",
        "1380013800013800138000",
        "13987654321 ",
        "330225198506074324 ",
        "1.................................................................................................",
    ] {
        let text = pattern.repeat(100_000 / pattern.len());
        let masked = mask_text(&text);
        assert!(masked.len() <= text.len() * 3, "{pattern}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,12}",
        "[ -]",
        ".",
        Just("13800138000".to_owned()),
        Just("a@b.cn".to_owned()),
        Just("11010519491231002X".to_owned()),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Whatever is found is masked, and nothing is masked that was not found.
    #[test]
    fn masking_agrees_with_finding(text in text()) {
        prop_assert_eq!(mask_text(&text) == text, personal_in(&text).is_none());
    }

    #[test]
    fn a_mobile_number_is_found_in_any_words(before in "[^0-9０-９ ()@-]{0,8}", tail in 0_u32..1_000_000_000) {
        let number = format!("13{tail:09}");
        let masked = mask_text(&format!("{before}号码{number}；"));
        prop_assert!(!masked.contains(&number));
    }

    #[test]
    fn a_masked_name_never_shows_the_whole(name in "[\u{4e00}-\u{9fff}]{1,8}") {
        let shown = mask_name(&name);
        prop_assert!(shown.contains('*') && shown != name);
    }
}
