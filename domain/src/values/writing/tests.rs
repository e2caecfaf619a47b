use super::*;

mod properties;

fn normal(writing: Writing, text: &str) -> String {
    writing.normalise(text).unwrap_or_else(|wrong| wrong.en())
}

#[test]
fn one_form_of_what_is_written_in_many() {
    use Writing::{Code, Figure, Name, Prose};
    for (writing, texts, form) in [
        (
            Code,
            &[
                "330225-D07",
                "３３０２２５－Ｄ０７",
                "\u{202d}330225–D07\u{202c}",
                " 330225 − D07 ",
                "=\"330225-D07\"",
                "'330225-D07",
                "330225\u{a0}-D07",
            ][..],
            "330225-D07",
        ),
        (Code, &["330225", "330225.0", "'330225.00", "=\"330225\""], "330225"),
        (Figure, &["12", "１２", "12.0", "=\"12.00\"", "\u{feff}12\u{200b}"], "12"),
        (Figure, &["是", "\u{200e}是", " 是 ", "'是"], "是"),
        (
            Prose,
            &["示例村3组", "示例村３组", "示例\u{200b}村3组\u{3000}", "'示例村3组", "⽰例村3组"],
            "示例村3组",
        ),
        (Prose, &["-1'号站", "'-1'号站"], "-1'号站"),
        (Prose, &["'引'文"], "'引'文"),
        (Prose, &["Ａ区（二期），东", "A区（二期），东"], "A区（二期），东"),
        (Prose, &["一\r\n二", "一\n二", "一\u{2028}二"], "一\n二"),
        (
            Name,
            &[
                "古丽·示例",
                "古丽•示例",
                "古丽・示例",
                "古丽･示例",
                "古丽‧示例",
                "古丽∙示例",
                "古丽．示例",
                "古丽.示例",
                "古丽 · 示例",
                "古丽··示例",
                "·古丽·示例",
            ],
            "古丽·示例",
        ),
        (Name, &["高示", "⾼示", "高\u{e0100}示", "高　示", " 高 示 ", "高\u{2067}示"], "高示"),
        (Name, &["黄马", "⻩⻢"], "黄马"),
        (Name, &["José Díaz", "Jose\u{301}  Di\u{301}az", "Ｊｏｓé Díaz"], "José Díaz"),
        (
            Name,
            &["ZHENJIAN,YANG", "ZHENJIAN, YANG", "ZHENJIAN，YANG", "ＺＨＥＮＪＩＡＮ ，ＹＡＮＧ"],
            "ZHENJIAN,YANG",
        ),
        (
            Name,
            &["O'Neil-Smith J. R.", "O’Neil‐Smith J. R.", "O`Neil－Smith  J. R."],
            "O'Neil-Smith J. R.",
        ),
        (Name, &["示\u{2f800}", "示\u{4e3d}"], "示\u{4e3d}"),
        (Name, &["\u{fb9f}\u{fe8e}", "\u{6ba}\u{627}"], "\u{6ba}\u{627}"),
    ] {
        for text in texts {
            assert_eq!(normal(writing, text), form, "{writing:?} {text:?}");
        }
    }
}

/// A wrapper costs a pass over the text: as many as a long text has room for would hold the service up.
#[test]
fn what_is_wrapped_without_end_stays_as_it_came() {
    let wrapped = |times: usize| format!("{}示例{}", "=\"".repeat(times), "\"".repeat(times));
    let dotted = |times: usize| format!("{}示例{}", "·=\"".repeat(times), "\"·".repeat(times));
    for writing in Writing::ALL {
        assert_eq!(normal(writing, &wrapped(1)), "示例");
        let endless = wrapped(200_000);
        assert_eq!(normal(writing, &endless), endless);
    }
    assert_eq!(normal(Writing::Name, &dotted(2)), "示例");
    assert_eq!(normal(Writing::Name, &dotted(100_000)), dotted(100_000));
    assert!(name(&wrapped(200_000)).is_err());
}

#[test]
fn what_no_text_holds_is_named_by_its_code() {
    for writing in Writing::ALL {
        for (text, zh) in [
            ("示\u{e863}", "造字区字符U+E863(应为“䶮”U+4DAE)"),
            ("示\u{e000}", "造字区字符U+E000"),
            ("示\u{f0123}", "造字区字符U+F0123"),
            ("示\u{7}", "控制字符U+0007"),
            ("示\u{fffd}", "乱码U+FFFD"),
        ] {
            let wrong = writing.normalise(text).unwrap_err();
            assert_eq!(wrong.zh(), zh);
            assert!(wrong.en().contains("U+"), "{}", wrong.en());
        }
    }
}

#[test]
fn names_as_people_have_them() {
    for name_ in [
        "示例",
        "欧阳示例",
        "示𫰠",
        "示𱖎",
        "〇示",
        "示々",
        "Ng",
        "Đặng Thị Hà",
        "买买提·吐尔逊·示例",
        "བཀྲ་ཤིས",
        "राम शर्मा",
        "Ли Цзян",
        "홍길동",
        "Jr. Lee",
        "d'Arc",
        "Nguyễn-Lê",
    ] {
        assert_eq!(name(name_), Ok(name_.to_owned()));
    }
    for (text, wrong) in [
        ("张三1", '1'),
        ("张三（大）", '('),
        ("张三,李四", ','),
        ("A,B,C", ','),
        ("张三/李四", '/'),
        ("张三Ⅱ", 'Ⅱ'),
        ("①张", '①'),
        ("⿰木示", '⿰'),
        ("张?", '?'),
        ("e\u{301}\u{327}\u{324}\u{331}\u{306}\u{307}", '\u{307}'),
    ] {
        assert_eq!(name(text), Err(BadName::Character(Point(wrong))), "{text}");
    }
    assert_eq!(name(&"张".repeat(51)), Err(BadName::Length));
    assert_eq!(name(""), Err(BadName::Length));
    assert!(matches!(name("张\u{e863}"), Err(BadName::Unwritable(_))));
    for text in [
        "无",
        "（无）",
        "否",
        "同上",
        "待 补",
        "父亲",
        "是",
        "√",
        "·",
        "——",
        "N/A",
        "〃",
        "无监护人",
        "ｎｕｌｌ",
        "ŉO",
    ] {
        assert!(matches!(name(text), Err(BadName::NoAnswer(_))), "{text}");
    }
}

#[test]
fn words_that_are_no_answer() {
    for text in [
        "无",
        " 無 ",
        "【待定】",
        "不详。",
        "暂无",
        "暂无技能",
        "没有监护人",
        "无 电话",
        "-",
        "－－",
        "/",
        "／",
        "…",
        "N/A",
        "n.a.",
        "NULL",
        "none",
        "0",
        "待补充",
        "xxx",
        "＊",
        "未知",
        "无人",
        "\u{200b}无\u{200b}",
    ] {
        let found = no_answer(text);
        assert!(found.is_some_and(|found| !found.points_elsewhere), "{text}: {found:?}");
    }
    for text in ["同上", "同 上", "〃", "\"", "''", "见附件", "ditto"] {
        assert!(no_answer(text).is_some_and(|found| found.points_elsewhere), "{text}");
    }
    for text in [
        "",
        " ",
        "\u{200b}",
        "无锡路",
        "无名",
        "否定",
        "空调维修",
        "示例父",
        "同里镇",
        "略阳路",
        "Nora",
        "10",
        "无党派",
        "待补村",
        "非遗",
        "是",
        "父亲",
        "补习",
    ] {
        assert_eq!(no_answer(text), None, "{text}");
    }
    assert!(guardian_is_named("示例父 13800138000") && guardian_is_named("父亲示例甲"));
    for text in [
        "",
        "无",
        "父亲",
        "父亲 13800138000",
        "13800138000",
        "同上",
        "-",
        "待补 0574-65711234",
        "是",
    ] {
        assert!(!guardian_is_named(text), "{text}");
    }
}

#[test]
fn days_in_the_spellings_of_clerks() {
    for text in [
        "1990-01-05",
        "1990/1/5",
        "1990.1.5",
        "1990年1月5日",
        "1990年01月05号",
        "19900105",
        "１９９０－０１－０５",
        "1990．1．5",
        "1990。1。5",
        "1990-01-05 00:00:00",
        "1990/1/5 0:00",
        "1990-01-05T00:00:00",
        "1990-01-05T00:00:00.000Z",
        "=\"1990-01-05\"",
        "19900105.0",
        "1990 年 1 月 5 日",
        "一九九〇年一月五日",
        "1990–1–5",
        "\u{200e}1990-1-5",
        "1990\\1\\5",
        "'1990-01-05",
    ] {
        assert_eq!(day(text), Some(jiff::civil::date(1990, 1, 5)), "{text}");
    }
    assert_eq!(day("二〇二一年十一月三十日"), Some(jiff::civil::date(2021, 11, 30)));
    assert_eq!(day("二零二一年十月廿一日"), Some(jiff::civil::date(2021, 10, 21)));
    for text in [
        "",
        "1990",
        "1990-01",
        "1990-02-30",
        "90-1-5",
        "5/1/1990",
        "32874",
        "1990-01-05 08:00:00",
        "1989-12-31T16:00:00Z",
        "1990-1-5-6",
        "+990-1-5",
        "1990-1-+5",
        "1990年",
        "十年",
        "199001050",
        "1990-100-1",
        "不详",
        "1990-01-05 12:00",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn telephones_in_every_spelling() {
    for (text, number) in [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("（＋８６）１３８００１３８０００", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("13800138000.0", "13800138000"),
        ("138.0013.8000", "13800138000"),
        ("\u{202d}13800138000\u{202c}", "13800138000"),
        ("'13800138000", "13800138000"),
        ("=\"13800138000\"", "13800138000"),
        ("+86 574 6571 1234", "057465711234"),
        ("86-574-65711234", "057465711234"),
        ("+86 10 6571 1234", "01065711234"),
        ("+86 0574-65711234", "057465711234"),
        ("（0574）65711234", "057465711234"),
    ] {
        assert_eq!(telephone(text).as_deref(), Some(number), "{text}");
    }
    for text in [
        "",
        "12345678901",
        "65711234",
        "0574-65711234-801",
        "13800138000/13900139000",
        "1.38E+10",
        "+85212345678",
        "0065711234",
        "1380013800x",
        "无",
        "138001380000",
    ] {
        assert_eq!(telephone(text), None, "{text}");
    }
}

#[test]
fn a_name_is_found_by_any_of_its_spellings() {
    for (one, other) in [
        ("José Díaz", "jose diaz"),
        ("古丽·示例", "古丽示例"),
        ("ZHENJIAN,YANG", "zhenjian yang"),
        ("O'Neil", "oneil"),
        ("⾼示", "高示"),
    ] {
        assert_eq!(search_key(one), search_key(other));
    }
    assert!(search_key("古丽·示例").contains(&search_key("·示")));
}
