//! Answers to readings: rows as JSON, CSV or XLSX.

use std::sync::Arc;

use application::queries::Versioned;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use papers::table::{Form, Table};
use projections::Page;
use projections::described::Described;
use serde::Serialize;

use crate::answer::command::{X_POSITION, entity_tag};
use crate::answer::problem::{Problem, failed};
use crate::answer::tables::{disposition, table_of};
use crate::request::form::Format;
use crate::request::query::{View, encode_cursor};
use crate::state::AppState;

/// The cursor of the next page, where a table has no place for it.
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
    pub async fn listed<T: Serialize + Described + Send + 'static>(
        &self,
        view: &View,
        page: Page<T>,
    ) -> Result<Response, Problem> {
        let cursor = page.next.as_deref().map(encode_cursor);
        let mut response = match view.format {
            Format::Json => {
                let listed = Listed { items: &page.items, cursor: cursor.as_deref() };
                self.json(view, serde_json::to_vec(&listed).map_err(|error| failed(&error))?)
            }
            Format::Table(form) => {
                let cut = cursor.as_ref().map(|_| page.items.len());
                let (table, rows) = (Arc::new(self.table_of::<T>(view)), page.items);
                let of_rows = Arc::clone(&table);
                // All rows of a list are many: writing them must not hold others up.
                let written = self.aside.run(move || of_rows.file_of(form, &rows)).await;
                let written = written.map_err(|error| failed(&error))?;
                let written = written.map_err(|error| failed(&error))?;
                self.file::<T>(view, &table, form, cut, written)
            }
        };
        if let Some(cursor) = cursor.and_then(|cursor| HeaderValue::from_str(&cursor).ok()) {
            response.headers_mut().insert(X_CURSOR, cursor);
        }
        Ok(response)
    }

    /// Writes one thing in the form that is wanted; 404 where there is none.
    ///
    /// # Errors
    /// 404; when it has no such form, which none of ours has.
    pub fn shown<T: Serialize + Described>(
        &self,
        view: &View,
        found: Option<Versioned<T>>,
    ) -> Result<Response, Problem> {
        let Versioned { row, version } = found.ok_or_else(absent)?;
        let mut response = match view.format {
            Format::Json => {
                self.json(view, serde_json::to_vec(&row).map_err(|error| failed(&error))?)
            }
            Format::Table(form) => {
                let table = self.table_of::<T>(view);
                let written = table.file_of(form, &[row]).map_err(|error| failed(&error))?;
                self.file::<T>(view, &table, form, None, written)
            }
        };
        if let Some(version) = version {
            response.headers_mut().insert(header::ETAG, entity_tag(version));
        }
        Ok(response)
    }

    fn json(&self, view: &View, body: Vec<u8>) -> Response {
        self.answer(view, body, HeaderValue::from_static("application/json"))
    }

    fn table_of<T: Described>(&self, view: &View) -> Table {
        table_of::<T>(view.as_of.unwrap_or_else(|| self.app.clock.now()), view.lang)
    }

    fn file<T: Described>(
        &self,
        view: &View,
        table: &Table,
        form: Form,
        cut_at: Option<usize>,
        body: Vec<u8>,
    ) -> Response {
        let mut response = self.answer(view, body, HeaderValue::from_static(form.media_type()));
        let name = disposition(table, T::DESCRIPTION.name, form, cut_at);
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
        response
    }

    fn answer(&self, view: &View, body: Vec<u8>, kind: HeaderValue) -> Response {
        let mut response = body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language"));
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
