use super::Writing;

/// 联系电话 as digits: a mainland mobile number, or a landline with its area code; with the country's code or without, however it
/// is parted. None for any other text.
#[must_use]
pub fn telephone(text: &str) -> Option<String> {
    let text = Writing::Figure.normalise(text).ok()?;
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '.' | '_'))
        .collect();
    let abroad = ["+86", "0086"].iter().find_map(|code| plain.strip_prefix(code));
    let abroad = abroad.or_else(|| plain.strip_prefix("86").filter(|rest| rest.len() >= 10));
    let number = match abroad {
        // From abroad an area code is dialled without its zero.
        Some(rest) if !rest.starts_with('0') && !is_mobile(rest) => format!("0{rest}"),
        Some(rest) => rest.to_owned(),
        None => plain,
    };
    (is_mobile(&number) || is_landline(&number)).then_some(number)
}

fn is_mobile(number: &str) -> bool {
    let bytes = number.as_bytes();
    bytes.len() == 11
        && matches!(bytes, [b'1', b'3'..=b'9', ..])
        && bytes.iter().all(u8::is_ascii_digit)
}

fn is_landline(number: &str) -> bool {
    let bytes = number.as_bytes();
    (10..=12).contains(&bytes.len())
        && matches!(bytes, [b'0', b'1'..=b'9', ..])
        && bytes.iter().all(u8::is_ascii_digit)
}
