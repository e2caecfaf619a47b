#![allow(clippy::unwrap_used)]

use domain::Role;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::{NewToken, Secret, Tokens};

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn new(role: Role) -> NewToken {
    NewToken { role, unit: None, person: None, label: None, expires_at: None }
}

fn tokens(folder: &TempDir) -> Tokens {
    Tokens::open(&folder.path().join("node.sqlite")).unwrap()
}

#[test]
fn a_token_is_known_by_its_secret_only_and_at_once_elsewhere() {
    let folder = TempDir::new().unwrap();
    let running = tokens(&folder);
    let unit = Some("330225".parse().unwrap());
    let person = Some("V0123456789AB".parse().unwrap());
    let asked = NewToken { unit, person, ..new(Role::Recorder) };
    let (token, secret) = tokens(&folder).create(asked, NOW).unwrap();
    assert_eq!(running.account(&secret, NOW).unwrap(), Some(token.actor()));
    assert_eq!(running.account(&Secret::random().unwrap(), NOW).unwrap(), None);
    assert_eq!(running.list().unwrap(), [token]);
}

#[test]
fn a_revoked_or_expired_token_is_unknown_at_once() {
    let folder = TempDir::new().unwrap();
    let running = tokens(&folder);
    let (token, secret) = running.create(new(Role::Auditor), NOW).unwrap();
    assert!(tokens(&folder).revoke(&token.id, NOW).unwrap());
    assert_eq!(running.account(&secret, NOW).unwrap(), None);
    assert!(!running.revoke(&token.id, NOW).unwrap(), "revoked before");

    let end = NOW + SignedDuration::from_hours(24);
    let (_, secret) =
        running.create(NewToken { expires_at: Some(end), ..new(Role::Auditor) }, NOW).unwrap();
    assert!(running.account(&secret, end - SignedDuration::from_secs(1)).unwrap().is_some());
    assert_eq!(running.account(&secret, end).unwrap(), None);
}

#[test]
fn the_secret_is_in_no_file_and_in_no_debug_text() {
    let folder = TempDir::new().unwrap();
    let (_, secret) = tokens(&folder).create(new(Role::CountyOffice), NOW).unwrap();
    let needle = secret.reveal().as_bytes();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(needle.len()).any(|window| window == needle));
    }
    assert_eq!(format!("{secret:?}"), "Secret(…)");
}

#[test]
fn secrets_have_one_shape() {
    let secret = Secret::random().unwrap();
    assert_eq!(secret.reveal().len(), 55);
    assert!(Secret::parse(secret.reveal()).is_some());
    let long = format!("{}a", secret.reveal());
    for other in ["", "yf_", "yf_0", &secret.reveal()[1..], &long, &secret.reveal().to_uppercase()]
    {
        assert!(Secret::parse(other).is_none(), "{other}");
    }
}
