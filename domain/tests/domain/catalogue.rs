//! The list of events against its golden files: what was ever stored reads for ever, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::Event;
use domain::catalogue::{CATALOGUE, DecodeError};
use domain::privacy::personal_in;

/// Golden files by stored name. Each holds the very bytes that the log would, and a line break.
fn golden_files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .map(|path| {
            let kind = path.file_name().unwrap().to_str().unwrap().strip_suffix(".json");
            let kind = kind.unwrap_or_else(|| panic!("{} is no golden file", path.display()));
            (kind.to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn every_event_has_a_golden_file_and_every_golden_file_an_event() {
    let listed: BTreeSet<String> = CATALOGUE.iter().map(|kind| kind.name.to_owned()).collect();
    let golden: BTreeSet<String> = golden_files().into_keys().collect();
    assert_eq!(golden, listed);
}

#[test]
fn golden_files_decode_and_encode_to_the_same_bytes() {
    for (kind, golden) in golden_files() {
        let event = Event::decode(&kind, golden.trim_end().as_bytes())
            .unwrap_or_else(|error| panic!("{kind}: {error:?}"));
        assert_eq!(event.kind().name, kind);
        assert_eq!(String::from_utf8(event.encode().unwrap()).unwrap() + "\n", golden, "{kind}");
    }
}

/// Whoever lets an event name evidence lets auditors know: they look for what `Event::cited` tells.
#[test]
fn the_evidence_of_every_golden_file_is_cited() {
    let (mut citing, mut kept) = (0, 0);
    for (kind, golden) in golden_files() {
        let event = Event::decode(&kind, golden.trim_end().as_bytes()).unwrap();
        let cited = event.cited();
        let pieces = golden.matches("\"media_type\":").count();
        assert_eq!(cited.iter().filter(|cited| cited.was_kept).count(), pieces, "{kind}");
        assert!(cited.iter().all(|cited| golden.contains(&cited.digest.to_string())), "{kind}");
        citing += usize::from(!cited.is_empty());
        kept += usize::from(pieces > 0);
    }
    assert_eq!((citing, kept), (13, 12), "a backfill names a document that may be kept elsewhere");
}

#[test]
fn golden_files_hold_no_personal_data() {
    for (kind, golden) in golden_files() {
        // Numbers of volunteers, units, activities and digests are no personal data.
        let words = golden.split('"').filter(|word| !word.is_ascii());
        for word in words {
            assert_eq!(personal_in(word), None, "{kind}: {word}");
        }
    }
}

#[test]
fn the_list_names_each_event_once_and_in_both_languages() {
    let mut kinds = BTreeSet::new();
    for kind in CATALOGUE {
        assert!(kinds.insert(kind.name), "{} is listed twice", kind.name);
        assert!(kind.name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.'), "{kind:?}");
        assert!(kind.version >= 1, "{kind:?}");
        let suffix = format!(".v{}", kind.version);
        assert!(kind.version == 1 || kind.name.ends_with(&suffix), "{kind:?}");
        assert!(kind.zh.chars().all(|c| ('一'..='龥').contains(&c)), "{kind:?}");
        assert!(!kind.zh.is_empty() && kind.en.contains(' '), "{kind:?}");
    }
    assert!(kinds.len() > 50);
}

/// An auditor's program names what it cannot read, and never takes it for something else.
#[test]
fn what_is_no_event_is_refused_by_name() {
    let unknown = Event::decode(&"x".repeat(300), b"{}").unwrap_err();
    assert!(matches!(unknown, DecodeError::UnknownKind(kind) if kind.len() == 100));
    for data in
        [&b""[..], b"{}", b"null", b"[]", b"{\"headcount\":-1}", b"\xff\xfe", b"{\"headcount\":1"]
    {
        let malformed = Event::decode("HeadcountDeclared", data).unwrap_err();
        assert!(matches!(malformed, DecodeError::Malformed { kind: "HeadcountDeclared", .. }));
    }
    // Every kind refuses an empty object or fills nothing in by itself.
    for kind in CATALOGUE {
        assert!(Event::decode(kind.name, b"{}").is_err(), "{}", kind.name);
    }
}

/// Whatever event has the digest of a section says whose section it is.
#[test]
fn every_sealed_section_is_vouched_for() {
    let mut vouching = 0;
    for (kind, golden) in golden_files() {
        let event = Event::decode(&kind, golden.trim_end().as_bytes()).unwrap();
        let sealed = event.sealed("V3K7M9QX2TB4D");
        assert_eq!(!sealed.is_empty(), golden.contains("\"sealed\""), "{kind}");
        for sealed in sealed {
            vouching += 1;
            assert!(golden.contains(&sealed.digest.to_string()), "{kind}");
        }
    }
    assert!(vouching >= 5);
}

/// What a member tells a station is read there alone; the golden file has what stations once shared.
#[test]
fn a_member_s_section_is_the_station_s_own() {
    let stored = br#"{"group":"council","member":"V000000000001","capacity":"mediator","from":"2022-01-01","until":"2022-12-31","sealed_here":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"}"#;
    let event = Event::decode("GroupMemberAppointed", stored).unwrap();
    let sections = |event: &Event, station| -> Vec<_> {
        event.sealed(station).into_iter().map(|one| one.section.into_owned()).collect()
    };
    assert_eq!(sections(&event, "330225001003"), ["member-330225001003"]);
    assert_eq!(sections(&event, "a-B"), ["member-a-B"]);
    // So is what those tell who are elected to supervise, before anybody appoints them.
    let stored = golden_files()["SupervisorsElected"].replace(
        "}]}",
        r#"}],"sealed_here":[{"member":"V000000000002","digest":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd"}]}"#,
    );
    let event = Event::decode("SupervisorsElected", stored.trim_end().as_bytes()).unwrap();
    assert_eq!(event.encode().unwrap(), stored.trim_end().as_bytes());
    assert_eq!(sections(&event, "330225001003"), ["member-330225001003"]);
}
