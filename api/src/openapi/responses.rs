//! What answers look like besides their bodies: headers, problems, and the good ones of each kind of operation.

use papers::table::Form;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, Header, Ref, RefOr, Response, ResponseBuilder};

pub fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}

pub const ETAG: (&str, &str) =
    ("ETag", "Version of the thing, for `If-Match`; left out where it has none.");
pub const POSITION: (&str, &str) =
    ("X-Position", "Place in the log that the answer has reached; for `after_position`.");
const LOCATION: (&str, &str) = ("Location", "Where the new thing is.");
const CURSOR: (&str, &str) = ("X-Cursor", "Cursor of the next page; left out at the end.");
const FILE: (&str, &str) = ("Content-Disposition", "Name of the file, where it is a CSV or XLSX.");
pub const RETRY: (&str, &str) =
    ("Retry-After", "Seconds after which the same request may succeed.");

pub fn described_header((_, meaning): (&str, &str)) -> RefOr<Header> {
    let schema: Schema = ObjectBuilder::new().schema_type(Type::String).build().into();
    RefOr::T(HeaderBuilder::new().schema(Some(schema)).description(Some(meaning)).build())
}

/// The good answers of an operation.
fn good(operation: &mut Operation) -> impl Iterator<Item = (&String, &mut Response)> {
    operation.responses.responses.iter_mut().filter_map(|(status, response)| match response {
        RefOr::T(response) if status.starts_with('2') || status == "304" => {
            Some((status, response))
        }
        RefOr::T(_) | RefOr::Ref(_) => None,
    })
}

pub fn success(operation: &mut Operation, headers: &[(&str, &str)]) {
    for (_, response) in good(operation) {
        for header in headers {
            response.headers.insert(header.0.to_owned(), described_header(*header));
        }
    }
}

/// A list: where its next page is.
pub fn pages(operation: &mut Operation) {
    success(operation, &[POSITION, CURSOR]);
}

/// What is read by `View`: it comes as a table, too, where `format`, or `Accept`, asks for one.
pub fn tables(operation: &mut Operation) {
    let asked = |one: &RefOr<Parameter>| matches!(one, RefOr::T(one) if one.name == "format");
    if !operation.parameters.iter().flatten().any(asked) {
        return;
    }
    for (_, response) in good(operation) {
        for form in [Form::Csv, Form::Xlsx] {
            let media_type = form.media_type().split(';').next().unwrap_or_default();
            let file: Schema = ObjectBuilder::new().schema_type(Type::String).build().into();
            let content = ContentBuilder::new().schema(Some(file)).build();
            response.content.insert(media_type.to_owned(), RefOr::T(content));
        }
        response.headers.insert(FILE.0.to_owned(), described_header(FILE));
    }
}

/// A command answers with its facts; where it would have made a thing that was there already, with 200 instead of 201.
pub fn done(operation: &mut Operation) {
    success(operation, &[ETAG, POSITION]);
    let responses = &mut operation.responses.responses;
    if let Some(RefOr::T(made)) = responses.get_mut("201") {
        let mut unchanged = made.clone();
        unchanged.description =
            "已是如此，或同一请求重复。It was so already, or was done before under the same key."
                .to_owned();
        made.headers.insert(LOCATION.0.to_owned(), described_header(LOCATION));
        responses.insert("200".to_owned(), RefOr::T(unchanged));
    }
}
