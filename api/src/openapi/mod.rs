//! The description of the API, OpenAPI 3.1: made from the routes, completed by what all of them share.

mod example;
pub mod node;
pub mod operation;
mod parameters;
mod responses;

use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, PathItem, RefOr};

use crate::answer::problem;

/// The frame that routes are collected into.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "援法 Yuanfa",
        description = "法治志愿服务与援法议事：事件即历史，任何数字都可重算。\n\nRule-of-law volunteering and deliberation: history is the product, and every figure can be replayed.",
    ),
    components(schemas(problem::Body<'static>)),
    tags(
        (name = "units", description = "单位"),
        (name = "squads", description = "小分队"),
        (name = "volunteers", description = "志愿者"),
        (name = "people", description = "人员查找和名单"),
        (name = "activities", description = "活动"),
        (name = "services", description = "服务记录"),
        (name = "points", description = "积分"),
        (name = "notices", description = "公示"),
        (name = "stations", description = "援法议事工作站"),
        (name = "issues", description = "议题"),
        (name = "meetings", description = "议事会"),
        (name = "resolutions", description = "决议"),
        (name = "surveys", description = "满意度测评"),
        (name = "evidence", description = "佐证材料"),
        (name = "public", description = "居民免账号"),
        (name = "rulebook", description = "规则簿"),
        (name = "holidays", description = "节假日安排"),
        (name = "campaigns", description = "组建行动"),
        (name = "imports", description = "导入"),
        (name = "comparisons", description = "实名比对"),
        (name = "bulletins", description = "通报"),
        (name = "accounts", description = "账号"),
        (name = "read", description = "查询"),
        (name = "audit", description = "审计"),
        (name = "ledger", description = "账本"),
        (name = "operation", description = "运行状况"),
    ),
)]
pub struct Frame;

/// Adds what only the whole document knows: how tokens are sent, and an example of every body.
pub fn complete(mut document: Document) -> Document {
    if let Some(components) = document.components.as_mut() {
        let bearer =
            HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("yf_…")).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
    // What matches several parts of a path has a mark in the router and none in OpenAPI.
    let paths = std::mem::take(&mut document.paths.paths);
    let unmarked = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item));
    document.paths.paths = unmarked.collect();
    let schemas = document.components.as_ref().map(|all| all.schemas.clone()).unwrap_or_default();
    for PathItem { get, post, delete, .. } in document.paths.paths.values_mut() {
        for operation in [get, post, delete].into_iter().flatten() {
            exemplify(operation, &schemas);
        }
    }
    document
}

fn exemplify(operation: &mut Operation, schemas: &example::Schemas) {
    if let Some(RefOr::T(body)) = operation.request_body.as_mut() {
        for (kind, content) in &mut body.content {
            give(content, kind, schemas);
        }
    }
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            response.description = meaning(status).to_owned();
        }
        for (kind, content) in &mut response.content {
            give(content, kind, schemas);
        }
    }
}

fn meaning(status: &str) -> &'static str {
    match status {
        "201" => "已创建。It was made.",
        "204" => "已办理；没有内容。Done; there is nothing to say.",
        "304" => "自上次以来没有变化。It has not changed since.",
        _ => "办理或查询的结果。What was done, or what was asked for.",
    }
}

/// Gives JSON an example that is composed of those of its fields.
fn give(content: &mut RefOr<Content>, kind: &str, schemas: &example::Schemas) {
    let RefOr::T(content) = content else { return };
    if kind == "application/json" && content.example.is_none() {
        content.example = content.schema.as_ref().map(|schema| example::of(schema, schemas));
    }
}
