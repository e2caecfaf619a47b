//! Numbers that nobody thought of, written in ways that nobody thought of; and what must never be taken for one.

use domain::identity_number::IdentityNumber;
use domain::privacy::{Kind, personal_in};
use proptest::prelude::*;
use uuid::Uuid;

/// Ten digits of a script.
const SCRIPTS: [&str; 10] = [
    "0123456789",
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "零幺两三四五六七八九",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "٠١٢٣٤٥٦٧٨٩",
    "०१२३४५६७८९",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "₀₁₂₃₄₅₆₇₈₉",
];
/// What parts one number, and never the members of a list.
const PARTING: [&str; 8] = ["", "_", "/", "·", "★", ")（", "\u{200b}", "‿"];
/// The same, and what lists.
const ANY: [&str; 14] =
    ["", "_", "/", "·", "★", "）（", "\u{200b}", " ", "-", "——", "、", "，", "\n", "."];

/// The digits, each in a script of its own, with a sign between the groups.
fn written(digits: &str, scripts: &[usize], ends: &[usize], signs: &[&str]) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        let script = SCRIPTS[scripts[at % scripts.len()]];
        match digit.to_digit(10) {
            Some(value) => text.extend(script.chars().nth(value as usize)),
            None => text.push(digit),
        }
        if ends.contains(&(at + 1)) && at + 1 < digits.len() {
            text.push_str(signs[at % signs.len()]);
        }
    }
    text
}

fn scripts() -> impl Strategy<Value = Vec<usize>> {
    prop_oneof![
        (0..SCRIPTS.len()).prop_map(|script| vec![script]),
        proptest::collection::vec(0..SCRIPTS.len(), 1..18),
    ]
}

fn signs(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(of), 1..18)
}

/// A mobile number but of 19x, whose first group could be a year, and none that ends like a date of our time.
fn mobile() -> impl Strategy<Value = String> {
    let number =
        (13_u32..19, 0_u32..1_000_000_000).prop_map(|(start, rest)| format!("{start}{rest:09}"));
    number.prop_filter("a day", |number| !matches!(&number[3..5], "19" | "20"))
}

fn identity() -> impl Strategy<Value = String> {
    let born = (1930_u32..2022, 1_u32..13, 1_u32..29);
    let area = proptest::sample::select(vec!["330225", "110105", "440524", "652325", "999999"]);
    (area, born, 0_u32..1000).prop_map(|(area, (year, month, day), number)| {
        let first = format!("{area}{year}{month:02}{day:02}{number:03}");
        IdentityNumber::with_check_digit(&first).unwrap().expose().to_owned()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mobile_number_parted_as_people_part_it(
        number in mobile(),
        scripts in scripts(),
        ends in proptest::sample::select(vec![vec![], vec![3, 7], vec![3], vec![7]]),
        signs in signs(&ANY),
    ) {
        let text = format!("反映人的号码{}。", written(&number, &scripts, &ends, &signs));
        prop_assert_eq!(personal_in(&text), Some(Kind::Mobile), "{}", text);
    }

    #[test]
    fn a_mobile_number_parted_anywhere(
        number in mobile(),
        scripts in scripts(),
        ends in proptest::collection::vec(1_usize..11, 0..11),
        signs in signs(&PARTING),
    ) {
        let text = format!("反映人{}来电", written(&number, &scripts, &ends, &signs));
        prop_assert_eq!(personal_in(&text), Some(Kind::Mobile), "{}", text);
    }

    #[test]
    fn an_announced_mobile_number_parted_anywhere_by_anything(
        number in mobile(),
        ends in proptest::collection::vec(1_usize..11, 0..11),
        signs in signs(&ANY),
    ) {
        let text = format!("联系电话：{}。", written(&number, &[0], &ends, &signs));
        prop_assert_eq!(personal_in(&text), Some(Kind::Mobile), "{}", text);
    }

    #[test]
    fn an_identity_number_parted_anywhere_by_anything(
        number in identity(),
        scripts in scripts(),
        ends in proptest::collection::vec(1_usize..18, 0..18),
        signs in signs(&ANY),
    ) {
        let text = format!("关于{}的申请", written(&number, &scripts, &ends, &signs));
        prop_assert_eq!(personal_in(&text), Some(Kind::IdentityNumber), "{}", text);
    }

    #[test]
    fn amounts_and_counts_are_no_numbers(
        low in 10_u32..100_000,
        times in 2_u32..100,
        sign in proptest::sample::select(vec!["-", "~", "—", "～", "至"]),
        unit in proptest::sample::select(vec!["元", "万元", "人", "户", "平方米", "亩"]),
    ) {
        let high = low * times;
        for text in [
            format!("预算{low}{sign}{high}{unit}"),
            format!("每村{low}{sign}{high}{unit}，已公示"),
            format!("共{low}.50{sign}{high}.25{unit}"),
            format!("合计{}元", u64::from(low) * 1_000_000 + u64::from(times)),
        ] {
            prop_assert_eq!(personal_in(&text), None, "{}", text);
        }
    }

    #[test]
    fn moments_are_no_numbers(
        (year, month, day) in (1900_u32..2050, 1_u32..13, 1_u32..29),
        (hour, minute) in (0_u32..24, 0_u32..60),
        other in 1_u32..29,
    ) {
        for text in [
            format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            format!("{year}/{month}/{day} {hour}:{minute:02}—{year}/{month}/{other}"),
            format!("{year}.{month}.{day}-{year}.{month}.{other}"),
            format!("{year}{month:02}{day:02}-{year}{month:02}{other:02}"),
            format!("{year}年{month}月{day}日{hour:02}:{minute:02}:15，{month}月{other}日"),
            format!("{year}{month:02}{day:02}{hour:02}{minute:02}15"),
            format!("{hour:02}:{minute:02}-{hour:02}:{minute:02}、{hour:02}:{minute:02}"),
        ] {
            prop_assert_eq!(personal_in(&text), None, "{}", text);
        }
    }

    #[test]
    fn ids_and_digests_are_no_numbers(id: u128, digest: [u8; 32]) {
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let person = domain::PersonId::from_bits(id as u64);
        for text in [
            format!("活动{}", Uuid::from_u128(id)),
            format!("摘要{digest}。"),
            format!("志愿者{person}，编号{id:x}"),
        ] {
            prop_assert_eq!(personal_in(&text), None, "{}", text);
        }
    }
}
