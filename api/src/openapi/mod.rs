//! The description of the API, OpenAPI 3.1: made from the routes, completed by what all of them share.

use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, ResponseBuilder};
use utoipa::openapi::{OpenApi as Document, PathItem};

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
        (name = "imports", description = "导入"),
        (name = "read", description = "查询"),
        (name = "audit", description = "审计"),
        (name = "ledger", description = "账本"),
        (name = "operation", description = "运行状况"),
    ),
)]
pub struct Frame;

/// What the parts of paths mean.
const PATH_PARTS: &[(&str, &str)] = &[
    ("unit", "单位代码 code of the unit"),
    ("volunteer", "志愿者编号 number of the volunteer"),
    ("activity", "活动编号 id of the activity"),
    ("record", "服务记录号 number of the service record"),
    ("redemption", "兑换号 number of the redemption"),
    ("notice", "公示编号 id of the notice"),
    ("objection", "异议号 number of the objection"),
    ("kind", "表名: divisions, units or roster"),
    ("item", "五有事项: premises, staff, register, suggestion_box or notice_board"),
    ("person", "人员编号 number of the person"),
    ("issue", "议题编号 case number"),
    ("meeting", "会议编号 id of the meeting"),
    ("resolution", "决议编号 id of the resolution: the meeting's, a hyphen and the topic's number"),
    ("survey", "测评编号 id of the survey"),
    ("digest", "材料摘要 SHA-256 of the piece of evidence"),
    ("month", "月份, for example 2022-03"),
    ("figure", "指标 figure of the monthly report"),
    ("tile", "分块 level and index, 0/x001/234; .p/7 behind a partial one"),
];

const IDEMPOTENCY_KEY: (&str, &str) =
    ("Idempotency-Key", "1–200 printable ASCII characters; the same request again changes nothing");
/// Residents have seen no ETag.
const IF_MATCH: (&str, &str) =
    ("If-Match", "the ETag that the caller has seen; 412 when the thing has changed since");

/// Adds to every operation what all share: path parts, headers of commands, problems, the token.
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
    for (path, item) in &mut document.paths.paths {
        let PathItem { get, post, delete, .. } = item;
        for operation in [get, post, delete].into_iter().flatten() {
            path_parts(path, operation);
            problems(operation);
        }
        // The same file again adds nothing, so an import needs no key; it touches many streams, so it has no version.
        let commands = [&mut item.post, &mut item.delete].into_iter().flatten();
        for operation in commands.filter(|_| !path.contains("/imports/")) {
            header(operation, IDEMPOTENCY_KEY);
            if !path.contains("/public/") {
                header(operation, IF_MATCH);
            }
        }
        if path.starts_with("/api/") {
            for operation in [&mut item.get, &mut item.post, &mut item.delete].into_iter().flatten()
            {
                let token = SecurityRequirement::new::<_, [&str; 0], &str>("token", []);
                operation.security.get_or_insert_with(|| vec![token]);
            }
        }
    }
    document
}

fn path_parts(path: &str, operation: &mut Operation) {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    for name in names {
        let known = PATH_PARTS.iter().find(|(part, _)| *part == name);
        let parameter = text(name, ParameterIn::Path, known.map_or("", |(_, meaning)| meaning));
        operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
    }
}

fn header(operation: &mut Operation, (name, meaning): (&str, &str)) {
    let parameter = text(name, ParameterIn::Header, meaning);
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
}

fn problems(operation: &mut Operation) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let problem = ResponseBuilder::new()
        .description("问题 problem details (RFC 9457)")
        .content("application/problem+json", content)
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(problem));
}

fn text(name: &str, place: ParameterIn, meaning: &str) -> Parameter {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(meaning))
        .schema(Some(RefOr::T(Schema::Object(
            ObjectBuilder::new().schema_type(Type::String).build(),
        ))))
        .build()
}
