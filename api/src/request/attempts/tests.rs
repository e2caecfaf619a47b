#![allow(clippy::unwrap_used)]
use axum::http::Request;

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
fn a_household_is_one_address() {
    let of = |address: &str| {
        let mut request = Request::new(());
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>(address.parse().unwrap()));
        peer(request.extensions()).unwrap().to_string()
    };
    assert_eq!(of("192.0.2.1:4000"), "192.0.2.1");
    assert_eq!(of("[::ffff:192.0.2.1]:4000"), "192.0.2.1");
    assert_eq!(of("[2001:db8:1:2:3:4:5:6]:4000"), "2001:db8:1:2::");
    assert_eq!(of("[2001:db8:1:2:ffff::1]:4000"), "2001:db8:1:2::");
}
