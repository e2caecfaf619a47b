//! JSON bodies: strict, and refused without repeating what they say.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use ledger::BadText;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::answer::problem::Problem;
use crate::request::input::carried;

/// The longest JSON body, in bytes.
pub const MAX_JSON_BYTES: usize = 1024 * 1024;

/// A body that could not be read to its end.
pub fn unread(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        bad("body.broken", "请求内容没有传完。", "The body ended before it was complete.")
    }
}

fn too_large() -> Problem {
    let mib = MAX_JSON_BYTES / 1024 / 1024;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "json.too_large",
        format!("JSON 最大{mib} MiB；成批数据请用导入。"),
        format!("A JSON body has at most {mib} MiB; use the imports for bulk data."),
    )
}

/// Reads a body. An empty one reads as `{}`, so that commands without fields need none.
///
/// # Errors
/// 400 or 415 with a code that names what is wrong, and the field where one can be named.
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, Problem> {
    if body.is_empty() {
        return parse("{}");
    }
    if !is_json(headers) {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "json.content_type",
            "Content-Type 应为 application/json。",
            "The Content-Type must be application/json.",
        )
        .at("Content-Type"));
    }
    // Editors of Windows put a byte order mark in front, or save UTF-16.
    let text = ledger::decode(body).map_err(|BadText { at }| {
        bad(
            "json.not_utf8",
            format!("JSON 应为UTF-8编码；第{at}字节起不是。"),
            format!("JSON must be UTF-8; it is not from byte {at} on."),
        )
    })?;
    parse(&text)
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = given.and_then(|text| text.split(';').next()).unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| explain(error.inner(), &error.path().to_string()))?;
    reader.end().map_err(|error| explain(&error, ""))?;
    Ok(value)
}

/// Says what is wrong from what serde says of it, less the parts that repeat the body.
fn explain(error: &serde_json::Error, path: &str) -> Problem {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    if let Some(refused) = carried(&message) {
        return refused.at(path);
    }
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => bad(
            "json.malformed",
            format!("不是合法的 JSON：第{line}行第{column}列。"),
            format!("Not valid JSON: line {line}, column {column}."),
        ),
        Category::Data if message.starts_with("unknown field") => {
            let accepted = expected(&message).unwrap_or_default();
            bad(
                "json.unknown_field",
                format!(
                    "第{line}行第{column}列有不认识的字段；可接受：{}。",
                    accepted.replace(", ", "、")
                ),
                format!("Unknown field at line {line}, column {column}; accepted: {accepted}."),
            )
        }
        Category::Data => {
            match message.strip_prefix("missing field `").and_then(|m| m.split('`').next()) {
                Some(field) => {
                    let field = joined(path, field);
                    bad(
                        "json.missing_field",
                        format!("缺少字段{field}。"),
                        format!("The field {field} is missing."),
                    )
                    .at(field)
                }
                None => {
                    let (zh, en) = kind(&expected(&message).unwrap_or_default());
                    bad(
                        "json.wrong_value",
                        format!("字段的值不合格式；应为：{zh}。"),
                        format!("The value is not of the right kind; expected {en}."),
                    )
                    .at(path)
                }
            }
        }
    }
}

fn joined(path: &str, field: &str) -> String {
    if path.is_empty() || path == "." { field.to_owned() } else { format!("{path}.{field}") }
}

/// What would have been taken. After the last "expected" of serde's own sentences nothing of the body stands; other
/// sentences, those of times and digests, may repeat it and are replaced.
fn expected(message: &str) -> Option<String> {
    const OURS: [&str; 5] =
        ["invalid type", "invalid value", "invalid length", "unknown variant", "unknown field"];
    let ours = OURS.iter().any(|start| message.starts_with(start));
    let (_, after) = message.rsplit_once("expected ").filter(|_| ours)?;
    let accepted = after.split(" at line ").next().unwrap_or_default();
    Some(accepted.trim_start_matches("one of ").replace('`', ""))
}

/// Serde's word for a kind of value as people say it: in Chinese and in English.
fn kind(accepted: &str) -> (String, String) {
    let (zh, en) = match accepted {
        "a string" | "a borrowed string" => ("文字", "text"),
        "a boolean" => ("是或否(true、false)", "true or false"),
        "a sequence" => ("列表", "a list"),
        "u8" => ("0至255的整数", "a whole number from 0 to 255"),
        "u32" => ("0至4294967295的整数", "a whole number from 0 to 4294967295"),
        "i16" | "u16" | "u64" | "i64" => ("整数", "a whole number"),
        "" => (
            "时间或日期,例如 2021-11-30T12:00:00+08:00、2021-11-30;见 /openapi.json",
            "2021-11-30T12:00:00+08:00, 2021-11-30; /openapi.json",
        ),
        other if other.starts_with("struct ") || other.starts_with("a map") => {
            ("对象", "an object")
        }
        other => (other, other),
    };
    (zh.to_owned(), en.to_owned())
}

fn bad(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, code, zh, en)
}

#[cfg(test)]
mod tests;
