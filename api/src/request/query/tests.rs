#![allow(clippy::unwrap_used)]
use axum::http::Request;

use super::*;
use crate::request::filter::filter;

filter! {
    /// Which units.
    Units {
        /// The unit.
        unit: domain::UnitCode,
    }
}

async fn ask(query: &str) -> Result<Viewed<Units>, Problem> {
    let request =
        Request::get(format!("/quota?{query}")).header("accept", "text/csv").body(()).unwrap();
    Viewed::from_request_parts(&mut request.into_parts().0, &()).await
}

#[tokio::test]
async fn reads_filters_beside_the_common_parameters() {
    let query =
        "unit=330225&limit=7&cursor=617e62&as_of=2021-11-30T12:00:00%2B08:00&after_position=12";
    let Viewed { view, filter } = ask(query).await.unwrap();
    assert_eq!(filter.unit.unwrap().to_string(), "330225");
    assert_eq!((view.limit.unwrap(), view.cursor.as_deref()), (7, Some("a~b")));
    assert_eq!(view.as_of.unwrap().to_string(), "2021-11-30T04:00:00Z");
    assert_eq!((view.after_position, view.format), (Some(Position(12)), Format::Table(Form::Csv)));
    assert_eq!(ask("format=json").await.unwrap().view.format, Format::Json);
}

#[tokio::test]
async fn tables_are_worded_for_whoever_asks() {
    for (query, languages, lang) in [
        ("format=csv", "", Wording::Keys),
        ("format=xlsx", "", Wording::Chinese),
        ("format=csv", "zh-CN,zh;q=0.9", Wording::Chinese),
        ("format=xlsx", "en-US", Wording::English),
        ("format=csv&lang=zh", "en-US", Wording::Chinese),
        ("format=xlsx&lang=keys", "zh", Wording::Keys),
        ("lang=en", "", Wording::English),
    ] {
        let request = Request::get(format!("/quota?{query}"))
            .header("accept", "text/csv")
            .header("accept-language", languages)
            .body(())
            .unwrap();
        let mut parts = request.into_parts().0;
        let Viewed::<Units> { view, .. } =
            Viewed::from_request_parts(&mut parts, &()).await.unwrap();
        assert_eq!(view.lang, lang, "{query} {languages}");
        assert_eq!(view.list().extent, Extent::All, "{query}");
    }
}

#[tokio::test]
async fn names_what_is_wrong() {
    let cases = [
        ("units=1", "query.unknown_parameter"),
        ("unit=1&unit=2", "query.unknown_parameter"),
        ("limit=0", "query.limit"),
        ("limit=501", "query.limit"),
        ("limit=x", "query.limit"),
        ("cursor=zz", "query.cursor"),
        ("cursor=6", "query.cursor"),
        ("as_of=yesterday", "query.as_of"),
        ("after_position=-1", "query.position"),
        ("format=xml", "query.format"),
        ("lang=de", "query.lang"),
    ];
    for (query, code) in cases {
        let problem = ask(query).await.err().unwrap();
        assert_eq!(
            (problem.code.as_ref(), problem.status),
            (code, StatusCode::BAD_REQUEST),
            "{query}"
        );
    }
}

#[test]
fn a_cursor_goes_out_and_comes_back() {
    assert_eq!(
        decode_cursor(&encode_cursor("330225~2021-11-30T04:00:00Z")).unwrap(),
        "330225~2021-11-30T04:00:00Z"
    );
}
