//! Personal values of a body, checked before they go to the vault. A problem never repeats them.

use application::Contact;
use application::{BadPersonal, Personal};
use axum::Json;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::answer::problem::Problem;
use crate::request::command_request::take;

/// 姓名.
///
/// # Errors
/// 422 at `field`.
pub fn name(field: &str, value: String) -> Result<String, Problem> {
    checked(field, value, Personal::name)
}

/// 联系电话.
///
/// # Errors
/// 422 at `field`.
pub fn telephone(field: &str, value: String) -> Result<String, Problem> {
    checked(field, value, Personal::telephone)
}

/// Any other personal text, such as 居住区域; may be empty.
///
/// # Errors
/// 422 at `field`.
pub fn text(field: &str, value: String) -> Result<String, Problem> {
    checked(field, value, Personal::text)
}

/// How to reach somebody who may leave out either, or both.
///
/// # Errors
/// 422 at `name` or `telephone`.
pub fn contact(name: Option<String>, telephone: Option<String>) -> Result<Contact, Problem> {
    let told = |text: &String| !text.trim().is_empty();
    Ok(Contact {
        name: name.filter(told).map(|name| self::name("name", name)).transpose()?,
        telephone: telephone
            .filter(told)
            .map(|telephone| self::telephone("telephone", telephone))
            .transpose()?,
    })
}

/// What personal data is read for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// 查阅目的, recorded with the account; at most 200 bytes, without personal data.
    #[schema(example = "电话回访")]
    purpose: String,
}

impl Purpose {
    /// The purpose as the record of readings holds it.
    ///
    /// # Errors
    /// 422 when it is blank, too long or holds personal data.
    pub fn read(self) -> Result<String, Problem> {
        let purpose: domain::Text<200> = take("purpose", &self.purpose)?;
        Ok(purpose.to_string())
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
        "此人没有留下姓名和电话。",
        "They left neither name nor telephone.",
    )
}

fn checked(
    field: &str,
    value: String,
    check: fn(&str) -> Result<Personal, BadPersonal>,
) -> Result<String, Problem> {
    let personal = check(&Zeroizing::new(value)).map_err(|bad| Problem::bad_value(field, &bad))?;
    Ok(personal.expose().to_owned())
}
