//! Personal values of a body, checked before they go to the vault. A problem never repeats them.

use zeroize::Zeroizing;

use super::problem::Problem;
use crate::personal::{BadPersonal, Personal};

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

fn checked(
    field: &str,
    value: String,
    check: fn(&str) -> Result<Personal, BadPersonal>,
) -> Result<String, Problem> {
    let personal = check(&Zeroizing::new(value)).map_err(|bad| Problem::bad_value(field, &bad))?;
    Ok(personal.expose().to_owned())
}
