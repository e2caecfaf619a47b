#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::Refusal;

/// The examples printed in GB 11643-1999.
const MALE: &str = "11010519491231002X";
const FEMALE: &str = "440524188001010014";

#[test]
fn the_examples_of_the_standard() {
    let number = IdentityNumber::parse(MALE).unwrap();
    assert_eq!(number.birth(), date(1949, 12, 31));
    assert_eq!(number.sex(), Sex::Female); // 顺序码 002 is even
    // The other example was born in 1880: its checksum holds, its year is refused.
    assert_eq!(IdentityNumber::parse(FEMALE), Err(BadIdentityNumber::Date {}));
    assert_eq!(check_of(FEMALE.as_bytes().try_into().unwrap()), b'4');
}

#[test]
fn reads_what_people_type() {
    let number = IdentityNumber::parse(MALE).unwrap();
    for typed in [
        " 11010519491231002x\n",
        "１１０１０５１９４９１２３１００２ｘ",
        "\u{3000}11010519491231002Ｘ\u{3000}",
        "110105 19491231 002X",
        "110105-19491231-002×",
        "\u{202d}11010519491231002Х\u{202c}",
        "=\"11010519491231002X\"",
        "'11010519491231002X",
    ] {
        assert_eq!(IdentityNumber::parse(typed), Ok(number.clone()), "{typed:?}");
    }
    assert_eq!(number.expose(), MALE);
}

#[test]
fn says_what_is_wrong() {
    use BadIdentityNumber as Bad;
    for (text, reason) in [
        ("", Bad::Length { got: 0 }),
        ("330225900101123", Bad::Fifteen {}),
        ("33022590010112X", Bad::Length { got: 15 }),
        ("1101051949123100", Bad::Length { got: 16 }),
        ("11010519491231002XX", Bad::Length { got: 19 }),
        ("11010519491231X02X", Bad::Character { position: 15, found: Point('X') }),
        ("11010519491231002Y", Bad::Character { position: 18, found: Point('Y') }),
        ("一1010519491231002X", Bad::Character { position: 1, found: Point('一') }),
        ("1101051949123100\u{e863}X", Bad::Character { position: 17, found: Point('\u{e863}') }),
        ("110105194902310028", Bad::Date {}),
        ("110105194900000028", Bad::Date {}),
        ("110105194912310021", Bad::Checksum {}),
    ] {
        assert_eq!(IdentityNumber::parse(text), Err(reason.clone()), "{text}");
        assert!(reason.code().starts_with("identity_number."));
        assert!(text.is_empty() || !(reason.zh() + &reason.en()).contains(text));
    }
}

#[test]
fn completes_generated_numbers_and_refuses_what_is_no_number() {
    let generated = IdentityNumber::with_check_digit("33022519900101001").unwrap();
    assert_eq!(IdentityNumber::parse(generated.expose()), Ok(generated.clone()));
    assert_eq!(generated.sex(), Sex::Male);
    use BadIdentityNumber as Bad;
    assert_eq!(IdentityNumber::with_check_digit("330225"), Err(Bad::Length { got: 7 }));
    assert_eq!(
        IdentityNumber::with_check_digit("3302251990010100X"),
        Err(Bad::Character { position: 17, found: Point('X') })
    );
    assert_eq!(IdentityNumber::with_check_digit("33022519901301001"), Err(Bad::Date {}));
}

#[test]
fn ages_turn_on_the_birthday() {
    let number = IdentityNumber::with_check_digit("33022520040229001").unwrap();
    for (day, years) in [
        (date(2004, 2, 28), 0),
        (date(2004, 2, 29), 0),
        (date(2005, 2, 28), 0),
        (date(2005, 3, 1), 1),
        (date(2022, 2, 28), 17),
        (date(2022, 3, 1), 18),
        (date(2024, 2, 29), 20),
        (date(9999, 1, 1), u8::MAX),
    ] {
        assert_eq!(number.age_on(day), years, "{day}");
    }
}

#[test]
fn age_groups_turn_at_eighteen_and_sixty() {
    let birth = date(1960, 6, 15);
    assert_eq!(AgeGroup::on(birth, date(1978, 6, 14)), AgeGroup::Minor);
    assert_eq!(AgeGroup::on(birth, date(1978, 6, 15)), AgeGroup::Adult);
    assert_eq!(AgeGroup::on(birth, date(2020, 6, 14)), AgeGroup::Adult);
    assert_eq!(AgeGroup::on(birth, date(2020, 6, 15)), AgeGroup::Senior);
    assert_eq!(serde_json::to_string(&AgeGroup::Senior).unwrap(), r#""senior""#);
}

#[test]
fn is_never_shown_by_accident() {
    let number = IdentityNumber::parse(MALE).unwrap();
    let shown = format!("{number} {number:?} {:?}", Some(&number));
    assert!(!shown.chars().any(|c| c.is_ascii_digit() || c == 'X'), "{shown}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        let _ = IdentityNumber::parse(&text).map(|number| number.age_on(date(2021, 11, 30)));
    }

    /// The checksum catches every single wrong digit: what MOD 11-2 is for.
    #[test]
    fn one_wrong_digit_is_caught(serial in 0_u32..1000, at in 14_usize..17, add in 1_u8..10) {
        let good = IdentityNumber::with_check_digit(&format!("33022519900101{serial:03}")).unwrap();
        let mut wrong = good.expose().to_owned().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + add) % 10;
        let wrong = String::from_utf8(wrong).unwrap();
        prop_assert_eq!(IdentityNumber::parse(&wrong), Err(BadIdentityNumber::Checksum {}));
    }
}
