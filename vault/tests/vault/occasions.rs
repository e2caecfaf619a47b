//! A purpose that is said once for a piece of work.

use jiff::{SignedDuration, Timestamp};
use vault::{Refusal, VaultError};

use crate::fixture::{Fixture, START};

const HALF_AN_HOUR: SignedDuration = SignedDuration::from_mins(30);

#[test]
fn it_holds_until_its_time_is_over_and_for_its_account_alone() {
    let kept = Fixture::new();
    // The clock goes a second a call.
    let opened =
        kept.vault.open_occasion("clerk", "电话回访", SignedDuration::from_secs(3)).unwrap();
    assert_eq!(opened.opened_at, Timestamp::from_second(START).unwrap());
    assert_eq!(opened.until, Timestamp::from_second(START + 3).unwrap());
    assert_eq!(kept.vault.occasion("clerk").unwrap().unwrap().purpose, "电话回访");
    assert!(kept.vault.occasion("other").unwrap().is_none());
    assert!(kept.vault.occasion("clerk").unwrap().is_none(), "it is the fourth second");
}

#[test]
fn the_same_goes_on_and_another_takes_its_place() {
    let kept = Fixture::new();
    let first = kept.vault.open_occasion("clerk", "电话回访", HALF_AN_HOUR).unwrap();
    let again = kept.vault.open_occasion("clerk", "电话回访", HALF_AN_HOUR).unwrap();
    assert_eq!((again.id, again.opened_at), (first.id, first.opened_at));
    assert!(again.until > first.until);
    let other = kept.vault.open_occasion("clerk", "核对花名册", HALF_AN_HOUR).unwrap();
    assert!(other.id > first.id);
    let kept = kept.reopened();
    kept.vault.open_occasion("another", "通知活动", HALF_AN_HOUR).unwrap();
    assert_eq!(kept.vault.occasion("clerk").unwrap(), Some(other.clone()));
    let ended = kept.vault.end_occasion("clerk").unwrap().unwrap();
    assert!((ended.id, ended.until < other.until) == (other.id, true));
    assert_eq!(kept.vault.end_occasion("clerk").unwrap(), None);
    assert!(kept.vault.occasion("clerk").unwrap().is_none());
    assert!(kept.vault.occasion("another").unwrap().is_some());
}

#[test]
fn nobody_reads_for_nothing() {
    let kept = Fixture::new();
    for (actor, purpose) in [("", "why"), ("who", " ")] {
        let refused = kept.vault.open_occasion(actor, purpose, HALF_AN_HOUR);
        assert!(matches!(refused, Err(VaultError::Refused(Refusal::Reader))));
    }
}
