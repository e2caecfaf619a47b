//! Personal values of a body, checked before they go to the vault. A problem never repeats them.

use axum::http::StatusCode;

use super::problem::Problem;

const LONGEST_NAME: usize = 50;
const LONGEST_TEXT: usize = 200;

/// 姓名: letters, spaces and middle dots.
///
/// # Errors
/// 422 at `field`.
pub fn name(field: &str, value: String) -> Result<String, Problem> {
    let is_part =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '〇' | '·' | '•' | '‧' | '.' | '\'' | '-');
    let fits = value.chars().all(is_part) && value.chars().any(char::is_alphabetic);
    if fits && value.chars().count() <= LONGEST_NAME {
        return Ok(value.trim().to_owned());
    }
    Err(bad(
        "personal.name",
        format!("应为1至{LONGEST_NAME}个字的姓名，不含数字和其他符号。"),
        format!(
            "A name of 1 to {LONGEST_NAME} characters is expected, without digits and other signs."
        ),
        field,
    ))
}

/// 联系电话: a mainland mobile number or a landline with its area code; kept as digits.
///
/// # Errors
/// 422 at `field`.
pub fn telephone(field: &str, value: String) -> Result<String, Problem> {
    let digits: String = value.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = digits.strip_prefix("+86").unwrap_or(&digits);
    let fits = match digits.as_bytes() {
        [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9,
        [b'0', b'1'..=b'9', rest @ ..] => (8..=10).contains(&rest.len()),
        _ => false,
    };
    if fits && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(digits.to_owned());
    }
    Err(bad(
        "personal.telephone",
        "应为11位手机号码，或带区号的固定电话。".to_owned(),
        "A mobile number of 11 digits is expected, or a landline number with its area code."
            .to_owned(),
        field,
    ))
}

/// Any other personal text, such as 居住区域; may be empty.
///
/// # Errors
/// 422 at `field`.
pub fn text(field: &str, value: String) -> Result<String, Problem> {
    if value.chars().count() <= LONGEST_TEXT && !value.chars().any(char::is_control) {
        return Ok(value.trim().to_owned());
    }
    Err(bad(
        "personal.text",
        format!("最多{LONGEST_TEXT}个字，不含控制字符。"),
        format!("At most {LONGEST_TEXT} characters, without control characters."),
        field,
    ))
}

fn bad(code: &'static str, zh: String, en: String, field: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, zh, en).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_people_write_and_refuses_the_rest() {
        for good in ["张三", "买买提·吐尔逊", "John O'Neil"] {
            assert!(name("name", good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", " ", "张3", &"张".repeat(51)] {
            assert!(name("name", bad.to_owned()).is_err(), "{bad}");
        }
        assert_eq!(telephone("t", "+86 138-0013-8000".to_owned()), Ok("13800138000".to_owned()));
        assert_eq!(telephone("t", "0574-65711234".to_owned()), Ok("057465711234".to_owned()));
        for bad in ["", "12345678901", "1380013800", "138001380000", "1380013800x"] {
            assert!(telephone("t", bad.to_owned()).is_err(), "{bad}");
        }
        assert!(text("residence", "丹东街道".to_owned()).is_ok());
        assert!(text("residence", "a\u{0}".to_owned()).is_err());
    }
}
