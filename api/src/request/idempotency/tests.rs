#![allow(clippy::unwrap_used)]
use super::*;

fn ask(
    keys: &Keys,
    account: &str,
    path: &str,
    key: Option<&str>,
    body: &str,
) -> Result<Uuid, Problem> {
    let headers = key.map(|key| (HEADER.parse().unwrap(), key.parse().unwrap()));
    let account = ActorId::new(account).unwrap();
    keys.command(&headers.into_iter().collect(), &account, &Method::POST, path, body.as_bytes())
}

#[test]
fn the_same_request_has_the_same_id_whoever_remembers() {
    let keys = Keys::default();
    let first = ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap();
    assert_eq!(ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap(), first);
    assert_eq!(ask(&Keys::default(), "A-1", "/units", Some("k"), "{}").unwrap(), first);
}

#[test]
fn another_account_path_or_key_is_another_command() {
    let keys = Keys::default();
    let ids = [
        ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap(),
        ask(&keys, "A-2", "/units", Some("k"), "{}").unwrap(),
        ask(&keys, "A-1", "/squads", Some("k"), "{}").unwrap(),
        ask(&keys, "A-1", "/units", Some("l"), "{}").unwrap(),
        ask(&keys, "A-1", "/units", None, "{}").unwrap(),
        ask(&keys, "A-1", "/units", None, "{}").unwrap(),
    ];
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
}

#[test]
fn a_resident_gets_the_same_only_for_the_same_key_and_body() {
    let ask = |key: &str, path: &str, body: &str| {
        let headers = [(HEADER.parse().unwrap(), key.parse().unwrap())].into_iter().collect();
        of_resident(&headers, &Method::POST, path, body.as_bytes())
    };
    let (one, other) = (Uuid::from_u128(1).to_string(), Uuid::from_u128(2).to_string());
    let first = ask(&one, "/issues", "{}").unwrap();
    assert_eq!(ask(&one.to_uppercase(), "/issues", "{}").unwrap(), first);
    for (key, path, body) in
        [(&other, "/issues", "{}"), (&one, "/other", "{}"), (&one, "/issues", "{ }")]
    {
        assert_ne!(ask(key, path, body).unwrap(), first);
    }
    assert_eq!(ask("k-1", "/issues", "{}").unwrap_err().code, "idempotency.no_uuid");
}

#[test]
fn another_body_under_the_key_and_malformed_keys_are_refused() {
    let keys = Keys::default();
    ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap();
    assert_eq!(
        ask(&keys, "A-1", "/units", Some("k"), "{\"a\":1}").unwrap_err().code,
        "idempotency.reused"
    );
    for bad in ["", &"k".repeat(201)] {
        assert_eq!(
            ask(&keys, "A-1", "/units", Some(bad), "{}").unwrap_err().code,
            "idempotency.malformed"
        );
    }
}
