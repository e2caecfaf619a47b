//! Bounds that stand in the code: no county sets them.

use std::fmt::Write as _;

use super::literals::room;

/// Constants of the rules with their comments.
pub fn section() -> String {
    let mut text = "## Bounds 上限\n\nOf this program, in the code; no county sets them. They catch slips of the pen and keep \
        events small.\n\n| where | bound | what it is |\n| --- | --- | --- |\n"
        .to_owned();
    for (path, source) in room("domain/src") {
        if !path.starts_with("domain/src/privacy/") {
            text += &bounds(&path, &source, |_| true);
        }
    }
    // Of the rooms around, those that a sentence names.
    for around in ["application/src", "api/src"].map(room) {
        let said: String = around.iter().map(|(_, source)| source.as_str()).collect();
        for (path, source) in &around {
            text += &bounds(path, source, |name| said.contains(&format!("{{{name}}}")));
        }
    }
    text
}

fn bounds(path: &str, source: &str, wanted: impl Fn(&str) -> bool) -> String {
    let (mut text, mut comment) = (String::new(), String::new());
    for line in source.lines() {
        if let Some(more) = line.strip_prefix("/// ") {
            comment = [comment.as_str(), more].join(" ");
            continue;
        }
        if let Some((name, value)) = bound(line).filter(|(name, _)| wanted(name)) {
            writeln!(text, "| `{path}` | `{name}` = {value} | {} |", comment.trim()).unwrap();
        }
        comment.clear();
    }
    text
}

/// `const NAME: u32 = 7;` of a whole number.
fn bound(line: &str) -> Option<(&str, &str)> {
    let declared = line.split_once("const ").filter(|(before, _)| {
        before.is_empty() || before.starts_with("pub ") || before.starts_with("pub(")
    })?;
    let (name, rest) = declared.1.split_once(": ")?;
    let (kind, value) = rest.split_once(" = ")?;
    let whole = ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64"].contains(&kind);
    Some((name, value.trim_end_matches(';'))).filter(|_| whole)
}
