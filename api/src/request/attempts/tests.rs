#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn too_many_attempts_wait_and_time_heals() {
    let (attempts, start) = (Attempts::failures(), Instant::now());
    let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
    for _ in 0..FAILURES {
        assert_eq!(attempts.count(one, start), None);
    }
    assert_eq!(attempts.count(one, start + Duration::from_secs(20)), Some(41));
    assert_eq!(attempts.count(other, start), None);
    assert_eq!(attempts.count(one, start + MINUTE), None);
    let filings = Attempts::filings(1);
    assert_eq!(filings.count(one, start), None);
    assert_eq!(filings.count(one, start + Duration::from_secs(600)), Some(3001));
    assert_eq!(filings.count(one, start + HOUR), None);
}

#[test]
fn much_at_once_counts_as_much() {
    let (evidence, start) = (Attempts::evidence(100), Instant::now());
    let [clerk, other] = ["clerk", "other"].map(|id| ActorId::new(id).unwrap());
    assert_eq!(evidence.take(clerk.clone(), 100, start), None);
    assert_eq!(evidence.take(clerk.clone(), 1, start), Some(86_401));
    assert_eq!(evidence.take(other, 60, start), None);
    assert_eq!(evidence.take(clerk, 100, start + DAY), None);
}
