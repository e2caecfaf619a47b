//! What is said in Chinese is Chinese throughout, and what is said in English is English.
//!
//! Every text in the code that holds a Chinese character is held to it. What people write as it is – formats, commands,
//! options, names of parameters – stands in [`WRITTEN_SO`]; whoever adds another such word adds it there. A fact of a refusal
//! that is a word of ours is of a type that says itself in both languages: `{word}` in Chinese, `{word:#}` in English.

mod literals;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::circles::{rooms, root};

/// Latin words in Chinese sentences: people write them so.
static WRITTEN_SO: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    "
    ASCII CSV Excel GB18030 GBK HTML IP JPEG JSON KurrentDB MB GB MiB ODS PDF PEM PNG RFC S3 SHA-256 TLS UTF-16 UTF-8
    UUID WPS WebP Word XFA XLS XLSB XLSX XML systemd
    Accept Authorization Bearer Content-Type ETag GET If-Match Idempotency-Key POST X-Position yf_
    as_of base64 csv cursor en enough false file group id json keys leader ledger limit log null path prefix purpose quorum true
    virtual xls xlsx zh
    connectionName endpoint nodePreference region style tls tlsCaFile userCertFile userKeyFile
    divisions units roster sign-in counting-lists accounts meeting topic county town village
    monthly-report meeting-calendar quota unit-330225001 resolution- level- level-0 replay yuanfa
    "
    .split_whitespace()
    .collect()
});

/// Where one text says the same in both languages, the Chinese first.
const IN_BOTH: &[(&str, &str)] = &[
    ("api/src/answer/problem/mod.rs", "titles of problems"),
    ("api/src/openapi/", "the description of the API"),
    ("api/src/routes/accounts.rs", "the description of the API"),
    ("api/src/routes/imports.rs", "the description of the API"),
    ("application/src/app/", "errors of a start, for operators"),
    ("application/src/imports/carry/roster.rs", "a purpose of a reading, as it is stored"),
    ("application/src/imports/kind.rs", "an error of the command line"),
    ("application/src/imports/template.rs", "heads of a workbook"),
    ("application/src/people/", "purposes of readings, as they are stored"),
    ("application/src/setup/", "answers to operators"),
    ("papers/src/table/xlsx.rs", "a cell of a workbook"),
    ("projections/src/engine/", "descriptions of columns"),
    ("replay-tool/src/cli/", "errors of the command line, of which one language is told"),
    ("replay-tool/src/moment.rs", "an error of the command line, of which one language is told"),
    ("vault/src/error.rs", "errors of a start, for operators"),
    ("yuanfa/src/", "answers to operators"),
];

/// Files whose Chinese is no sentence.
const NO_SENTENCES: &[&str] = &[
    "domain/src/values/writing/characters.rs",
    "domain/src/privacy/words.rs",
    "domain/src/sources.rs",
    "projections/src/engine/schema.rs",
];

/// Facts of refusals that are text, and why that is no word of ours.
const TEXTS: &[(&str, &str)] = &[
    ("ledger_key.other_ledger", "the name of a ledger"),
    ("meeting.bad_list", "a building"),
    ("meeting.list_replaced", "a building"),
    ("meeting.list_twice", "a building"),
    ("campaign.known", "the name of a campaign"),
    ("personal.name", "both languages are given"),
    ("personal.no_answer", "what somebody wrote"),
    ("personal.text", "both languages are given"),
    ("points.unknown_item", "codes of the catalogue"),
    ("rulebook.figure", "the key of a rule"),
    ("rulebook.personal_data", "the key of a rule"),
    ("rulebook.uncited", "the key of a rule"),
    ("service.already_checked_in", "the title of an activity"),
    ("sign_in.differs", "heads of the workbook"),
    ("sign_in.overlaps_row", "both languages are given"),
    ("unit.already_registered", "the name of a unit"),
    ("unit.second_county", "the name of a unit"),
    ("volunteer.no_skill", "what somebody wrote"),
];

/// Types of facts that are written alike in both languages: figures, days, numbers and codes.
const ALIKE: &[&str] = &[
    "ActivityId",
    "BulletinId",
    "CampaignCode",
    "Date",
    "IssueId",
    "Key",
    "MeetingId",
    "Moment",
    "Month",
    "Part",
    "PersonId",
    "Point",
    "Points",
    "ResolutionId",
    "SealedDigest",
    "Stretch",
    "TopicCode",
    "UnitCode",
    "i16",
    "i64",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// What no reader takes for a word: facts, addresses, commands, options, files, codes.
static NO_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"\{\{[^}]*\}\}",
        r"\{[^}]*\}",
        r"(?-u:\b)(?:https?|sqlite|file|s3|kurrentdb|esdb)(?:\+discover)?:\S*",
        r"(?-u:\b)(?:replay|yuanfa)(?: [a-z][a-z-]*)+",
        r"--[a-z][a-z-]*(?: [a-z_]+)?",
        r"multipart/form-data|application/json|ledger/key|c2sp\.org/[a-z-]+|tile/[0-9x/<]*",
        r"/[a-z_.]+(?:/[a-z0-9_.<>-]+)*",
        r"(?-u:\b)[A-Z]+(?:_[A-Z]+)+(?-u:\b)",
        r"(?-u:\b)[\w-]+\.(?:sqlite|md|key|json|csv|xlsx|xls)(?-u:\b)|\.xlsx?(?-u:\b)",
        r"(?-u:\b)V[0-9A-Z]{12}(?-u:\b)",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:+]*",
        r"\$all|cn-hangzhou",
        // A parameter with its meaning: `name(姓名)`.
        r"(?-u:\b)[a-z_]+\([\u3400-\u{9fff}]+",
    ];
    Regex::new(&parts.join("|")).unwrap()
});
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[A-Za-z][A-Za-z0-9_-]+").unwrap());
static HAN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\u3400-\u{9fff}]+").unwrap());
/// A text of both languages: Chinese up to the first space or stop before words without any.
static BOTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?s)^(.*[\u3400-\u{9fff}][^A-Za-z\u3400-\u{9fff}]*)[A-Za-z][^\u3400-\u{9fff}]*$")
        .unwrap()
});
static QUOTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"“[^”]*”|"[^"]*""#).unwrap());
/// Terms of the field in an English sentence.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\([^()]*\)|（[^）]*）").unwrap());

/// What of a text is in the wrong language.
fn foreign(file: &Path, text: &str) -> Vec<String> {
    let told = NO_WORDS.replace_all(text, " ");
    if !IN_BOTH.iter().any(|(start, _)| file.starts_with(start)) {
        return foreign_in(&told);
    }
    let chinese = |line: &str| BOTH.captures(line).map_or(line.to_owned(), |it| it[1].to_owned());
    told.lines()
        .filter(|line| HAN.is_match(line))
        .flat_map(|line| foreign_in(&chinese(line)))
        .collect()
}

fn foreign_in(told: &str) -> Vec<String> {
    let unquoted = QUOTED.replace_all(told, " ");
    let characters: usize = han(&unquoted).iter().map(|run| run.chars().count()).sum();
    let is_english = latin(&unquoted).len() * 2 > characters.max(4);
    if is_english { han(&BRACKETED.replace_all(&unquoted, " ")) } else { latin(told) }
}

fn latin(text: &str) -> Vec<String> {
    let words = WORD.find_iter(text).map(|word| word.as_str());
    words.filter(|word| !WRITTEN_SO.contains(word)).map(str::to_owned).collect()
}

fn han(text: &str) -> Vec<String> {
    HAN.find_iter(text).map(|run| run.as_str().to_owned()).collect()
}

fn sources() -> impl Iterator<Item = (PathBuf, String)> {
    let of_room = |room: &str| literals::files(&root().join(room).join("src"));
    let rooms = rooms().filter(|room| *room != "demo");
    rooms.flat_map(of_room).map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.strip_prefix(root()).unwrap().to_owned(), text)
    })
}

#[test]
fn a_chinese_sentence_holds_no_other_words_and_an_english_one_no_chinese() {
    let mut wrong = Vec::new();
    let mut told = 0;
    for (file, source) in sources() {
        if NO_SENTENCES.iter().any(|it| file.starts_with(it)) {
            continue;
        }
        for (line, text) in literals::of(&source) {
            if HAN.is_match(&text) {
                told += 1;
                let foreign = foreign(&file, &text);
                if !foreign.is_empty() {
                    wrong.push(format!("{}:{line}: {foreign:?} in {text:?}", file.display()));
                }
            }
        }
    }
    assert!(told > 3000, "{told} texts with Chinese");
    assert!(
        wrong.is_empty(),
        "say it in the language of the sentence, or see WRITTEN_SO:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn what_is_foreign_is_found() {
    let zh = Path::new("domain/src/x.rs");
    let cases = [
        ("volunteer不能办理此事;可办理的角色:{roles}。", vec!["volunteer"]),
        ("请用 CSV 或 replay verify --lang zh,见 /openapi.json。", vec![]),
        ("议题处于accepted,不能再办理。", vec!["accepted"]),
        ("The squad is not approved by 团县委 yet.", vec!["团县委"]),
        ("The county committee (团县委) has not approved the squad.", vec![]),
        ("Give the day in the column “同意日期”.", vec![]),
    ];
    for (text, found) in cases {
        assert_eq!(foreign(zh, text), found, "{text}");
    }
    let operators = Path::new("yuanfa/src/cli/x.rs");
    assert!(foreign(operators, "数据目录 data folder {}").is_empty());
    assert_eq!(foreign(zh, "数据目录 data"), ["data"]);
}

/// `Variant { facts } "code" … => "中文", "English";`, as `refusals!` takes it.
static REFUSAL: LazyLock<Regex> = LazyLock::new(|| {
    let text = r#""((?:[^"\\]|\\.)*)""#;
    let head =
        r#"(?m)^\s+\w+ \{([^{}]*)\}\s*"([a-z_]+\.[a-z_]+)"(?: (?:absent )?at "[^"]*")? =>\s*"#;
    Regex::new(&format!(r"{head}{text},\s*{text};")).unwrap()
});
static FACT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(\w+): ([^,]+)").unwrap());

#[test]
fn a_refusal_says_its_facts_in_the_language_of_the_sentence() {
    let mut wrong = Vec::new();
    let mut known = BTreeSet::new();
    for (file, source) in sources() {
        let macros = source.matches("refusals! {").count();
        let mut here = 0;
        for refusal in REFUSAL.captures_iter(&source) {
            here += 1;
            let [_, facts, code, zh, en] =
                [0, 1, 2, 3, 4].map(|at| refusal.get(at).map_or("", |it| it.as_str()));
            known.insert(code.to_owned());
            for fact in FACT.captures_iter(facts) {
                let (name, kind) = (&fact[1], fact[2].trim());
                let kind = kind.rsplit("::").next().unwrap_or(kind);
                let is_text =
                    ["String", "&'static str"].contains(&kind) || kind.starts_with("Text<");
                let (plain, english) = (format!("{{{name}}}"), format!("{{{name}:#}}"));
                let fits = if is_text {
                    TEXTS.iter().any(|(text, _)| *text == code)
                } else if ALIKE.contains(&kind) {
                    !zh.contains(&english) && !en.contains(&english)
                } else {
                    !zh.contains(&english) && !en.contains(&plain)
                };
                if !fits {
                    wrong.push(format!(
                        "{}: {code}: the fact {name} is a {kind}; a word of ours is {plain} in Chinese and {english} in English, \
                         text stands in TEXTS, what is written alike in ALIKE",
                        file.display()
                    ));
                }
            }
        }
        let is_declaration = file.ends_with("refusal.rs");
        assert!(
            macros == 0 || here > 0 || is_declaration,
            "{}: no refusal was read",
            file.display()
        );
    }
    assert!(known.len() > 300, "{} refusals", known.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let gone: Vec<_> = TEXTS.iter().filter(|(code, _)| !known.contains(*code)).collect();
    assert!(gone.is_empty(), "no such refusals any more: {gone:?}");
}
