//! What answers leave out of the golden events, and which texts hold numbers of persons.

mod generated;
mod texts;

use domain::Event;
use domain::catalogue::CATALOGUE;
use domain::sealed::{ASKER, OBJECTOR};
use serde_json::Value;

/// Key of a stream that is a person's own.
const PERSON: &str = "V000000000001";

fn golden() -> Vec<(&'static str, Event, Value)> {
    let read = |kind: &'static str| {
        let path = format!("{}/catalogue/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let event = Event::decode(kind, text.trim().as_bytes()).unwrap();
        (kind, event, serde_json::from_str(&text).unwrap())
    };
    CATALOGUE.iter().map(|entry| read(entry.name)).collect()
}

#[test]
fn answers_leave_out_who_asked_and_who_objected_and_nothing_else() {
    let mut left_out = vec![];
    for (kind, event, json) in golden() {
        let redacted = event.redacted().unwrap();
        let mut sealed = event.sealed(PERSON).into_iter();
        let Some(sealed) = sealed.find(|it| [ASKER, OBJECTOR].contains(&&*it.section)) else {
            assert_eq!(redacted, json, "{kind}");
            continue;
        };
        assert!(!redacted.to_string().contains(&sealed.person.to_string()), "{kind}: {redacted}");
        let mut restored = redacted;
        restored[&*sealed.section]["person"] = Value::String(sealed.person.to_string());
        assert_eq!(restored, json, "{kind}");
        left_out.push(kind);
    }
    assert_eq!(left_out, ["IssueRegistered", "ResolutionObjectionFiled"]);
}
