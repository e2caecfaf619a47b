//! `explain`: one sentence for every event there is, in both languages, with its rule.

use std::path::Path;

use domain::Category;

use crate::fixture::Folder;
use crate::story::{VOLUNTEER, county};

#[test]
fn a_stream_is_a_timeline_of_who_what_why_and_under_which_rule() {
    let folder = county();
    let answer = folder.run(&["explain", "notice-squads-2021"]).exits(0);
    answer.says(&[
        "notice-squads-2021: 4 events",
        "2. 2021-12-10 10:00:00  ObjectionFiled",
        "what:  Objection 1 was filed; the answer is due until 2021-12-15.",
        "who:   county office, account office",
        "why:   人数有误",
        "under: rulebook version 0; objection answer days = 5 (山东省村务公开条例 §16–17(参照))",
    ]);
    let answer = folder.run_in("zh", &["explain", &format!("service-{VOLUNTEER}")]).exits(0);
    answer.says(&[
        "1. 2021-12-06 10:00:00  服务记录",
        "实际2小时30分钟",
        "记录期限2021-12-17",
        "规则簿第0版;记录期限(工作日) = 10 (民政部令第67号 §11)",
        "操作: 县委依法治县办,账号office",
    ]);
}

#[test]
fn a_policy_names_the_event_it_answered() {
    let folder = county();
    let stream = format!("points-{VOLUNTEER}");
    let after = format!("after: event 2 of service-{VOLUNTEER}, ServiceAttested");
    folder.run(&["explain", &stream]).exits(0).says(&[&after, "earned 2.50 points"]);
}

#[test]
fn an_unknown_stream_gets_a_hint() {
    let folder = county();
    let answer = folder.run(&["explain", VOLUNTEER]).exits(1);
    assert!(answer.err.contains(&format!("volunteer-{VOLUNTEER}")), "{}", answer.err);
    let answer = folder.run_in("zh", &["explain", "unit-nowhere"]).exits(1);
    assert!(
        answer.err.contains("没有事件流") && answer.err.contains("rulebook, unit"),
        "{}",
        answer.err
    );
    folder.run(&["explain", "unit/../x"]).exits(2);
}

/// Every event of the catalogue, as its golden file has it, reads as a sentence.
#[test]
fn every_event_has_a_sentence_in_both_languages() {
    let folder = Folder::new();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/catalogue");
    let mut samples = String::new();
    for kind in domain::catalogue::CATALOGUE {
        let data = std::fs::read_to_string(golden.join(format!("{}.json", kind.name))).unwrap();
        let stream = stream_of(kind.category);
        folder.tell(&stream, kind.name, data.trim_end(), "2022-01-01T00:00:00Z", None);
        samples.push_str(&data);
    }
    let (mut told, mut foreign) = (0, Vec::new());
    for &category in Category::ALL {
        let stream = stream_of(category);
        let zh = folder.run_in("zh", &["explain", &stream]).exits(0).out;
        let en = folder.run(&["explain", &stream]).exits(0).out;
        told += sentences(&zh, "经过:", '。', &stream);
        sentences(&en, "what:", '.', &stream);
        foreign.extend([(&zh, "经过:"), (&en, "what:")].iter().flat_map(|(text, label)| {
            let lines = text.lines().filter_map(|line| line.trim().strip_prefix(label));
            lines.flat_map(|line| foreign_words(line, &samples)).collect::<Vec<_>>()
        }));
        for text in [&zh, &en] {
            assert!(
                !text.contains('{')
                    && !text.contains("()")
                    && !text.contains("None")
                    && !text.contains("Some("),
                "{text}"
            );
        }
    }
    assert_eq!(told, domain::catalogue::CATALOGUE.len());
    assert!(foreign.is_empty(), "say it in the language of the sentence:\n{}", foreign.join("\n"));
}

/// A key that streams of this kind may have.
trait Sample {
    const KEY: &'static str;
}

macro_rules! samples {
    ($( $key:ident $sample:expr; )+) => {
        $( impl Sample for domain::$key { const KEY: &'static str = $sample; } )+
    };
}
samples! {
    County "county";
    UnitCode "330225001";
    CampaignCode "2021";
    PersonId VOLUNTEER;
    ActivityId crate::story::ACTIVITY;
    NoticeId "star-1";
    ImportId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    IssueId "Y000000000001";
    MeetingId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    ResolutionId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff-1";
    ComparisonId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    BulletinId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    SurveyId "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
}

macro_rules! streams {
    ([] $( $name:ident $module:ident: $state:ty, $key:ty, $event:ty; )+) => {
        /// A stream of the aggregate.
        fn stream_of(category: Category) -> String {
            let key = match category { $( Category::$name => <$key as Sample>::KEY, )+ };
            format!("{}-{key}", category.as_str())
        }
    };
}
domain::aggregates! { each [streams] [] }

/// Stored words in a Chinese sentence; Chinese words and stored ones as they are stored in an English one, unless a sample
/// says them.
fn foreign_words(line: &str, samples: &str) -> Vec<String> {
    let line = line.trim();
    let own = line.replace(['“', '”'], "\"");
    let own = own.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let is_chinese = line.ends_with('。');
    let han = |c: char| c == '、' || ('\u{4e00}'..='\u{9fff}').contains(&c);
    let of_word = |c: char| {
        c.is_ascii_alphanumeric()
            || "_-".contains(c)
            || if is_chinese { "+.".contains(c) } else { han(c) }
    };
    let foreign = own.split(|c| !of_word(c)).filter(|word| {
        let stored = word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let digest = word.bytes().all(|b| b.is_ascii_hexdigit());
        if is_chinese {
            stored && !digest
        } else {
            word.contains(han) && !samples.contains(word) || stored && word.contains('_')
        }
    });
    foreign.map(|word| format!("{word:?} in {line}")).collect()
}

/// Counts the sentences; each ends as sentences do.
fn sentences(text: &str, label: &str, end: char, stream: &str) -> usize {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix(label));
    lines
        .map(|line| {
            let line = line.trim_end();
            assert!(line.chars().count() > 4, "{stream}: {line:?}");
            assert!(line.ends_with(end) || line.ends_with('。'), "{stream}: {line:?}");
        })
        .count()
}
