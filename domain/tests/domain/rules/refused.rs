//! Refusals of all rooms: those of `domain` as they are declared, those of the rooms around it as their sources say them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::refusals::declared;
use super::bases;
use super::literals::{Literal, is_chinese, is_code, literals, room};
use super::shown::Tests;

/// Not refusals: states of the service, and remarks on a table that was read.
const OTHERS: [&str; 3] = ["/openapi/", "/health.rs", "/remarks.rs"];

/// Refusals of `domain` that the application gives: it alone can ask the vault.
const ASKED_OF_THE_VAULT: &[&str] = &["activity.age_unknown"];

struct Refused {
    code: String,
    /// What tests of its own room may call it: `BadFile::Empty`.
    variant: String,
    zh: String,
    en: String,
}

pub fn section() -> String {
    let tests = Tests::of(&["domain/src"]);
    let others = Tests::of(&["application/src", "api/src", "evidence/src", "tests/tests"]);
    let (imports, application): (Vec<_>, Vec<_>) =
        room("application/src").into_iter().partition(|(path, _)| path.contains("/imports/"));
    let rules = declared().into_iter().map(|it| Refused {
        code: it.code.to_owned(),
        variant: String::new(),
        zh: braces(it.zh),
        en: braces(it.en),
    });
    let mut text =
        "## Refusals 不予办理\n\nEach rule by the code of its refusal; `{…}` is filled in.\n"
            .to_owned();
    text += &tables(rules.collect(), |code, variant| {
        let asked = ASKED_OF_THE_VAULT.contains(&code);
        let elsewhere = if asked { others.showing(code, variant) } else { vec![] };
        [tests.showing(code, variant), elsewhere].concat()
    });
    text += "\n## Refusals across things 跨事项\n\nWhat a rule needs to know of several things at once, of people and accounts; \
        asked before the rules above.\n";
    let showing = |code: &str, variant: &str| others.showing(code, variant);
    text += &tables(said(&application), showing);
    text += "\n## Imported tables 导入表格\n\nA row that is refused is listed with its code; the good rows are taken.\n";
    text += &tables(said(&imports), showing);
    text += "\n## Requests 请求\n\nHow a request and a file must be, and what the service itself lacks: no rules of the field.\n";
    text += &tables(said(&[room("api/src"), room("evidence/src")].concat()), showing);
    text
}

fn tables(refused: Vec<Refused>, showing: impl Fn(&str, &str) -> Vec<String>) -> String {
    let mut by_kind: BTreeMap<String, Vec<Refused>> = BTreeMap::new();
    for one in refused {
        by_kind.entry(one.code.split('.').next().unwrap().to_owned()).or_default().push(one);
    }
    let mut text = String::new();
    for (kind, refused) in by_kind {
        let head =
            "| code | 规则 | rule | figure and source | tests |\n| --- | --- | --- | --- | --- |";
        writeln!(text, "\n### {kind}\n\n{head}").unwrap();
        for Refused { code, variant, zh, en } in refused {
            let basis = bases::of(&code, &zh);
            let shown = showing(&code, &variant).join(", ");
            writeln!(text, "| `{code}` | {zh} | {en} | {basis} | {shown} |").unwrap();
        }
    }
    text
}

/// Codes with the sentences that follow them.
fn said(sources: &[(String, String)]) -> Vec<Refused> {
    let mut found: Vec<Refused> = vec![];
    let refusing = |(path, _): &&(String, String)| !OTHERS.iter().any(|it| path.contains(it));
    for (_, source) in sources.iter().filter(refusing) {
        let all = literals(source);
        for (index, (at, code)) in all.iter().enumerate().filter(|(_, (_, text))| is_code(text)) {
            let next = all[index + 1..].iter().take_while(|(_, text)| !is_code(text)).take(8);
            let Some((zh, en)) = sentences(next).or_else(|| by_helper(sources, source, *at)) else {
                continue;
            };
            if !found.iter().any(|one| one.code == *code && one.zh == zh) {
                found.push(Refused {
                    code: code.clone(),
                    variant: variant(&source[..*at]),
                    zh,
                    en,
                });
            }
        }
    }
    found
}

/// The first sentence in Chinese, and the English one after it.
fn sentences<'a>(mut next: impl Iterator<Item = &'a Literal>) -> Option<(String, String)> {
    let ended = |text: &str| text.contains(['。', '；']);
    let (_, zh) = next.find(|(_, text)| is_chinese(text) && ended(text))?;
    let (_, en) = next.find(|(_, text)| text.contains(' ') && !ended(text))?;
    Some((braces(zh), braces(en)))
}

/// The sentences of the function that a code is handed to.
fn by_helper(sources: &[(String, String)], source: &str, at: usize) -> Option<(String, String)> {
    let mut depth = 0;
    let opens = source[..at].char_indices().rev().find(|(_, c)| {
        depth += i32::from(*c == ')') - i32::from(*c == '(');
        depth < 0
    });
    let called = &source[..opens?.0];
    let name = called.rsplit(|c: char| !(c.is_ascii_lowercase() || c == '_')).next()?;
    let head = format!("fn {name}(");
    sources.iter().find_map(|(_, it)| {
        let body = &it[it.find(&head)?..];
        let end = body.find("\n}").unwrap_or(body.len());
        sentences(literals(&body[..end]).iter())
    })
}

/// The variant of an enum that the text before a code ends with; nothing where it is of none.
fn variant(before: &str) -> String {
    let word = |from: &str| {
        let end = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
        from[..end].to_owned()
    };
    let after = |mark: &str| before.rfind(mark).map(|at| (at, word(&before[at + mark.len()..])));
    let line = before.rfind('\n').map_or(before, |at| before[at + 1..].trim_start());
    let (declared, implemented) = (after("pub enum "), after("\nimpl "));
    let own = if declared > implemented {
        declared.map(|(_, name)| (name, word(line)))
    } else {
        implemented.zip(after("Self::")).map(|((_, name), (_, variant))| (name, variant))
    };
    let own = own.filter(|(_, variant)| variant.starts_with(char::is_uppercase));
    own.map(|(name, variant)| format!("{name}::{variant}")).unwrap_or_default()
}

fn braces(text: &str) -> String {
    text.replace("{{", "{").replace("}}", "}").replace('|', "\\|")
}

#[test]
fn every_refusal_is_tested_beside_its_rule() {
    let tests = Tests::of(&["domain/src"]);
    let untested: Vec<_> = declared()
        .iter()
        .map(|it| it.code)
        .filter(|code| tests.showing(code, "").is_empty())
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn every_code_of_the_rooms_around_has_its_sentence() {
    let page = section();
    // Names of files and of an account, and states of the service.
    let others = [".sqlite", ".key", ".xml", "cli.operator", "sheet.no_table", "store.halted"];
    let answered = ["application/src", "api/src", "evidence/src"].map(room).concat();
    let states = ["/health.rs", "/remarks.rs"];
    let mut missing = vec![];
    for (path, source) in
        answered.iter().filter(|(path, _)| !states.iter().any(|it| path.ends_with(it)))
    {
        let codes = literals(source).into_iter().map(|(_, text)| text).filter(|it| is_code(it));
        let untold = |code: &String| {
            !page.contains(&format!("| `{code}` |")) && !others.iter().any(|it| code.ends_with(it))
        };
        missing.extend(codes.filter(untold).map(|code| (path.clone(), code)));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
