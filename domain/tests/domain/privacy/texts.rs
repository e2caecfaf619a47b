//! The measure of what is found and what is left alone: the texts of `texts.tsv`, which hold made-up numbers.

use std::collections::BTreeMap;

use domain::Text;
use domain::privacy::{Kind, mask_text, personal_in};

/// What the rule gets wrong and why it stays so; nothing else may go wrong.
const KNOWN: [(&str, &str); 9] = [
    ("5746571-2345电话", "an area code without its zero is any three digits"),
    ("十六四六八五三一四七七", "十 makes an amount of the numeral beside it"),
    ("164,685,314,77", "four counts behind commas look the same"),
    ("163 765 402 98", "so do four behind spaces"),
    ("16,46,85,31,47,7", "and six of two digits"),
    ("161○7654○3298", "the circle is a zero, as in 二○二二年"),
    ("区号0574，号码65712345", "words stand between"),
    ("村部座机七位：6571234", "another number stands between the word and this one"),
    ("1398765432/2", "ten digits and one more are eleven"),
];

/// Kind, `None` for innocent texts, and text.
fn texts() -> Vec<(Option<Kind>, String)> {
    let lines = include_str!("texts.tsv").lines().filter(|line| !line.starts_with('#'));
    let read = |line: &str| {
        let (kind, text) = line.split_once('\t').unwrap();
        let kind = match kind {
            "mobile" => Some(Kind::Mobile),
            "landline" => Some(Kind::Landline),
            "identity" => Some(Kind::IdentityNumber),
            "card" => Some(Kind::BankCard),
            "email" => Some(Kind::Email),
            "innocent" => None,
            other => panic!("{other} is no kind"),
        };
        (kind, unescaped(text))
    };
    lines.map(read).collect()
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        plain.push(u32::from_str_radix(code, 16).unwrap().try_into().unwrap());
        plain.push_str(rest);
    }
    plain.replace("\\n", "\n").replace("\\t", "\t")
}

#[test]
fn every_number_of_a_person_is_found_and_nothing_else() {
    let texts = texts();
    let (mut counts, mut wrong) = (BTreeMap::<_, usize>::new(), Vec::new());
    for (kind, text) in &texts {
        *counts.entry(*kind).or_default() += 1;
        let found = personal_in(text);
        if found != *kind {
            wrong.push((text.as_str(), *kind, found));
        }
    }
    let innocent = counts[&None];
    let missed = wrong.iter().filter(|(_, kind, _)| kind.is_some()).count();
    println!(
        "{} texts with a number, {missed} missed; {innocent} without, {} refused",
        texts.len() - innocent,
        wrong.len() - missed
    );
    assert!(innocent > 500 && texts.len() - innocent > 500 && counts.len() == 6, "{counts:?}");
    let known: Vec<_> = KNOWN.iter().map(|(text, _)| *text).collect();
    let new: Vec<_> = wrong.iter().filter(|(text, ..)| !known.contains(text)).collect();
    assert!(new.is_empty(), "text, expected, found: {new:#?}");
    assert_eq!(wrong.len(), known.len(), "one that is known to go wrong does not: {wrong:#?}");
}

#[test]
fn what_is_found_is_refused_with_the_words_that_are_meant() {
    let quoted = |text: &str| Text::<2000>::new(text).unwrap_err().to_string();
    for (text, stretch) in [
        ("反映人留的号码是154.6789.0134，请回复", "“154.6789.0134”"),
        ("2022-11-05 15467890134来电", "“15467890134”"),
        ("值班电话0574/65712345，周末不在", "“0574/65712345”"),
        ("手机幺五四六七八九〇幺三四", "“幺五四六七八九〇幺三四”"),
        ("330225.19850607.0008", "“330225.19850607.0008”"),
    ] {
        assert!(quoted(text).contains(stretch), "{}", quoted(text));
    }
}

/// Whatever stands before and behind an innocent text, and however often: no number comes about.
#[test]
fn innocent_texts_stay_so_in_a_report() {
    let innocent: Vec<String> =
        texts().into_iter().filter(|(kind, _)| kind.is_none()).map(|(_, text)| text).collect();
    for pair in innocent.windows(2) {
        if pair.iter().any(|text| personal_in(text).is_some()) {
            continue; // known
        }
        let report = format!("一、{}。\n二、{}。", pair[0], pair[1]);
        assert_eq!(mask_text(&report), report);
    }
}
