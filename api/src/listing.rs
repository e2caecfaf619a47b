//! Answers to readings: rows as JSON or CSV.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use papers::csv;
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;
use serde::Serialize;

use super::answer::X_POSITION;
use super::problem::{Problem, failed};
use super::query::{Format, View, cover};
use super::reading::Reads;

/// The cursor of the next page, where a CSV has no place for it.
const X_CURSOR: HeaderName = HeaderName::from_static("x-cursor");
/// Rows asked for at once for a CSV of all rows.
const STEP: u32 = 500;
/// The most rows in a CSV.
const MOST_ROWS: usize = 200_000;

/// A page as JSON.
#[derive(Serialize)]
struct Listed<'a, T> {
    items: &'a [T],
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<&'a str>,
}

/// An answer, written where it may take time.
struct Written {
    body: Vec<u8>,
    cursor: Option<String>,
}

impl Reads {
    /// A page of a list; as CSV without `limit`, all of it.
    ///
    /// # Errors
    /// What the query says, or that the read models are behind.
    pub async fn list<T: Serialize + 'static>(
        &self,
        view: &View,
        query: impl Fn(&Connection, &PageRequest) -> Result<Page<T>, QueryError> + Send + 'static,
    ) -> Result<Response, Problem> {
        let wanted = view.clone();
        let written = self.ask(view, move |connection| {
            write_list(&wanted, &|page: &PageRequest| query(connection, page))
        });
        Ok(self.answer(view, written.await??))
    }

    /// A page of rows that are all at hand; as CSV without `limit`, all of them. The cursor counts them.
    ///
    /// # Errors
    /// 400 for a cursor that this list did not give.
    pub fn told<T: Serialize + Clone>(
        &self,
        view: &View,
        rows: Vec<T>,
    ) -> Result<Response, Problem> {
        let page = |asked: &PageRequest| {
            let begin = asked.after.as_ref().map_or(Ok(0), |after| after.parse());
            let begin: usize = begin.map_err(|_| QueryError::BadCursor)?;
            let left = rows.get(begin..).ok_or(QueryError::BadCursor)?;
            let items = left[..left.len().min(asked.rows())].to_vec();
            let end = begin + items.len();
            Ok(Page { items, next: (end < rows.len()).then(|| end.to_string()) })
        };
        Ok(self.answer(view, write_list(view, &page)??))
    }

    /// One thing; 404 where there is none.
    ///
    /// # Errors
    /// What the query says, or that the read models are behind.
    pub async fn one<T: Serialize + 'static>(
        &self,
        view: &View,
        query: impl FnOnce(&Connection) -> Result<Option<T>, QueryError> + Send + 'static,
    ) -> Result<Response, Problem> {
        let format = view.format;
        let found = self.ask(view, move |connection| {
            let found = query(connection)?;
            Ok(found.map(|one| match format {
                Format::Json => serde_json::to_vec(&one).map_err(|error| failed(&error)),
                Format::Csv => csv::of_rows(&[one]).map_err(|error| failed(&error)),
            }))
        });
        let body = found.await?.ok_or_else(absent)??;
        Ok(self.answer(view, Written { body, cursor: None }))
    }

    fn answer(&self, view: &View, written: Written) -> Response {
        let mut response = written.body.into_response();
        let headers = response.headers_mut();
        let kind = match view.format {
            Format::Json => "application/json",
            Format::Csv => "text/csv; charset=utf-8",
        };
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        if view.as_of.is_none() {
            headers.insert(X_POSITION, self.position().0.into());
        }
        if let Some(cursor) = written.cursor.and_then(|cursor| HeaderValue::from_str(&cursor).ok())
        {
            headers.insert(X_CURSOR, cursor);
        }
        response
    }
}

fn write_list<T: Serialize>(
    view: &View,
    query: &impl Fn(&PageRequest) -> Result<Page<T>, QueryError>,
) -> Result<Result<Written, Problem>, QueryError> {
    let all = view.format == Format::Csv && view.limit.is_none();
    let limit = if all { STEP } else { view.page() };
    let mut page = query(&PageRequest { after: view.cursor.clone(), limit })?;
    while all && page.items.len() < MOST_ROWS {
        let Some(after) = page.next.take() else { break };
        let more = query(&PageRequest { after: Some(after), limit })?;
        page.items.extend(more.items);
        page.next = more.next;
    }
    let cursor = page.next.as_deref().map(cover);
    let body = match view.format {
        Format::Json => {
            let listed = Listed { items: &page.items, cursor: cursor.as_deref() };
            serde_json::to_vec(&listed).map_err(|error| failed(&error))
        }
        Format::Csv => csv::of_rows(&page.items).map_err(|error| failed(&error)),
    };
    Ok(body.map(|body| Written { body, cursor }))
}

fn absent() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "read.absent",
        "没有此项，或在所查询的时间尚不存在。",
        "There is no such thing, or there was not yet at the time asked for.",
    )
}
