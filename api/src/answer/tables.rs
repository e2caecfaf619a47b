//! Rows as tables for spreadsheets, made from what their types say of themselves.

use axum::http::HeaderValue;
use domain::county_date;
use jiff::Timestamp;
use papers::table::{Form, Table, Wording, columns_of};
use projections::described::Described;

/// The table of such rows, as of a moment.
pub fn table_of<T: Described>(at: Timestamp, wording: Wording) -> Table {
    let title = T::DESCRIPTION.title().to_owned();
    Table { title, at, wording, columns: columns_of(&T::DESCRIPTION) }
}

/// `Content-Disposition`: a file whose name says what and when, and whether rows are missing because there are too many.
/// Old clients read the name in ASCII.
pub fn disposition(table: &Table, name: &str, form: Form, cut_at: Option<usize>) -> HeaderValue {
    let (day, ending) = (county_date(table.at), form.extension());
    let cut = cut_at.map_or_else(String::new, |rows| format!("-first-{rows}"));
    let mut value = format!("attachment; filename=\"{name}-{day}{cut}.{ending}\"");
    if table.wording == Wording::Chinese {
        let cut = cut_at.map_or_else(String::new, |rows| format!("-仅前{rows}行"));
        let named = format!("{}-{day}{cut}.{ending}", table.title);
        value.push_str("; filename*=UTF-8''");
        let escaped = named.bytes().map(|byte| {
            let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
            if plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
        });
        value.extend(escaped);
    }
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests;
