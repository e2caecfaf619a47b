//! What holds for any text.

use proptest::prelude::*;

use super::*;

/// Texts of what makes trouble: marks, wrappers, dots, letters that compose and decompose, and anything else.
fn texts() -> impl Strategy<Value = String> {
    let odd = proptest::sample::select(vec![
        "=\"",
        "\"",
        "'",
        ".0",
        ".",
        "·",
        "•",
        " ",
        "\u{3000}",
        "-",
        "－",
        ",",
        "，",
        "张",
        "三",
        "e",
        "\u{301}",
        "\u{338}",
        "=",
        "\u{200b}",
        "⾼",
        "⻩",
        "\u{2f800}",
        "ŉ",
        "ŀ",
        "￣",
        "\u{1fef}",
        "㈠",
        "0",
        "０",
        "无",
        "\n",
        "\r",
        "\u{e863}",
        "T",
        ":",
        "年",
        "\u{fe0f}",
        "ﾞ",
        "ｶ",
        "가",
        "\u{11a8}",
    ]);
    proptest::collection::vec(
        prop_oneof![3 => odd.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn twice_is_once(text in texts()) {
        for writing in Writing::ALL {
            if let Ok(once) = writing.normalise(&text) {
                prop_assert_eq!(writing.normalise(&once), Ok(once.clone()), "{:?}", writing);
            }
        }
        if let Ok(once) = name(&text) {
            prop_assert_eq!(name(&once), Ok(once.clone()));
        }
        if let Some(once) = telephone(&text) {
            prop_assert_eq!(telephone(&once), Some(once.clone()));
        }
        prop_assert_eq!(search_key(&search_key(&text)), search_key(&text));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = (day(&text), telephone(&text), name(&text), no_answer(&text), no_name(&text), guardian_is_named(&text));
        for writing in Writing::ALL {
            if let Ok(form) = writing.normalise(&text) {
                prop_assert!(!form.chars().any(|c| characters::is_hidden(c) || Unwritable::of(c).is_some()));
            }
        }
    }

    #[test]
    fn a_day_is_read_as_it_was_written(days in 0..60_000_i32) {
        let date = jiff::civil::date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
        for format in ["%Y-%m-%d", "%Y/%-m/%-d", "%Y.%-m.%-d", "%Y年%-m月%-d日", "%Y%m%d", "%Y-%m-%d 00:00:00"] {
            prop_assert_eq!(day(&date.strftime(format).to_string()), Some(date), "{}", format);
        }
    }
}
