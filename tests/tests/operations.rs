//! `docs/operations.md` and `deploy/` say what is so: commands, options, limits, figures and reasons are those of the programs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use tests::replay::replay;

use crate::circles::root;

const BOOK: &str = "docs/operations.md";

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All that a pattern's group finds in a text.
fn found<'a>(pattern: &str, text: &'a str) -> BTreeSet<&'a str> {
    let pattern = Regex::new(pattern).unwrap();
    pattern.captures_iter(text).map(|found| found.get(1).unwrap().as_str()).collect()
}

/// The text of a section of the book.
fn section(book: &str, number: u32) -> &str {
    let (_, from) = book.split_once(&format!("\n## {number} ")).unwrap();
    from.split("\n## ").next().unwrap()
}

/// What stands in backquotes: fenced lines, and words within a line.
fn code(markdown: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for (n, part) in markdown.split("```").enumerate() {
        let in_fence = n % 2 == 1;
        match in_fence {
            true => pieces.extend(part.lines().map(str::to_owned)),
            false => pieces.extend(part.split('`').skip(1).step_by(2).map(str::to_owned)),
        }
    }
    pieces
}

/// What a program says of a command of its, if it has such a one.
fn help(program: &str, command: &[&str]) -> Option<String> {
    let args: Vec<&str> = command.iter().copied().chain(["--help"]).collect();
    if program == "replay" {
        let told = replay(&args);
        return (told.code == 0).then_some(told.out);
    }
    let told = Command::new(env!("CARGO_BIN_EXE_yuanfa-process")).args(&args).output().unwrap();
    told.status.success().then(|| String::from_utf8(told.stdout).unwrap())
}

fn options(help: &str) -> BTreeSet<&str> {
    found(r"(--[a-z][a-z-]*)", help)
}

/// What is wrong with the commands that begin in a line of code.
fn wrong_in(line: &str) -> Vec<String> {
    let line = line.split(" # ").next().unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let starts = words.iter().enumerate().filter_map(|(at, word)| {
        let program = word.trim_start_matches("ExecStart=").rsplit('/').next().unwrap();
        ["yuanfa", "replay"].contains(&program).then_some((at, program))
    });
    starts.filter_map(|(at, program)| wrong_command(program, &words[at + 1..])).collect()
}

fn wrong_command(program: &str, words: &[&str]) -> Option<String> {
    let is_word =
        |word: &&&str| word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    let ends = |word: &&&str| !["&&", "|", ";", "\\"].contains(*word);
    let words: Vec<&str> = words.iter().take_while(ends).copied().collect();
    // It may be the name of an account or a unit: then no command follows, or the program itself does.
    let first = words.first().filter(is_word)?;
    if first.starts_with('-') || *first == program {
        return None;
    }
    let named = |length: usize| {
        let command: Vec<&str> = words.iter().take(length).copied().collect();
        (command.len() == length && command.iter().all(|word| is_word(&word)))
            .then(|| help(program, &command).map(|help| (command.join(" "), help)))
            .flatten()
    };
    let of_groups =
        ["token", "ledger", "clock", "vault", "audit", "holidays", "policy"].contains(first);
    let Some((command, help)) = named(if of_groups { 2 } else { 1 }) else {
        return Some(format!("{program} {}", words.join(" ")));
    };
    let known = options(&help);
    let named = words.iter().filter(|word| word.starts_with("--"));
    let named = named.map(|option| option.trim_end_matches('.'));
    let unknown: Vec<_> = named.filter(|option| !known.contains(option)).collect();
    (!unknown.is_empty()).then(|| format!("{program} {command}: {unknown:?}"))
}

#[test]
fn every_command_that_operators_read_exists() {
    let books = ["README.md", BOOK, "docs/kurrentdb.md", "deploy/kurrentdb/README.md"];
    let mut lines: Vec<String> = books.iter().flat_map(|book| code(&text(book))).collect();
    lines.extend(text("deploy/yuanfa.service").lines().map(str::to_owned));
    let wrong: Vec<_> = lines.iter().flat_map(|line| wrong_in(line)).collect();
    assert!(wrong.is_empty(), "named, and not there: {wrong:#?}");
    assert_eq!(wrong_in("yuanfa serve --no-such").len(), 1);
    assert_eq!(wrong_in("runuser -u yuanfa -- yuanfa no-such --data DIR").len(), 1);
}

#[test]
fn options_and_variables_that_stand_alone_exist() {
    let (yuanfa, verify) = (help("yuanfa", &[]).unwrap(), help("replay", &["verify"]).unwrap());
    let pieces = code(&text(BOOK));
    let alone = pieces.iter().filter(|piece| piece.starts_with("--")).map(String::as_str);
    let alone: BTreeSet<_> = alone.flat_map(options).collect();
    let known: BTreeSet<_> = options(&yuanfa).union(&options(&verify)).copied().collect();
    assert_eq!(alone.difference(&known).collect::<Vec<_>>(), [] as [&&str; 0]);
    assert!(alone.len() > 10, "{alone:?}");
    let known = found(r"\b(YUANFA_[A-Z_]+)\b", &yuanfa);
    for path in files_of("deploy").iter().map(String::as_str).chain([BOOK]) {
        let text = text(path);
        let named = found(r"\b(YUANFA_[A-Z_]+)\b", &text);
        let unknown: Vec<_> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?}");
    }
}

/// The files of a folder and of those in it, as paths from the root.
fn files_of(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root().join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            match root().join(&path).is_dir() {
                true if path.ends_with("secrets") => {}
                true => folders.push(path),
                false => found.push(path.to_str().unwrap().to_owned()),
            }
        }
    }
    found
}

#[test]
fn every_limit_stands_in_the_table_with_its_default() {
    let (help, book) = (help("yuanfa", &[]).unwrap(), text(BOOK));
    let (_, limits) = help.split_once("限额 Limits:").unwrap();
    let limit = Regex::new(
        r"(?s)(--[a-z-]+) <[A-Z]+>.*?\[env: (YUANFA_[A-Z_]+)=[^\]]*\].*?\[default: (\d+)\]",
    )
    .unwrap();
    let mut rows = Vec::new();
    for found in limit.captures_iter(limits) {
        let (_, [option, variable, default]) = found.extract();
        rows.push(format!("| `{option}` | `{variable}` | {default} |"));
    }
    assert_eq!(rows.len(), options(limits).len(), "{rows:#?}");
    let gone: Vec<_> = rows.iter().filter(|row| !section(&book, 3).contains(*row)).collect();
    assert!(gone.is_empty() && !rows.is_empty(), "§3 has no such row: {gone:#?}");
}

/// All Rust sources of some rooms but their tests.
fn sources(rooms: &[&str]) -> String {
    let paths = rooms.iter().flat_map(|room| files_of(&format!("{room}/src")));
    let paths = paths.filter(|path| path.ends_with(".rs") && !path.contains("tests"));
    paths.map(|path| text(&path)).collect()
}

#[test]
fn every_figure_is_one_that_is_counted() {
    let sources = sources(&["api", "application", "serving", "yuanfa"]);
    let known = found(r#""(yuanfa_[a-z_]+)""#, &sources);
    assert!(known.len() > 15, "{known:?}");
    for path in [BOOK, "deploy/prometheus/rules.yml", "deploy/grafana/dashboard.json"] {
        let text = text(path);
        let named = found(r"\b(yuanfa_[a-z_]*[a-z])\b", &text);
        let named = named.iter().map(|name| {
            let whole = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
            whole.unwrap_or(name)
        });
        let unknown: Vec<_> = named.filter(|name| !known.contains(name)).collect();
        assert!(unknown.is_empty(), "{path}: {unknown:?}");
    }
    let book = text(BOOK);
    let untold = known.iter().filter(|name| !section(&book, 4).contains(&format!("| `{name}` |")));
    assert_eq!(untold.collect::<Vec<_>>(), [] as [&&str; 0], "not in the table of §4");
    let dashboard: serde_json::Value =
        serde_json::from_str(&text("deploy/grafana/dashboard.json")).unwrap();
    assert!(dashboard["panels"].as_array().is_some_and(|panels| panels.len() > 10));
}

#[test]
fn every_reason_of_readyz_stands_in_the_table() {
    let health = text("api/src/routes/health.rs");
    let clock = text("application/src/app/clock.rs");
    let mut known = found(r#"code: "([a-z_]+\.[a-z_]+)""#, &health);
    known.extend(found(r#""(clock\.[a-z]+)""#, &clock));
    let book = text(BOOK);
    let (_, table) = section(&book, 4).split_once("| code | meaning | do |").unwrap();
    assert_eq!(found(r"(?m)^\| `([a-z_]+\.[a-z_]+)` \|", table), known);
    let rules = text("deploy/prometheus/rules.yml");
    let told = found(r#"reason="([a-z_.]+)""#, &rules);
    assert!(!told.is_empty() && told.is_subset(&known), "{told:?}");
}

#[test]
fn every_reason_of_a_halted_ledger_stands_in_its_section() {
    let (book, halt) = (text(BOOK), text("keeper/src/halt.rs"));
    // As far as they are the same whatever has happened.
    let reasons = found(r#"#\[error\("([^"{]+)"#, &halt);
    assert!(reasons.len() > 5, "{reasons:?}");
    let gone = reasons.iter().filter(|reason| !section(&book, 8).contains(reason.trim_end()));
    assert_eq!(gone.collect::<Vec<_>>(), [] as [&&str; 0]);
}

#[test]
fn whoever_names_a_section_names_one_that_is_there() {
    let book = text(BOOK);
    let headings = found(r"(?m)^## (\d+) ", &book);
    assert_eq!(headings.len(), 13);
    let sources = sources(&["api", "application", "event-store", "keeper", "serving", "yuanfa"]);
    let mut named = found(r"operations\.md §(\d+)", &sources);
    let rules = text("deploy/prometheus/rules.yml");
    named.extend(found(r"\(sections? (\d+)", &rules));
    assert!(named.len() > 3 && named.is_subset(&headings), "{named:?}");
    let links = found(r"\]\(#([a-z0-9-]+)\)", &book);
    let anchors: BTreeSet<String> = book
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|heading| heading.to_lowercase().replace(' ', "-").replace(',', ""))
        .collect();
    let gone: Vec<_> = links.iter().filter(|link| !anchors.contains(**link)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// What a tool of the system says, where the machine has it.
fn said(program: &str, args: &[&str]) -> Option<(bool, String)> {
    let output = Command::new(program).args(args).env("LC_ALL", "C.UTF-8").output().ok()?;
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

#[test]
fn the_unit_is_well_formed_and_hardened() {
    let unit = text("deploy/yuanfa.service");
    let has = |line: &str| unit.lines().any(|one| one == line);
    // Exit codes of an operator's errors, and what the service itself would do.
    for line in ["RestartPreventExitStatus=2 3", "UMask=0077", "StateDirectoryMode=0700"] {
        assert!(has(line), "{line}");
    }
    let stop = found(r"(?m)^TimeoutStopSec=(\d+)$", &unit).first().unwrap().parse::<u64>().unwrap();
    assert!(stop >= 20, "running requests have ten seconds, and then all is closed: {stop}");
    // The tool looks for the program, which is not installed here.
    let folder = tempfile::tempdir().unwrap();
    let copy: &Path = &folder.path().join("yuanfa.service");
    std::fs::write(copy, unit.replace("/usr/bin/yuanfa serve", "/bin/true serve")).unwrap();
    let copy = copy.to_str().unwrap();
    for args in [vec!["verify", copy], vec!["security", "--offline=yes", "--threshold=20", copy]] {
        let told = said("systemd-analyze", &args);
        assert!(told.as_ref().is_none_or(|(well, _)| *well), "{args:?}: {told:?}");
    }
}

#[test]
fn the_rules_are_such_as_prometheus_takes() {
    let rules = root().join("deploy/prometheus/rules.yml");
    assert!(std::fs::read_to_string(&rules).unwrap().contains("severity: page"));
    let told = said("promtool", &["check", "rules", rules.to_str().unwrap()]);
    assert!(told.as_ref().is_none_or(|(well, _)| *well), "{told:?}");
}

#[test]
fn no_proxy_logs_what_a_secret_link_carries() {
    let (nginx, caddy) = (text("deploy/nginx.conf"), text("deploy/Caddyfile"));
    let formats: Vec<_> = nginx.lines().filter(|line| !line.trim().starts_with('#')).collect();
    let formats = formats.join("\n");
    let format = found(r"(?s)log_format yuanfa ([^;]+);", &formats);
    assert!(format.first().is_some_and(|it| it.contains("$uri") && !it.contains("$request_uri")));
    let logs = found(r"(?m)^\s*access_log (.+);", &formats);
    assert!(logs.iter().all(|log| log.ends_with(" yuanfa")), "{logs:?}");
    // One for what Caddy itself logs, one for requests.
    assert_eq!(caddy.matches(r#"request>uri regexp \?.* """#).count(), 2);
    assert_eq!(caddy.matches("log {").count(), 2);
}
