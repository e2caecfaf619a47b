//! Files as they come in: the body itself, or the one file of a form. What a sender calls the file, nobody reads.

use axum::body::Bytes;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};

use crate::state::AppState;

/// What a form adds around its file, at most.
pub const AROUND_THE_FILE: usize = 64 * 1024;
/// The field of a form that holds the file.
const FIELD: &str = "file";

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFile {
    /// It is no form.
    NotAForm,
    /// The form has no field `file`.
    NotThere,
    /// It is longer than the route takes.
    TooLarge,
    /// It ended too soon, or is no well-formed form.
    Broken,
}

/// Whether files are sent to a route, so that what is sent to it is held in memory and takes longer.
pub fn is_sent_to(route: &str) -> bool {
    let one = ["/api/v1/evidence", "/api/v1/comparisons"];
    route.starts_with("/api/v1/imports/") || one.contains(&route)
}

/// Whether the request says of itself that it is a form.
pub fn is_form(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/"))
}

/// Whether the request says of itself that it is longer than so many bytes.
pub fn announces_more(request: &Request, most: usize) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|text| text.to_str().ok());
    length.and_then(|text| text.parse::<usize>().ok()).is_some_and(|length| length > most)
}

/// The file of a form.
///
/// # Errors
/// See [`NoFile`].
pub async fn of_form(request: Request, state: &AppState) -> Result<Bytes, NoFile> {
    let form = Multipart::from_request(request, state).await;
    let mut form = form.map_err(|_| NoFile::NotAForm)?;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        if field.name() == Some(FIELD) {
            return field.bytes().await.map_err(|error| broken(&error));
        }
    }
    Err(NoFile::NotThere)
}

/// The body itself.
///
/// # Errors
/// See [`NoFile`].
pub async fn raw(request: Request, state: &AppState) -> Result<Bytes, NoFile> {
    Bytes::from_request(request, state).await.map_err(|rejection| of_status(rejection.status()))
}

fn broken(error: &MultipartError) -> NoFile {
    of_status(error.status())
}

fn of_status(status: StatusCode) -> NoFile {
    if status == StatusCode::PAYLOAD_TOO_LARGE { NoFile::TooLarge } else { NoFile::Broken }
}
