use jiff::civil::Date;

use super::Writing;

/// The day that somebody wrote: 1990-01-01, 1990/1/1, 1990.1.1, 1990年1月1日, 一九九〇年一月一日, 19900101, in any width, also with
/// the midnight that spreadsheets add. None for any other text, and for a day with another time: who knows which one was meant.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = Writing::Figure.normalise(text).ok()?;
    let (date, time) = match text.rsplit_once([' ', 'T']) {
        Some((date, time)) if time.contains(':') => (date, Some(time)),
        Some(_) | None => (text.as_str(), None),
    };
    if time.is_some_and(|time| !is_midnight(time)) {
        return None;
    }
    let date: String = date.chars().filter(|c| !c.is_whitespace()).collect();
    let date = date.strip_suffix(['日', '号']).unwrap_or(&date);
    let parts: Vec<&str> = if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&date[..4], &date[4..6], &date[6..]]
    } else {
        date.split(['-', '/', '\\', '.', '。', '、', ',', '年', '月']).collect()
    };
    let [year, month, day] = parts.as_slice() else { return None };
    if year.chars().count() != 4 {
        return None;
    }
    let year = i16::try_from(digits(year)?).ok()?;
    let small = |part| digits(part).or_else(|| tens(part)).and_then(|n| i8::try_from(n).ok());
    Date::new(year, small(month)?, small(day)?).ok()
}

/// `00:00:00`, also shorter, with a fraction or with the zone of Greenwich behind it.
fn is_midnight(time: &str) -> bool {
    let time = time.strip_suffix('Z').unwrap_or(time);
    time.starts_with('0') && time.chars().all(|c| matches!(c, '0' | ':' | '.'))
}

/// One to four digits, in ASCII or as 〇 to 九, one behind the other.
fn digits(part: &str) -> Option<u16> {
    if part.is_empty() || part.chars().count() > 4 {
        return None;
    }
    part.chars().try_fold(0_u16, |number, c| Some(number * 10 + digit(c)?))
}

fn digit(c: char) -> Option<u16> {
    let han = "〇一二三四五六七八九".chars().zip(0..).find(|(han, _)| *han == c);
    let zero = matches!(c, '零' | '○').then_some(0);
    c.to_digit(10).map(|digit| digit as u16).or(han.map(|(_, digit)| digit)).or(zero)
}

/// 十, 十一, 二十, 三十一, also with 廿 and 卅.
fn tens(part: &str) -> Option<u16> {
    let part = part.replace('廿', "二十").replace('卅', "三十");
    let (tens, ones) = part.split_once('十')?;
    let tens = if tens.is_empty() { Some(1) } else { digits(tens) };
    let ones = if ones.is_empty() { Some(0) } else { digits(ones) };
    tens.zip(ones)
        .filter(|(tens, ones)| *tens < 10 && *ones < 10)
        .map(|(tens, ones)| tens * 10 + ones)
}
