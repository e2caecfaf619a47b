//! The exceptions of the real server: status, words and metadata that its clients look at.

use std::net::SocketAddr;
use tonic::metadata::{Ascii, MetadataMap, MetadataValue};
use tonic::{Code, Status};

pub(super) fn stream_deleted(stream: &str) -> Status {
    exception(
        Code::FailedPrecondition,
        format!("Event stream '{stream}' is deleted."),
        "stream-deleted",
        &[("stream-name", stream)],
    )
}

pub(super) fn append_too_large(limit: usize) -> Status {
    exception(
        Code::InvalidArgument,
        format!("Maximum Append Size of {limit} Exceeded."),
        "maximum-append-size-exceeded",
        &[("maximum-append-size", &limit.to_string())],
    )
}

pub(super) fn property_missing(name: &str) -> Status {
    exception(
        Code::InvalidArgument,
        format!("Required Metadata Property '{name}' is missing"),
        "missing-required-metadata-property",
        &[("required-metadata-properties", "type,content-type")],
    )
}

pub(super) fn not_leader(leader: SocketAddr) -> Status {
    exception(
        Code::NotFound,
        "Leader info available".to_owned(),
        "not-leader",
        &[
            ("leader-endpoint-host", &leader.ip().to_string()),
            ("leader-endpoint-port", &leader.port().to_string()),
        ],
    )
}

pub(super) fn no_leader() -> Status {
    Status::unknown("No leader info available in response")
}

pub(super) fn not_ready() -> Status {
    Status::unavailable("Server Is Not Ready")
}

pub(super) fn access_denied() -> Status {
    exception(Code::PermissionDenied, "Access Denied".to_owned(), "access-denied", &[])
}

pub(super) fn unauthenticated() -> Status {
    Status::unauthenticated("Unauthenticated")
}

/// A read begins between two records, or a backward read beyond the last one.
pub(super) fn unexpected(kind: &str, result: &str) -> Status {
    Status::unknown(format!("Unexpected {kind}: {result}"))
}

/// A subscription begins between two records.
pub(super) fn invalid_position() -> Status {
    Status::invalid_argument("Trying to read from an invalid position.")
}

fn exception(
    code: Code,
    words: String,
    name: &'static str,
    facts: &[(&'static str, &str)],
) -> Status {
    let mut metadata = MetadataMap::new();
    metadata.insert("exception", MetadataValue::from_static(name));
    for (key, value) in facts {
        if let Ok(value) = MetadataValue::<Ascii>::try_from(*value) {
            metadata.insert(*key, value);
        }
    }
    Status::with_metadata(code, words, metadata)
}
