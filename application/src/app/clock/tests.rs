#![allow(clippy::unwrap_used)]

use domain::Refusal as _;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn watched(last_event: &str, last_ran: Option<&str>) -> (Arc<ManualClock>, WatchedClock) {
    let clock = Arc::new(ManualClock::at(at(last_event)));
    let watched =
        WatchedClock::over(Arc::clone(&clock) as _, Some(at(last_event)), last_ran.map(at));
    (clock, watched)
}

#[test]
fn a_clock_before_the_last_event_is_not_believed_until_it_is_right() {
    let (clock, watched) = watched("2021-11-12T09:00:00Z", None);
    for (now, code) in [
        ("2021-11-12T08:55:00Z", None),
        ("2021-11-12T08:54:59Z", Some("clock.behind")),
        ("2020-01-01T00:00:00Z", Some("clock.behind")),
        ("2021-11-12T09:00:01Z", None),
    ] {
        clock.set(at(now));
        assert_eq!(watched.trusted().err().map(|doubt| doubt.code()), code, "{now}");
    }
}

#[test]
fn a_clock_far_ahead_is_not_believed_until_somebody_confirms_it() {
    let (clock, watched) = watched("2021-10-01T00:00:00Z", Some("2021-11-12T00:00:00Z"));
    clock.set(at("2021-11-11T00:00:00Z"));
    assert_eq!(watched.runs(), Some(at("2021-11-12T00:00:00Z")), "it never falls");
    clock.set(at("2021-12-13T00:00:00Z"));
    assert_eq!(watched.trusted().err(), None, "31 days");
    clock.set(at("2021-12-13T00:00:01Z"));
    let doubt = watched.trusted().unwrap_err();
    assert_eq!(doubt.code(), "clock.ahead");
    assert!(doubt.zh().contains("2021-11-12") && doubt.en().contains("yuanfa clock confirm"));
    assert_eq!(watched.runs(), None, "what is in doubt is not remembered");
    assert_eq!(watched.confirm(), Some(at("2021-11-12T00:00:00Z")));
    assert_eq!(watched.runs(), Some(at("2021-12-13T00:00:01Z")));
}

#[test]
fn a_jump_while_it_runs_is_seen_both_ways() {
    let (clock, watched) = watched("2021-11-12T00:00:00Z", Some("2021-11-12T00:00:00Z"));
    assert_eq!(watched.runs(), Some(at("2021-11-12T00:00:00Z")));
    clock.set(at("2022-12-12T00:00:00Z"));
    assert_eq!(watched.trusted().unwrap_err().code(), "clock.ahead");
    clock.set(at("2021-11-12T00:01:00Z"));
    assert_eq!(watched.trusted().err(), None, "nothing was written meanwhile");
    watched.recorded(at("2021-11-12T00:01:00Z"));
    clock.set(at("2021-11-11T23:55:59Z"));
    assert_eq!(watched.trusted().unwrap_err().code(), "clock.behind");
}

#[test]
fn what_the_history_supports_is_not_doubted() {
    let (clock, watched) = watched("2021-11-12T00:00:00Z", Some("2021-09-01T00:00:00Z"));
    clock.set(at("2021-11-13T00:00:00Z"));
    assert_eq!(watched.trusted().err(), None, "another service ran on this log");
}

#[test]
fn a_log_without_events_doubts_no_clock() {
    let clock = Arc::new(ManualClock::at(at("2035-01-01T00:00:00Z")));
    assert_eq!(WatchedClock::over(clock, None, None).trusted().err(), None);
}
