//! Whatever is cited is in the table of sources, and whatever is in the table is cited.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::rulebook::Adopted;
use domain::sources::{OWN_DEFAULT, SOURCES, Source};

use super::refusals::declared;

/// The sources that a text cites, or the citation that the table does not hold.
pub fn cited(text: &str) -> Result<Vec<&'static Source>, String> {
    let text = &with_signs(text);
    let mut sources = articles(text)?;
    if let Some(short) = shortened(text) {
        return Err(short);
    }
    for title in titles().filter(|title| SOURCES.iter().any(|it| it.title == *title && !is_law(it)))
    {
        for (at, _) in text.match_indices(&format!("{title} ")) {
            sources.extend(parts(title, &text[at + title.len() + 1..])?);
        }
    }
    Ok(sources)
}

/// `第11条` as `§11`.
fn with_signs(text: &str) -> String {
    let mut rest = text;
    let mut written = String::new();
    while let Some(at) = rest.find('第') {
        let (before, from) = rest.split_at(at);
        let after = &from['第'.len_utf8()..];
        let article = number(after).and_then(|(it, rest)| Some((it, rest.strip_prefix('条')?)));
        let (sign, behind) =
            article.map_or(("第".to_owned(), after), |(it, rest)| (format!("§{it}"), rest));
        written += before;
        written += &sign;
        rest = behind;
    }
    written + rest
}

/// A part of a document by less than its whole title, as `方案 三(五)`.
fn shortened(text: &str) -> Option<String> {
    let title = "基层援法议事工作方案";
    let part =
        |rest: &str| rest.starts_with(|c| "一二三四五六".contains(c)) || rest.starts_with("附件");
    let mut named = text.match_indices("方案 ").map(|(at, it)| text.split_at(at + it.len()));
    let short = named.find(|(before, rest)| part(rest) && !before.trim_end().ends_with(title))?;
    Some(format!("方案 {}", short.1.chars().take(12).collect::<String>()))
}

fn titles() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|source| source.title).collect::<BTreeSet<_>>().into_iter()
}

fn is_law(source: &Source) -> bool {
    source.place.starts_with('§')
}

/// `五` or `二(一)、五(四)`, the longest part that fits.
fn parts(title: &str, mut rest: &str) -> Result<Vec<&'static Source>, String> {
    let mut found = vec![];
    loop {
        let fitting = SOURCES.iter().filter(|it| it.title == title && rest.starts_with(it.place));
        let Some(source) = fitting.max_by_key(|it| it.place.len()) else {
            return Err(format!("{title} {}", rest.chars().take(12).collect::<String>()));
        };
        found.push(source);
        match rest[source.place.len()..].strip_prefix('、') {
            Some(more) => rest = more,
            None => return Ok(found),
        }
    }
}

/// A title right before `§`, and the articles that follow.
fn articles(text: &str) -> Result<Vec<&'static Source>, String> {
    let mut found = vec![];
    for (at, _) in text.match_indices('§') {
        let before = text[..at].trim_end_matches(' ');
        if !before.ends_with(|c| ('一'..='龥').contains(&c)) {
            continue;
        }
        let Some(title) = titles().find(|title| before.ends_with(title)) else {
            let start = before.char_indices().rev().nth(15).map_or(0, |(start, _)| start);
            return Err(text[start..].chars().take(24).collect());
        };
        for (first, last) in ranges(&text[at..]) {
            for article in first..=last {
                let holds = |it: &&Source| {
                    it.title == title
                        && ranges(it.place).iter().any(|(a, b)| (*a..=*b).contains(&article))
                };
                found.push(SOURCES.iter().find(holds).ok_or(format!("{title} §{article}"))?);
            }
        }
    }
    found.dedup_by_key(|source| (source.title, source.place));
    Ok(found)
}

/// `§4–§8、§11` as (4, 8), (11, 11).
fn ranges(mut text: &str) -> Vec<(u32, u32)> {
    let mut found = vec![];
    while let Some((first, rest)) = text.strip_prefix('§').and_then(number) {
        let to = rest.strip_prefix('–').map(|rest| rest.trim_start_matches('§'));
        let (last, rest) = to.and_then(number).unwrap_or((first, rest));
        found.push((first, last));
        text = ["、", ", "].iter().find_map(|and| rest.strip_prefix(and)).unwrap_or_default();
    }
    found
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Sources, documentation and the shipped rulebook.
pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') {
                files(&path, found);
            }
        } else if name.ends_with(".rs") || name.ends_with(".md") || name == "shipped.json" {
            found.push(path);
        }
    }
}

#[test]
fn a_citation_is_found_in_the_table_or_refused() {
    let places =
        |text| cited(text).map(|found| found.iter().map(|it| it.place).collect::<Vec<_>>());
    for (text, found) in [
        ("须投保(志愿服务条例§17)。", vec!["§17"]),
        ("参照民法典§19–20", vec!["§19–20"]),
        ("村民委员会组织法 §21–22、§26;民法典 §278", vec!["§21–22", "§26", "§278"]),
        ("村民委员会组织法 §22, §26)", vec!["§21–22", "§26"]),
        ("民政部令第67号 §4–§8", vec!["§4–8"]),
        ("关于组建法治志愿者队伍的通知 二(一)、五(四)", vec!["二(一)", "五(四)"]),
        ("基层援法议事工作方案 五", vec!["五"]),
        ("个人信息保护法第47条;第1号", vec!["§47"]),
        ("docs/operations.md §5, and nothing else", vec![]),
    ] {
        assert_eq!(places(text), Ok(found), "{text}");
    }
    for unknown in [
        "县援法议事工作办法 §3",
        "民法典第279条",
        "志愿服务条例 §7",
        "基层援法议事工作方案 九",
        "方案 三(五)",
    ] {
        assert!(cited(unknown).is_err(), "{unknown}");
    }
}

#[test]
fn every_figure_of_the_shipped_rulebook_has_a_source_that_exists() {
    for (rule, source) in Adopted::shipped().rules.sources() {
        for part in
            source.split(';').filter(|part| part.split(':').next_back() != Some(OWN_DEFAULT))
        {
            assert!(titles().any(|title| part.starts_with(title)), "{rule}: {part}");
            assert!(cited(part).is_ok_and(|found| !found.is_empty()), "{rule}: {part}");
        }
    }
}

#[test]
fn both_sentences_of_a_refusal_cite_the_same_sources() {
    let places =
        |text| cited(text).map(|found| found.iter().map(|it| it.place).collect::<Vec<_>>());
    for refusal in declared() {
        let zh = places(refusal.zh);
        assert!(zh.is_ok(), "{}: {zh:?}", refusal.code);
        assert_eq!(zh, places(refusal.en), "{}", refusal.code);
    }
}

#[test]
fn what_the_repository_cites_is_what_the_table_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut paths = vec![];
    files(root, &mut paths);
    let itself = ["sources.rs", "rules.md"];
    paths.retain(|path| !itself.iter().any(|name| path.ends_with(name)));
    let (mut used, mut unknown) = (BTreeSet::new(), vec![]);
    for path in paths {
        match cited(&std::fs::read_to_string(&path).unwrap()) {
            Ok(found) => used.extend(found.iter().map(|it| (it.title, it.place))),
            Err(citation) => unknown.push(format!("{}: {citation}", path.display())),
        }
    }
    assert!(unknown.is_empty(), "not in domain/src/sources.rs: {unknown:#?}");
    let table: BTreeSet<_> = SOURCES.iter().map(|it| (it.title, it.place)).collect();
    assert_eq!(table.len(), SOURCES.len(), "a place stands twice in domain/src/sources.rs");
    let idle: Vec<_> = table.difference(&used).collect();
    assert!(idle.is_empty(), "cited nowhere: {idle:?}");
}
