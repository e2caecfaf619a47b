#![allow(clippy::unwrap_used)]
use super::*;

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "kind", deserialize_with = "crate::request::input::Field::take")]
    _kind: domain::unit::Kind,
    #[serde(rename = "count")]
    _count: u32,
}

fn refuse(body: &[u8]) -> Problem {
    let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8".parse().unwrap())];
    read::<Sample>(&json.into_iter().collect(), &Bytes::copy_from_slice(body)).unwrap_err()
}

#[test]
fn every_bad_body_has_its_name_and_nothing_is_repeated() {
    let cases: [(&[u8], &str, Option<&str>); 9] = [
        (b"{", "json.malformed", None),
        (b"{} {}", "json.missing_field", Some("name")),
        (b"\"\xff\xfe\"", "json.not_utf8", None),
        (br#"{"name":"SECRET"}"#, "json.missing_field", Some("kind")),
        (br#"{"SECRET":1}"#, "json.unknown_field", None),
        (br#"{"name":["SECRET"]}"#, "json.wrong_value", Some("name")),
        (br#"{"name":"a","kind":"SECRET"}"#, "json.wrong_value", Some("kind")),
        (br#"{"name":"a","kind":"town","count":-7}"#, "json.wrong_value", Some("count")),
        (br#"{"name":"a","name":"SECRET"}"#, "json.wrong_value", None),
    ];
    for (body, code, field) in cases {
        let problem = refuse(body);
        assert_eq!(problem.code, code, "{}", String::from_utf8_lossy(body));
        assert_eq!(problem.status, StatusCode::BAD_REQUEST);
        if field.is_some() {
            assert_eq!(problem.field.as_deref(), field);
        }
        assert!(!format!("{problem:?}").contains("SECRET"), "{problem:?}");
    }
}

#[test]
fn a_body_is_read_however_windows_saved_it() {
    let json = "{\"name\":\"镇\",\r\n \"kind\":\"town\",\"count\":7} \r\n";
    let wide = |order: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{json}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let with_mark = format!("\u{feff}{json}").into_bytes();
    let bodies =
        [json.as_bytes().to_vec(), with_mark, wide(u16::to_le_bytes), wide(u16::to_be_bytes)];
    for body in bodies {
        let headers = [(header::CONTENT_TYPE, "application/json".parse().unwrap())];
        let read = read::<Sample>(&headers.into_iter().collect(), &body.clone().into());
        assert_eq!((&*read.unwrap()._name, body.len() > 40), ("镇", true), "{body:x?}");
    }
    assert_eq!(refuse(b"{\"name\":\"\xd5\xf2\"}").code, "json.not_utf8", "GB18030 is not guessed");
    assert_eq!(refuse(b"\xff\xfe{").code, "json.not_utf8", "half a character");
    assert_eq!(refuse("\u{feff}\u{feff}{}".as_bytes()).code, "json.malformed");
}

#[test]
fn a_wrong_variant_lists_the_right_ones() {
    let problem = refuse(br#"{"name":"a","kind":"city","count":1}"#);
    assert!(problem.en.contains("county, town, village"), "{}", problem.en);
    assert!(problem.zh.contains("县(county)、镇乡街道(town)、村社区(village)"), "{}", problem.zh);
}

#[test]
fn what_kind_of_value_is_expected_is_said_in_both_languages() {
    let cases: [(&[u8], &str, &str); 4] = [
        (br#"{"name":7}"#, "应为：文字。", "expected text."),
        (br#"{"name":"a","kind":7}"#, "应为：文字。", "expected text."),
        (
            br#"{"name":"a","kind":"town","count":"7"}"#,
            "应为：0至4294967295的整数。",
            "a whole number from 0 to 4294967295.",
        ),
        (b"[]", "应为：对象。", "expected an object."),
    ];
    for (body, zh, en) in cases {
        let problem = refuse(body);
        assert!(problem.zh.ends_with(zh) && problem.en.ends_with(en), "{problem:?}");
    }
}

#[test]
fn another_content_type_is_refused_unless_there_is_no_content() {
    let none = HeaderMap::new();
    let refused = read::<Sample>(&none, &Bytes::from_static(b"{}")).unwrap_err();
    assert_eq!(refused.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(read::<Sample>(&none, &Bytes::new()).unwrap_err().code, "json.missing_field");
}
