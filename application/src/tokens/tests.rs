#![allow(clippy::unwrap_used)]

use domain::{Refusal as _, Role};
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

#[test]
fn a_new_secret_is_of_the_same_account_and_the_old_one_ends_when_said() {
    let folder = TempDir::new().unwrap();
    let running = tokens(&folder);
    let (token, first) = running.create(new(Role::Recorder), NOW).unwrap();
    let hours = SignedDuration::from_hours;
    let works = |secret: &Secret, after: i64| {
        let account = running.account(secret, NOW + hours(after)).unwrap();
        account.map(|actor| actor.id) == Some(token.id.clone())
    };
    let rotate = |grace: i64, at: i64| {
        let rotated = tokens(&folder).rotate(&token.id, hours(grace), None, NOW + hours(at));
        rotated.unwrap().unwrap().1
    };
    let second = rotate(3, 1);
    assert!([&first, &second].iter().all(|secret| works(secret, 3)));
    assert!(!works(&first, 4) && works(&second, 4));
    let third = rotate(24, 5);
    assert!(!works(&first, 5) && works(&second, 6) && works(&third, 6), "one before that ends");
    let fourth = rotate(0, 6);
    assert!(!works(&second, 6) && !works(&third, 6) && works(&fourth, 6));
    running.revoke(&token.id, NOW).unwrap();
    assert!(!works(&fourth, 6));
}

#[test]
fn what_works_no_more_gets_no_new_secret() {
    let folder = TempDir::new().unwrap();
    let running = tokens(&folder);
    let rotate = |id: &str, end: Option<Timestamp>, at: Timestamp| {
        let rotated = running.rotate(&id.parse().unwrap(), SignedDuration::ZERO, end, at);
        rotated.unwrap().map_err(|why| why.code())
    };
    assert_eq!(rotate("A-nobody", None, NOW).err(), Some("account.unknown"));
    let day = |days: i64| NOW + SignedDuration::from_hours(24 * days);
    let expiring = NewToken { expires_at: Some(day(1)), ..new(Role::Recorder) };
    let (token, old) = running.create(expiring, NOW).unwrap();
    assert_eq!(rotate(token.id.as_str(), None, day(2)).err(), Some("account.expired"));
    let (renewed, secret) = rotate(token.id.as_str(), Some(day(9)), day(2)).unwrap();
    assert_eq!(renewed.expires_at, Some(day(9)));
    assert!(running.account(&secret, day(8)).unwrap().is_some());
    assert!(running.account(&old, day(3)).unwrap().is_none());
    running.revoke(&token.id, day(3)).unwrap();
    assert_eq!(rotate(token.id.as_str(), Some(day(9)), day(3)).err(), Some("account.revoked"));
}

#[test]
fn the_last_account_of_the_office_is_not_revoked_for_anybody() {
    let folder = TempDir::new().unwrap();
    let running = tokens(&folder);
    let (office, _) = running.create(new(Role::CountyOffice), NOW).unwrap();
    let (other, _) =
        running.create(NewToken { expires_at: Some(NOW), ..new(Role::CountyOffice) }, NOW).unwrap();
    let (auditor, _) = running.create(new(Role::Auditor), NOW).unwrap();
    let reason = "人员调离".parse().unwrap();
    let revoke = |token: &super::Token| {
        let revoked = running.revoke_for(&token.id, &auditor.id, &reason, NOW).unwrap();
        revoked.map_err(|why| why.code())
    };
    assert_eq!(revoke(&office).err(), Some("account.last_of_office"), "the other one has expired");
    assert!(revoke(&other).is_ok());
    let second = running.create(new(Role::CountyOffice), NOW).unwrap().0;
    let revoked = revoke(&office).unwrap();
    assert_eq!(revoked.revoked_by, Some(auditor.id.clone()));
    assert_eq!(running.find(&office.id).unwrap(), Some(revoked));
    assert_eq!(revoke(&second).err(), Some("account.last_of_office"));
    let nobody = running.revoke_for(&"A-nobody".parse().unwrap(), &auditor.id, &reason, NOW);
    assert_eq!(nobody.unwrap().map_err(|why| why.code()).err(), Some("account.unknown"));
}

#[test]
fn many_open_the_same_new_file_at_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("node.sqlite");
    std::thread::scope(|scope| {
        let opened: Vec<_> =
            (0..16).map(|_| scope.spawn(|| Tokens::open(&path).map(drop))).collect();
        opened.into_iter().for_each(|one| one.join().unwrap().unwrap());
    });
    let (_, secret) = tokens(&folder).create(new(Role::Auditor), NOW).unwrap();
    assert!(tokens(&folder).account(&secret, NOW).unwrap().is_some());
}
