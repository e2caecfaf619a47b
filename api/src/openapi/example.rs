//! Examples of whole bodies, composed of those of their fields.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayItems, KnownFormat, Object, Schema, SchemaFormat, SchemaType, Type,
};

/// The named schemas of the document.
pub type Schemas = BTreeMap<String, RefOr<Schema>>;

/// An example of what a schema describes: its own, or the first of its words, or that of each field.
pub fn of(schema: &RefOr<Schema>, schemas: &Schemas) -> Value {
    match schema {
        RefOr::Ref(named) => {
            let name = named.ref_location.rsplit('/').next().unwrap_or_default();
            schemas.get(name).map_or(Value::Null, |schema| of(schema, schemas))
        }
        RefOr::T(schema) => of_schema(schema, schemas),
    }
}

fn of_schema(schema: &Schema, schemas: &Schemas) -> Value {
    let first = |choices: &[RefOr<Schema>]| {
        let examples = choices.iter().map(|choice| of(choice, schemas));
        examples.into_iter().find(|example| !example.is_null()).unwrap_or(Value::Null)
    };
    match schema {
        Schema::Object(object) => of_object(object, schemas),
        Schema::Array(array) => match (array.examples.first(), &array.items) {
            (Some(example), _) => example.clone(),
            (None, ArrayItems::RefOrSchema(item)) => json!([of(item, schemas)]),
            (None, ArrayItems::False) => json!([]),
        },
        Schema::OneOf(choice) => first(&choice.items),
        Schema::AnyOf(choice) => first(&choice.items),
        Schema::AllOf(parts) => {
            let mut whole = Map::new();
            for part in &parts.items {
                if let Value::Object(fields) = of(part, schemas) {
                    whole.extend(fields);
                }
            }
            Value::Object(whole)
        }
        _ => Value::Null,
    }
}

fn of_object(object: &Object, schemas: &Schemas) -> Value {
    let told = object.examples.first().or(object.example.as_ref());
    let word = object.enum_values.as_ref().and_then(|words| words.first());
    if let Some(example) = told.or(word) {
        return example.clone();
    }
    let kinds = match &object.schema_type {
        SchemaType::Type(kind) => vec![kind.clone()],
        SchemaType::Array(kinds) => kinds.clone(),
        SchemaType::AnyValue => vec![Type::Object],
    };
    let kind = kinds.into_iter().find(|kind| *kind != Type::Null).unwrap_or(Type::Null);
    match kind {
        Type::Object => of_fields(object, schemas),
        Type::String => json!(text(object.format.as_ref())),
        Type::Integer | Type::Number => json!(1),
        Type::Boolean => json!(false),
        Type::Array => json!([]),
        Type::Null => Value::Null,
    }
}

fn of_fields(object: &Object, schemas: &Schemas) -> Value {
    let fields = object.properties.iter();
    let fields: Map<_, _> =
        fields.map(|(name, field)| (name.clone(), of(field, schemas))).collect();
    match object.additional_properties.as_deref() {
        Some(AdditionalProperties::RefOr(value)) if fields.is_empty() => {
            json!({ "key": of(value, schemas) })
        }
        _ => Value::Object(fields),
    }
}

fn text(format: Option<&SchemaFormat>) -> &'static str {
    match format {
        Some(SchemaFormat::KnownFormat(KnownFormat::Date)) => "2021-11-30",
        Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => "2021-11-30T12:00:00Z",
        Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)) => {
            "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10"
        }
        _ => "示例",
    }
}
