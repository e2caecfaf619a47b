//! How places are written.

use crate::{BadPlace, Where};

#[test]
fn a_folder_is_written_plainly_or_named_as_one() {
    for text in ["/srv/evidence", "file:/srv/evidence"] {
        let place: Where = text.parse().unwrap();
        assert_eq!(place, Where::Folder("/srv/evidence".into()), "{text}");
        assert_eq!(place.to_string(), "file:/srv/evidence");
    }
    for text in ["", "file:", "https://host/x", "sqlite://x"] {
        assert_eq!(text.parse::<Where>().unwrap_err(), BadPlace::Form, "{text}");
    }
}

#[cfg(not(feature = "s3"))]
#[test]
fn a_bucket_needs_a_program_that_knows_it() {
    assert_eq!("s3://bucket".parse::<Where>().unwrap_err(), BadPlace::NotBuiltIn);
}

#[cfg(feature = "s3")]
#[test]
fn a_bucket_is_shown_as_it_is_read() {
    for (text, shown) in [
        ("s3://county", "s3://county?region=us-east-1"),
        ("s3://county/a/b/?region=cn-east", "s3://county/a/b?region=cn-east"),
        (
            "s3://county?endpoint=https%3A%2F%2Fs3.example%3A9000&region=x&style=virtual",
            "s3://county?region=x&endpoint=https://s3.example:9000&style=virtual",
        ),
    ] {
        let place: Where = text.parse().unwrap();
        assert_eq!(place.to_string(), shown);
        assert_eq!(shown.parse::<Where>().unwrap(), place);
    }
}

#[cfg(feature = "s3")]
#[test]
fn a_bucket_that_cannot_be_is_refused_without_repeating_a_key() {
    for (text, why) in [
        ("s3:county", BadPlace::Form),
        ("s3://", BadPlace::Bucket),
        ("s3://Upper", BadPlace::Bucket),
        ("s3://county/../x", BadPlace::Prefix),
        ("s3://county/a//b", BadPlace::Prefix),
        ("s3://id:hidden@county", BadPlace::Credentials),
        ("s3://county?endpoint=https://id:hidden@host", BadPlace::Credentials),
        ("s3://county?endpoint=ftp://host", BadPlace::Endpoint),
        ("s3://county?endpoint=https://host/path", BadPlace::Endpoint),
        ("s3://county?endpoint=host", BadPlace::Endpoint),
        ("s3://county?region=", BadPlace::Region),
        ("s3://county?style=other", BadPlace::Style),
        ("s3://county?secret=hidden", BadPlace::Parameter("secret".into())),
        ("s3://county?region=a&region=b", BadPlace::Parameter("region".into())),
    ] {
        let refused = text.parse::<Where>().unwrap_err();
        assert_eq!(refused, why, "{text}");
        assert!(!refused.to_string().contains("hidden"));
        assert!(refused.zh().ends_with('。') && refused.en().ends_with(['.', '…']), "{refused}");
    }
}
