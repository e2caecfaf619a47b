//! Answers that are not what was asked for, as RFC 9457 problem details.
//!
//! A problem says what would be accepted and never repeats what was sent: it may be personal. Only the refusal of a text
//! that holds a number of a person quotes that number, so that its sender finds it.

mod failed;
mod failures;
pub mod request_context;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use serde::Serialize;

use crate::answer::outcome::Outcome;
pub use failed::failed;
pub use failures::{bad_cursor, reused};

/// Why a request got no other answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable code, for example `notice.open_objection`.
    pub code: Cow<'static, str>,
    /// What would be accepted, in Chinese.
    pub zh: String,
    /// What would be accepted, in English.
    pub en: String,
    /// The field, header or parameter that would have to differ.
    pub field: Option<String>,
    /// Seconds after which the same request may succeed.
    pub retry_after: Option<u32>,
}

/// A problem on the wire, `application/problem+json`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct Body<'a> {
    /// `urn:yuanfa:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:yuanfa:problem:service.overlap")]
    kind: String,
    /// 状态, for people.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// Stable code; programs look at this.
    #[schema(example = "service.overlap")]
    code: &'a str,
    /// 可接受的做法.
    detail_zh: &'a str,
    /// What would be accepted.
    detail_en: &'a str,
    /// The same in Chinese, where RFC 9457 expects it.
    detail: &'a str,
    /// The field, header or parameter that would have to differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// Id of the request, to find it in the log of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Problem {
    /// A problem with its code and both sentences.
    pub fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            zh: zh.into(),
            en: en.into(),
            field: None,
            retry_after: None,
        }
    }

    /// A rule's refusal: 422, or 404 where it says that the thing of the path is not there.
    pub fn refused(refusal: &dyn Refusal) -> Self {
        let field = refusal.field().map(str::to_owned);
        let absent =
            refusal.is_absence() && refusal.field().is_some_and(request_context::path_names);
        let status = if absent { StatusCode::NOT_FOUND } else { StatusCode::UNPROCESSABLE_ENTITY };
        Self { field, ..Self::new(status, refusal.code(), refusal.zh(), refusal.en()) }
    }

    /// A value of a field that is not taken.
    pub fn bad_value(field: &str, refusal: &dyn Refusal) -> Self {
        Self::refused(refusal).at(field)
    }

    /// Names the field.
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// Something of ours failed; what it was stands in the log of the service.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "服务内部出错，请把请求编号告诉管理人员。",
            "Something failed inside the service; tell its operators the request id.",
        )
    }

    fn title(&self) -> &'static str {
        match self.status.as_u16() {
            400 => "请求有误 Bad request",
            401 => "需要令牌 Token needed",
            403 => "无权办理 Forbidden",
            404 => "不存在 Not found",
            405 => "方法不支持 Method not allowed",
            409 => "冲突 Conflict",
            410 => "已删除 Gone",
            412 => "已有变化 Precondition failed",
            413 => "内容过大 Content too large",
            415 => "格式不支持 Unsupported media type",
            422 => "不予办理 Refused",
            429 => "请求过多 Too many requests",
            431 => "请求头过大 Header fields too large",
            502 => "存储有误 Bad storage",
            503 => "暂不可用 Unavailable",
            504 => "超时 Timed out",
            _ => "内部错误 Internal error",
        }
    }
}

impl Outcome {
    /// The outcome that a problem is.
    #[must_use]
    pub fn of_problem(problem: &Problem) -> Self {
        let word = match problem.status {
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND | StatusCode::GONE => {
                "refused"
            }
            StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "forbidden",
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => "conflict",
            status if status.is_server_error() => "failed",
            _ => "invalid",
        };
        Self { word, code: Some(problem.code.to_string()) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            kind: format!("urn:yuanfa:problem:{}", self.code),
            title: self.title(),
            status: self.status.as_u16(),
            code: &self.code,
            detail_zh: &self.zh,
            detail_en: &self.en,
            detail: &self.zh,
            field: self.field.as_deref(),
            request_id: request_context::request_id(),
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        response.extensions_mut().insert(Outcome::of_problem(&self));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
