//! Personal values of a body, checked before they go to the vault. A problem never repeats them.

use application::Contact;
use application::Personal;
use axum::Json;
use axum::http::StatusCode;
use domain::permission::Act;
use domain::writing::no_answer;
use domain::{Actor, Text};
use serde::de::value::StrDeserializer;
use serde::{Deserialize as _, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use zeroize::Zeroizing;

use crate::answer::problem::Problem;
use crate::request::input::{Field, checked, input};
use crate::state::AppState;

/// Declares a personal value of a body.
macro_rules! personal {
    ($($(#[$meta:meta])* $name:ident, $check:path, $longest:literal, $example:literal;)+) => { $(
        $(#[$meta])*
        pub struct $name(pub String);

        impl Field for $name {
            fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                checked(from, |text| $check(text).map(|value| Self(value.expose().to_owned())))
            }

            fn schema() -> Schema {
                let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some($longest));
                text.examples([$example]).build().into()
            }
        }
    )+ };
}

personal! {
    /// 姓名.
    PersonName, Personal::name, 50, "张三";
    /// 联系电话.
    Telephone, Personal::telephone, 40, "13800000000";
    /// Any other personal text, such as 居住区域; may be empty.
    #[derive(Default)]
    PersonalText, Personal::text, 200, "县城";
    /// 监护人: a name, perhaps with a telephone number; may be empty.
    #[derive(Default)]
    Guardian, Personal::guardian, 200, "示例父 13800000000";
}

/// What somebody may leave out, or leave empty.
pub struct Told<T>(Option<T>);

impl<T> Default for Told<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Field> Field for Told<T> {
    fn take<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(from)?.map(Zeroizing::new);
        // 无 and 不详 tell nothing.
        let told = text.filter(|text| !text.trim().is_empty() && no_answer(text).is_none());
        let read = |text: Zeroizing<String>| T::take(StrDeserializer::new(text.as_str()));
        told.map(read).transpose().map(Self)
    }

    fn schema() -> Schema {
        T::schema()
    }

    const OPTIONAL: bool = true;
}

/// How to reach somebody who may leave out either, or both.
pub fn contact(name: Told<PersonName>, telephone: Told<Telephone>) -> Contact {
    Contact {
        name: name.0.map(|PersonName(name)| name),
        telephone: telephone.0.map(|Telephone(telephone)| telephone),
    }
}

input! {
    /// What personal data is read for.
    pub struct Purpose {
        /// 查阅事由, recorded with the account; at most 200 bytes, without personal data. The chosen one where it is left out.
        #[serde(default)]
        pub purpose: Option<Text<200>> = "电话回访",
    }
}

impl Purpose {
    /// What was said here, else what the account has chosen.
    ///
    /// # Errors
    /// 422 where neither is so.
    pub async fn of(self, state: &AppState, actor: &Actor, act: Act) -> Result<String, Problem> {
        let said = self.purpose.map(|purpose| purpose.to_string());
        Ok(state.app.purpose_of(actor, act, said).await?)
    }
}

/// How to reach somebody. Has no `Debug` form: it is personal.
#[derive(Serialize, ToSchema)]
pub struct ContactShown {
    /// 姓名; none where it was not told.
    name: Option<String>,
    /// 联系电话; none where it was not told.
    telephone: Option<String>,
}

impl ContactShown {
    /// What was found in the vault.
    ///
    /// # Errors
    /// 404 for somebody who stayed unknown.
    pub fn of(found: Option<Contact>) -> Result<Json<Self>, Problem> {
        let Some(found) = found else { return Err(unknown()) };
        Ok(Json(Self { name: found.name.clone(), telephone: found.telephone.clone() }))
    }
}

fn unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "vault.no_contact",
        "此人没有在这里留下姓名和电话。",
        "They left neither name nor telephone here.",
    )
}
