#![allow(clippy::unwrap_used)]
use domain::activity as facts;

use super::*;
use crate::testing::*;

fn stream(n: u128) -> String {
    format!("activity-{}", activity_id(n))
}

#[test]
fn the_insured_are_counted_among_those_signed_up() {
    let mut log = Log::new();
    log.add(&stream(1), published_activity("A"))
        .add(&stream(1), insured(&[1, 2, 9]))
        .add(&stream(1), signed_up(1))
        .add(&stream(1), signed_up(2))
        .add(&stream(1), signed_up(3))
        .add(&stream(1), insured(&[1]));
    let board = |log: &Log| get(log.read().connection(), activity_id(1)).unwrap().unwrap().activity;
    assert_eq!((board(&log).signed_up, board(&log).insured), (3, 2));
    let volunteer = person(2);
    log.add(&stream(1), facts::Event::SignUpCancelled(facts::SignUpCancelled { volunteer }));
    assert_eq!((board(&log).signed_up, board(&log).insured), (2, 1));
    let people = participants(log.read().connection(), activity_id(1), &PageRequest::default());
    assert_eq!(people.unwrap().items.len(), 4);
}

#[test]
fn a_board_shows_how_it_went_and_what_came_of_it() {
    let mut log = Log::new();
    let service = format!("service-{}", person(1));
    let (ended_at, summary) = (noon("2021-12-02"), text("顺利"));
    log.add(&stream(1), published_activity("A"))
        .add(
            &stream(1),
            facts::Event::RiskAssessed(facts::RiskAssessed {
                dangerous: false,
                findings: text("安全"),
            }),
        )
        .add(&stream(1), facts::Event::Started(facts::Started { participants: 7 }))
        .add(&stream(1), facts::Event::Closed(facts::Closed { ended_at, summary }))
        .add(&service, served(1, entry(1, "2021-12-02"), "2021-12-16"));
    let board = |log: &Log| get(log.read().connection(), activity_id(1)).unwrap().unwrap();
    assert_eq!((board(&log).records, board(&log).attested_minutes), (1, 0));
    assert_eq!(board(&log).outcomes, []);
    log.add(&service, attested(1, 120, "2021-12-02"));
    let closed = board(&log);
    assert_eq!((closed.activity.state, closed.activity.participants), (State::Closed, Some(7)));
    assert!(closed.activity.risk_assessed && !closed.activity.dangerous);
    assert_eq!(closed.attested_minutes, 120);
    assert_eq!((closed.outcomes[0].what.as_str(), closed.outcomes[0].count), ("leaflets", 30));
}

#[test]
fn the_latest_start_comes_first() {
    let mut log = Log::new();
    log.add(&stream(7), published_activity("A")).add(&stream(5), published_activity("B"));
    log.add(&stream(5), facts::Event::Cancelled(facts::Cancelled { reason: text("台风") }));
    let models = log.read();
    let all = list(models.connection(), &Filter::default(), &PageRequest::default()).unwrap();
    let order: Vec<_> = all.items.iter().map(|board| board.activity.activity).collect();
    assert_eq!(order, [activity_id(7), activity_id(5)], "the same start: by number, falling");
    let filter = Filter { state: Some(State::Cancelled), ..Filter::default() };
    let cancelled = list(models.connection(), &filter, &PageRequest::default()).unwrap();
    assert_eq!(cancelled.items.len(), 1);
}

#[test]
fn who_came_unannounced_and_who_forgot_to_check_out_is_seen() {
    use domain::service;
    let (mut log, activity) = (Log::new(), activity_id(1));
    let walk_in = facts::SignedUp { volunteer: person(2), minor: false, walk_in: true };
    let came =
        |day: &str| service::Event::CheckedIn(service::CheckedIn { activity, at: noon(day) });
    let left = |day: &str, forgotten| {
        service::Event::CheckedOut(service::CheckedOut { activity, at: noon(day), forgotten })
    };
    let stays = |number| format!("service-{}", person(number));
    log.add(&stream(1), published_activity("A"))
        .add(&stream(1), signed_up(1))
        .add(&stream(1), facts::Event::Started(facts::Started { participants: 1 }))
        .add(&stream(1), facts::Event::SignedUp(walk_in))
        .add(&stays(1), came("2021-12-01"))
        .add(&stays(1), left("2021-12-02", true))
        .add(&stays(2), came("2021-12-01"))
        .add(&stays(2), left("2021-12-02", false))
        .add(&stays(2), came("2021-12-03"));
    let board = |log: &Log| get(log.read().connection(), activity).unwrap().unwrap().activity;
    let (own, was_there) = (board(&log), Some(noon("2021-12-01")));
    assert_eq!((own.signed_up, own.walk_ins, own.participants), (2, 1, Some(1)));
    let people = participants(log.read().connection(), activity, &PageRequest::default());
    let people = people.unwrap().items;
    let told = |one: &Participant| (one.walk_in, one.checked_in_at, one.checked_out_at);
    assert_eq!(told(&people[0]), (false, was_there, Some(noon("2021-12-02"))));
    assert_eq!(told(&people[1]), (true, Some(noon("2021-12-03")), None), "still there");
    assert_eq!((people[0].check_out_forgotten, people[1].check_out_forgotten), (true, false));
    let off = facts::SignUpCancelled { volunteer: person(2) };
    log.add(&stream(1), facts::Event::SignUpCancelled(off));
    assert_eq!((board(&log).signed_up, board(&log).walk_ins), (1, 0));
}
