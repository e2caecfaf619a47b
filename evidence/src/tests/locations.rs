//! How locations are written.

use crate::{BadLocation, Location};

#[test]
fn a_folder_is_written_plainly_or_named_as_one() {
    for text in ["/srv/evidence", "file:/srv/evidence"] {
        let place: Location = text.parse().unwrap();
        assert_eq!(place, Location::Folder("/srv/evidence".into()), "{text}");
        assert_eq!(place.to_string(), "file:/srv/evidence");
    }
    for text in ["", "file:", "https://host/x", "sqlite://x"] {
        assert_eq!(text.parse::<Location>().unwrap_err(), BadLocation::Form, "{text}");
    }
}

#[cfg(not(feature = "s3"))]
#[test]
fn a_bucket_needs_a_program_that_knows_it() {
    assert_eq!("s3://bucket".parse::<Location>().unwrap_err(), BadLocation::NotBuiltIn);
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
        let place: Location = text.parse().unwrap();
        assert_eq!(place.to_string(), shown);
        assert_eq!(shown.parse::<Location>().unwrap(), place);
    }
}

#[cfg(feature = "s3")]
#[test]
fn a_bucket_that_cannot_be_is_refused_without_repeating_a_key() {
    for (text, why) in [
        ("s3:county", BadLocation::Form),
        ("s3://", BadLocation::Bucket),
        ("s3://Upper", BadLocation::Bucket),
        ("s3://county/../x", BadLocation::Prefix),
        ("s3://county/a//b", BadLocation::Prefix),
        ("s3://id:hidden@county", BadLocation::Credentials),
        ("s3://county?endpoint=https://id:hidden@host", BadLocation::Credentials),
        ("s3://county?endpoint=ftp://host", BadLocation::Endpoint),
        ("s3://county?endpoint=https://host/path", BadLocation::Endpoint),
        ("s3://county?endpoint=host", BadLocation::Endpoint),
        ("s3://county?region=", BadLocation::Region),
        ("s3://county?style=other", BadLocation::Style),
        ("s3://county?secret=hidden", BadLocation::Parameter("secret".into())),
        ("s3://county?region=a&region=b", BadLocation::Parameter("region".into())),
    ] {
        let refused = text.parse::<Location>().unwrap_err();
        assert_eq!(refused, why, "{text}");
        assert!(!refused.to_string().contains("hidden"));
        assert!(refused.zh().ends_with('。') && refused.en().ends_with(['.', '…']), "{refused}");
    }
}
