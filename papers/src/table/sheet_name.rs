/// The most of a sheet's name, as spreadsheets count.
const MOST: usize = 31;

/// The name of a sheet as every spreadsheet has it: at most 31 characters, some of which it never holds, and not that of another,
/// whatever its case.
#[must_use]
pub fn sheet_name(title: &str, taken: &[String]) -> String {
    let fits = |c: &char| !c.is_control() && !r"[]:*?/\".contains(*c);
    let plain: String = title.trim().chars().filter(fits).collect();
    let plain = cut(plain.trim_matches('\''), MOST);
    let plain = if plain.is_empty() { "Sheet1".to_owned() } else { plain };
    let is_free = |name: &String| {
        let name = name.to_lowercase();
        taken.iter().all(|taken| taken.to_lowercase() != name)
    };
    let numbered = (2..).map(|number: u32| {
        let end = format!(" ({number})");
        cut(&plain, MOST - end.len()) + &end
    });
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The begin of a text, in units of UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let begin = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    begin.collect::<String>().trim_end_matches('\'').to_owned()
}
