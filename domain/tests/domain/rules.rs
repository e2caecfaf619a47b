//! `docs/rules.md` is made from the rules: figures, sources, who may do what, refusals, and the tests that ask for them.

use std::fmt::Write as _;
use std::path::Path;

use domain::permission::{self, Act, Scope};
use domain::rulebook::{Adopted, NAMES};
use domain::sources::{Checked, OWN_DEFAULT, SOURCES};
use serde_json::Value;

mod bases;
mod limits;
mod literals;
mod refused;
mod shown;

const DOCUMENT: &str = "../docs/rules.md";
const HEAD: &str = "# The rules 规则

Made from the code by a test of `domain`, which fails where this page is not what the code says.
After a change of a rule, a sentence, a figure, a source or a test, make it anew: `cargo rules`.

A source is a law, one of the documents that the program was made from, or says that there is none: 本程序默认值,由县确定
(a default of this program, for the county to set). 参照 marks a rule that is this program's own and goes by what the
source says of something like it. Where no source stands, the rule is this program's own: it keeps records whole, in their
order and unambiguous. Where no test stands, none names the refusal. What a county adopts names its own sources.
";

#[test]
fn the_documentation_is_what_the_code_says() {
    let made =
        [HEAD.to_owned(), figures(), limits::section(), sources(), acts(), refused::section()];
    let made = made.join("\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    if std::env::var_os("YUANFA_WRITE_RULES").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let stands = std::fs::read_to_string(&path).unwrap_or_default();
    let other = made.lines().zip(stands.lines().chain(std::iter::repeat(""))).find(|(a, b)| a != b);
    assert!(
        made == stands,
        "docs/rules.md is not what the code says; make it anew with: cargo rules\n{other:#?}"
    );
}

/// A figure of the shipped rulebook, by its name there, with the source that it cites.
fn figure(rule: &str) -> Option<(Value, &'static str)> {
    let shipped = &Adopted::shipped().rules;
    let stated = [
        serde_json::to_value(shipped).unwrap(),
        serde_json::to_value(shipped.deliberation()).unwrap(),
        serde_json::to_value(shipped.deliberation().procedure()).unwrap(),
    ];
    let value = stated.iter().find_map(|all| all.get(rule))?["value"].clone();
    let (_, source) = shipped.sources().into_iter().find(|(name, _)| *name == rule)?;
    Some((value, source))
}

fn figures() -> String {
    let mut text =
        "## Figures 数值\n\nAs the program ships them; `domain/rulebook/shipped.json`. A county adopts its own.\n\n\
        | rule | 规则 | what it is | figure | source |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    let mut lists = String::new();
    for (rule, source) in Adopted::shipped().rules.sources() {
        let named = NAMES.iter().find(|(name, ..)| *name == rule);
        let unnamed = || panic!("say in domain/src/rulebook/names.rs what {rule} is");
        let (_, zh, en) = named.unwrap_or_else(unnamed);
        let (value, _) = figure(rule).unwrap();
        let items = value.as_array().filter(|items| items.iter().any(Value::is_object));
        let shown = items.map_or_else(|| plain(&value), |_| "see below".to_owned());
        writeln!(text, "| `{rule}` | {zh} | {en} | {shown} | {source} |").unwrap();
        if let Some(items) = items {
            writeln!(lists, "\n`{rule}` {zh}:\n").unwrap();
            items.iter().for_each(|item| writeln!(lists, "- {}", plain(item)).unwrap());
        }
    }
    text + &lists
}

/// `1, 2`, `body council, notice_days 0`, or `> 1/2` for a share.
fn plain(value: &Value) -> String {
    let joined = |all: Vec<String>| if all.is_empty() { "none".to_owned() } else { all.join(", ") };
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => joined(items.iter().map(plain).collect()),
        Value::Object(fields) => match (&fields.get("more_than"), &fields.get("numerator")) {
            (Some(more), Some(numerator)) => {
                let sign = if **more == Value::Bool(true) { ">" } else { "≥" };
                format!("{sign} {numerator}/{}", fields["denominator"])
            }
            (Some(_), None) | (None, _) => joined(
                fields.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect(),
            ),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn sources() -> String {
    let mut text = format!(
        "## Sources 依据\n\nEvery source that the code cites. The text of the law was read in the copy that is named; \
         未核对 (not verified): what it says was taken from the requirements of the program.\n\n\
         | source | 内容 | what it says | checked |\n| --- | --- | --- | --- |\n\
         | {OWN_DEFAULT} | 没有依据的数值 | a figure without a source | – |\n"
    );
    for source in SOURCES {
        let checked = match source.checked {
            Checked::Document => "the document".to_owned(),
            Checked::Text(copy) => format!("the text: {copy}"),
            Checked::Requirements => "未核对".to_owned(),
        };
        let (title, place, zh, en) = (source.title, source.place, source.zh, source.en);
        writeln!(text, "| {title} {place} | {zh} | {en} | {checked} |").unwrap();
    }
    text
}

fn acts() -> String {
    let mut text = "## Who may 权限\n\nWhich roles may do or read what: all over the county, in their unit and below it \
        (本单位), or what concerns themselves (本人). The system itself may act everywhere. Whoever may not is refused with \
        `permission.role`, `permission.elsewhere` or `permission.not_own`; the same table once more, by letters, is a test: \
        `domain/src/permission/tests.rs`.\n\n| act | 角色 |\n| --- | --- |\n"
        .to_owned();
    for act in Act::ALL {
        let roles = permission::roles(*act).map(|role| {
            let within = match permission::scope(role, *act).unwrap() {
                Scope::County => "",
                Scope::Subtree => "(本单位)",
                Scope::Own => "(本人)",
            };
            format!("{}{within}", role.zh())
        });
        let roles: Vec<_> = roles.collect();
        let name = serde_json::to_value(act).unwrap();
        writeln!(text, "| `{}` | {} |", plain(&name), roles.join("、")).unwrap();
    }
    text
}
