//! Rows and answers as schemas of `/openapi.json`, made from what their types say of themselves.

use std::borrow::Cow;
use std::marker::PhantomData;

use projections::described::{Counts, Described, Description, Field, Integer, Shape, Text};
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat,
    SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// One row, or one answer.
pub struct Row<T>(PhantomData<T>);

/// A page of them: `items`, and `cursor` unless it is the last.
pub struct RowPage<T>(PhantomData<T>);

type Schemas = Vec<(String, RefOr<Schema>)>;

impl<T: Described> PartialSchema for Row<T> {
    fn schema() -> RefOr<Schema> {
        object(&T::DESCRIPTION).into()
    }
}

impl<T: Described> ToSchema for Row<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(T::DESCRIPTION.name)
    }

    fn schemas(schemas: &mut Schemas) {
        inner(&T::DESCRIPTION, schemas);
    }
}

impl<T: Described> PartialSchema for RowPage<T> {
    fn schema() -> RefOr<Schema> {
        page(&T::DESCRIPTION).into()
    }
}

impl<T: Described> ToSchema for RowPage<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Page", T::DESCRIPTION.name))
    }

    fn schemas(schemas: &mut Schemas) {
        schemas.push((Row::<T>::name().into_owned(), Row::<T>::schema()));
        Row::<T>::schemas(schemas);
    }
}

/// Adds the objects that stand in the fields of one.
fn inner(described: &Description, schemas: &mut Schemas) {
    for field in described.all_fields() {
        if let Some(part) = part(&field.shape) {
            schemas.push((part.name.to_owned(), object(part).into()));
            inner(part, schemas);
        }
    }
}

/// The object that a value is, holds, or may be.
fn part(shape: &'static Shape) -> Option<&'static Description> {
    match shape {
        Shape::Object(part) => Some(part),
        Shape::List(shape) | Shape::Optional(shape) => part(shape),
        Shape::Text(_)
        | Shape::Words(_)
        | Shape::Integer(_)
        | Shape::Boolean
        | Shape::Date
        | Shape::Timestamp
        | Shape::Counts(_) => None,
    }
}

fn object(described: &Description) -> Object {
    let fields = described.all_fields().into_iter();
    let object = ObjectBuilder::new().description(Some(described.meaning.trim()));
    let object = fields.fold(object, |object, field| {
        object.property(field.name, property(field)).required(field.name)
    });
    object.examples([described.example()]).build()
}

fn page(row: &Description) -> Object {
    let cursor = ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some("Asks for the next page; left out on the last one."));
    ObjectBuilder::new()
        .description(Some(format!("{} A page of them.", row.meaning.trim())))
        .property("items", ArrayBuilder::new().items(Ref::from_schema_name(row.name)).build())
        .required("items")
        .property("cursor", cursor.build())
        .examples([json!({"items": [row.example()]})])
        .build()
}

fn property(field: &Field) -> RefOr<Schema> {
    let meaning = field.meaning.trim();
    match schema(&field.shape) {
        RefOr::T(Schema::Object(mut value)) => {
            value.description = Some(meaning.to_owned());
            value.examples = vec![field.example()];
            value.into()
        }
        RefOr::T(Schema::Array(mut list)) => {
            list.description = Some(meaning.to_owned());
            list.into()
        }
        RefOr::T(Schema::OneOf(mut either)) => {
            either.description = Some(meaning.to_owned());
            RefOr::T(Schema::OneOf(either))
        }
        RefOr::Ref(mut reference) => {
            reference.description = meaning.to_owned();
            reference.into()
        }
        other => other,
    }
}

fn schema(shape: &Shape) -> RefOr<Schema> {
    match shape {
        Shape::Text(text) => of_text(text).into(),
        Shape::Words(words) => {
            let words = words().into_iter().map(|word| word.stored);
            typed(Type::String).enum_values(Some(words)).build().into()
        }
        Shape::Integer(integer) => number(integer).into(),
        Shape::Boolean => typed(Type::Boolean).build().into(),
        Shape::Date => formatted("date").build().into(),
        Shape::Timestamp => formatted("date-time").build().into(),
        Shape::Counts(counts) => of_counts(counts).into(),
        Shape::List(shape) => ArrayBuilder::new().items(schema(shape)).build().into(),
        Shape::Optional(shape) => or_null(schema(shape)),
        Shape::Object(part) => Ref::from_schema_name(part.name).into(),
    }
}

fn typed(kind: Type) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(kind)
}

fn formatted(format: &str) -> ObjectBuilder {
    typed(Type::String).format(Some(SchemaFormat::Custom(format.to_owned())))
}

fn of_text(text: &Text) -> Object {
    let schema = text.format.map_or_else(|| typed(Type::String), formatted);
    let (least, most) = text.length.unzip();
    schema.min_length(least).max_length(most).pattern(text.pattern).build()
}

fn number(integer: &Integer) -> Object {
    let Integer { least, most, unit, .. } = *integer;
    let (least, most) = (Some(least), Some(most));
    let unit = unit.map(|unit| ExtensionsBuilder::new().add("x-unit", unit).build());
    typed(Type::Integer)
        .minimum(least.filter(|least| *least != i64::MIN))
        .maximum(most.filter(|most| *most != i64::MAX))
        .extensions(unit)
        .build()
}

fn of_counts(counts: &Counts) -> Object {
    (counts.words)()
        .into_iter()
        .fold(ObjectBuilder::new(), |object, word| {
            let object = object.property(word.stored, number(&counts.number));
            if counts.complete { object.required(word.stored) } else { object }
        })
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        .build()
}

/// The same, or `null`.
fn or_null(value: RefOr<Schema>) -> RefOr<Schema> {
    match value {
        RefOr::T(Schema::Object(mut value)) => {
            if let SchemaType::Type(kind) = &value.schema_type {
                value.schema_type = SchemaType::from_iter([kind.clone(), Type::Null]);
            }
            if let Some(words) = &mut value.enum_values {
                words.push(json!(null));
            }
            value.into()
        }
        other @ (RefOr::Ref(_) | RefOr::T(_)) => {
            OneOfBuilder::new().item(other).item(typed(Type::Null)).into()
        }
    }
}
