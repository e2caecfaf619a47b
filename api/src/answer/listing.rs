//! Answers to readings: rows as JSON or CSV.

use application::queries::Versioned;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use papers::csv;
use projections::Page;
use serde::Serialize;

use crate::answer::command::{X_POSITION, entity_tag};
use crate::answer::problem::{Problem, failed};
use crate::request::query::{Format, View, encode_cursor};
use crate::state::AppState;

/// The cursor of the next page, where a CSV has no place for it.
const X_CURSOR: HeaderName = HeaderName::from_static("x-cursor");

/// A page as JSON.
#[derive(Serialize)]
struct Listed<'a, T> {
    items: &'a [T],
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<&'a str>,
}

impl AppState {
    /// Writes the rows of a list in the form that is wanted.
    ///
    /// # Errors
    /// When a row has no such form, which none of ours has.
    pub async fn listed<T: Serialize + Send + 'static>(
        &self,
        view: &View,
        page: Page<T>,
    ) -> Result<Response, Problem> {
        let cursor = page.next.as_deref().map(encode_cursor);
        let body = match view.format {
            Format::Json => {
                let listed = Listed { items: &page.items, cursor: cursor.as_deref() };
                serde_json::to_vec(&listed).map_err(|error| failed(&error))?
            }
            // All rows of a list are many: writing them must not hold others up.
            Format::Csv => self
                .aside
                .run(move || csv::of_rows(&page.items))
                .await
                .map_err(|error| failed(&error))?
                .map_err(|error| failed(&error))?,
        };
        let mut response = self.answer(view, body);
        if let Some(cursor) = cursor.and_then(|cursor| HeaderValue::from_str(&cursor).ok()) {
            response.headers_mut().insert(X_CURSOR, cursor);
        }
        Ok(response)
    }

    /// Writes one thing in the form that is wanted; 404 where there is none.
    ///
    /// # Errors
    /// 404; when it has no such form, which none of ours has.
    pub fn shown<T: Serialize>(
        &self,
        view: &View,
        found: Option<Versioned<T>>,
    ) -> Result<Response, Problem> {
        let Versioned { row, version } = found.ok_or_else(absent)?;
        let body = match view.format {
            Format::Json => serde_json::to_vec(&row).map_err(|error| failed(&error))?,
            Format::Csv => csv::of_rows(&[row]).map_err(|error| failed(&error))?,
        };
        let mut response = self.answer(view, body);
        if let Some(version) = version {
            response.headers_mut().insert(header::ETAG, entity_tag(version));
        }
        Ok(response)
    }

    fn answer(&self, view: &View, body: Vec<u8>) -> Response {
        let mut response = body.into_response();
        let headers = response.headers_mut();
        let kind = match view.format {
            Format::Json => "application/json",
            Format::Csv => "text/csv; charset=utf-8",
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        if view.as_of.is_none() {
            headers.insert(X_POSITION, self.queries.position().0.into());
        }
        response
    }
}

/// 404: there is no such thing, or was not yet.
pub fn absent() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "read.absent",
        "没有此项，或在所查询的时间尚不存在。",
        "There is no such thing, or there was not yet at the time asked for.",
    )
}
