//! Parameters that many operations share.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Required};

/// What the parts of paths mean, with an example of each.
const PATH_PARTS: &[(&str, &str, &str)] = &[
    ("campaign", "行动代码 code of the campaign", "2021"),
    ("unit", "单位代码 code of the unit", "330225001001"),
    ("volunteer", "志愿者编号 number of the volunteer", "V0123456789AB"),
    ("activity", "活动编号 id of the activity", "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"),
    ("record", "服务记录号 number of the service record", "1"),
    ("redemption", "兑换号 number of the redemption", "1"),
    ("notice", "公示编号 id of the notice", "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"),
    ("objection", "异议号 number of the objection", "1"),
    ("correction", "更正申请号 number of the request for a correction", "1"),
    ("import", "导入编号 id of the import", "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"),
    ("kind", "表名: divisions, units or roster", "roster"),
    ("item", "五有事项: premises, staff, register, suggestion_box or notice_board", "staff"),
    ("person", "人员编号 number of the person", "V0123456789AB"),
    ("issue", "议题编号 case number", "Y0123456789AB"),
    ("meeting", "会议编号 id of the meeting", "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"),
    (
        "resolution",
        "决议编号 id of the resolution: the meeting's, a hyphen and the topic's number",
        "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10-1",
    ),
    ("comparison", "比对编号 id of the comparison", "3e9b7c15-8a2d-4f60-b1c4-6d7e8f9a0b12"),
    ("bulletin", "通报编号 id of the bulletin", "5a0c1d2e-3f4b-4c5d-8e6f-7a8b9c0d1e2f"),
    ("survey", "测评编号 id of the survey", "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"),
    (
        "digest",
        "材料摘要 SHA-256 of the piece of evidence",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    ("month", "月份, for example 2022-03", "2022-03"),
    ("figure", "指标 figure of the monthly report", "issues_registered"),
    ("stream", "事件流 category and key of the stream", "unit-330225"),
    ("version", "版本 place of the event in its stream, from 1", "1"),
    ("tile", "分块 level and index, 0/x001/234; .p/7 behind a partial one", "0/x001/234"),
];
/// Parts that are numbers.
const NUMBERS: [&str; 5] = ["record", "redemption", "objection", "correction", "version"];

pub const IDEMPOTENCY_KEY: (&str, &str) =
    ("Idempotency-Key", "1–200 printable ASCII characters; the same request again changes nothing");
pub const RESIDENTS_KEY: (&str, &str) =
    ("Idempotency-Key", "a random UUID; the same request again changes nothing");
/// Residents have seen no ETag.
pub const IF_MATCH: (&str, &str) = (
    "If-Match",
    "the ETag that the caller has seen, also a weak one (`W/\"3\"`); 412 when the thing has changed since. `*` insists on none",
);

/// The parts of the path.
pub fn of_path(path: &str, operation: &mut Operation) {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    for name in names.map(|name| name.trim_start_matches('*')) {
        let known = PATH_PARTS.iter().find(|(part, ..)| *part == name);
        let (meaning, example) = known.map_or(("", ""), |(_, meaning, example)| (meaning, example));
        let schema = if NUMBERS.contains(&name) { number() } else { text(example) };
        let parameter = parameter(name, ParameterIn::Path, meaning, schema);
        operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
    }
}

/// A header that may be sent.
pub fn header(operation: &mut Operation, (name, meaning): (&str, &str)) {
    let schema = match name {
        "If-Match" => text("*"),
        _ => text("4c3f8f0e-6a53-4b5e-9a55-0d2f3c6b7a10"),
    };
    let parameter = parameter(name, ParameterIn::Header, meaning, schema);
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
}

fn text(example: &str) -> Object {
    ObjectBuilder::new().schema_type(Type::String).examples([example]).build()
}

fn number() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(0))
        .maximum(Some(u32::MAX))
        .examples([1])
        .build()
}

fn parameter(name: &str, place: ParameterIn, meaning: &str, schema: Object) -> Parameter {
    let required = if place == ParameterIn::Path { Required::True } else { Required::False };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(meaning))
        .schema(Some(RefOr::T(Schema::Object(schema))))
        .build()
}
