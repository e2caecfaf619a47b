use std::time::Duration;

use super::*;

const NEAR: &str = "192.0.2.1";

/// Seats clients of these hosts, one after the other, each waiting longer than the next.
fn seated(guests: &Arc<Guests>, hosts: &[&str]) -> Vec<Seated> {
    let seat = |(nth, host): (u64, &&str)| {
        let seated = guests.seat(host.parse().unwrap()).expect("there is a place");
        seated.seat.waits_since.store(nth, Ordering::Relaxed);
        seated
    };
    (1..).zip(hosts).map(seat).collect()
}

fn gave_way(seated: &[Seated]) -> Vec<usize> {
    let seats = seated[0].guests.seats();
    (0..seated.len()).filter(|nth| !seats.taken.contains_key(&seated[*nth].id)).collect()
}

#[test]
fn whoever_waits_longest_of_the_host_with_most_gives_way() {
    let guests = Guests::new(5);
    let all = seated(&guests, &[NEAR, "192.0.2.9", "192.0.2.9", NEAR, NEAR]);
    let newcomer = guests.seat("198.51.100.1".parse().unwrap());
    assert!(newcomer.is_some());
    assert_eq!(gave_way(&all), [0]);
}

#[test]
fn who_is_served_never_gives_way_and_who_is_known_does_last() {
    let guests = Guests::new(3);
    let all = seated(&guests, &[NEAR, NEAR, "192.0.2.9"]);
    all[0].serves();
    all[1].guest().vouch();
    let first = guests.seat(NEAR.parse().unwrap()).unwrap();
    assert_eq!(gave_way(&all), [2], "unknown, though of the host with fewer");
    first.serves();
    let second = guests.seat(NEAR.parse().unwrap()).unwrap();
    assert_eq!(gave_way(&all), [1, 2]);
    second.serves();
    assert!(guests.seat(NEAR.parse().unwrap()).is_none(), "all are being served");
    second.waits();
    assert!(guests.seat(NEAR.parse().unwrap()).is_some());
}

#[test]
fn a_place_comes_back_once() {
    let guests = Guests::new(2);
    let mut all = seated(&guests, &[NEAR, NEAR]);
    let third = guests.seat(NEAR.parse().unwrap()).unwrap();
    assert_eq!(gave_way(&all), [0]);
    // Whoever gave way hangs up later: that gives no second place.
    all.remove(0);
    assert_eq!(guests.seats().taken.len(), 2);
    drop(third);
    assert_eq!(guests.seats().taken.len(), 1);
}

#[test]
fn a_network_of_ipv6_is_one_host_and_a_mapped_address_its_own() {
    let host_of = |text: &str| host(text.parse().unwrap());
    assert_eq!(host_of("2001:db8:1:2::3"), host_of("2001:db8:1:2:4::5"));
    assert_ne!(host_of("2001:db8:1:2::3"), host_of("2001:db8:1:3::3"));
    assert_eq!(host_of("::ffff:192.0.2.1"), host_of("192.0.2.1"));
}

#[test]
fn ten_thousand_wait_and_one_more_is_seated_at_once() {
    let guests = Guests::new(10_000);
    let all: Vec<_> = (0..10_000).map(|_| guests.seat(NEAR.parse().unwrap()).unwrap()).collect();
    let begun = Instant::now();
    assert!(guests.seat("192.0.2.9".parse().unwrap()).is_some());
    assert!(begun.elapsed() < Duration::from_secs(1));
    let gone = gave_way(&all);
    assert_eq!(gone.len(), 10_000 / PART + 1);
    assert!((1..10_000 / PART).all(|_| guests.seat(NEAR.parse().unwrap()).is_some()));
    assert_eq!(gave_way(&all), gone, "that is enough for a while");
}

#[test]
fn a_host_keeps_as_many_as_the_next_has() {
    let guests = Guests::new(4 * PART);
    let hosts = [[NEAR; 2 * PART + 1].as_slice(), &["192.0.2.9"; 2 * PART - 1]].concat();
    let all = seated(&guests, &hosts);
    let newcomer = guests.seat("198.51.100.1".parse().unwrap());
    assert!(newcomer.is_some());
    assert_eq!(gave_way(&all), [0, 1]);
}
