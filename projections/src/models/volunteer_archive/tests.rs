#![allow(clippy::unwrap_used)]
use domain::volunteer;

use super::*;
use crate::testing::registered;
use crate::testing::*;

fn stream(n: u64) -> String {
    format!("volunteer-{}", person(n))
}

#[test]
fn a_file_follows_the_volunteer() {
    let mut log = Log::new();
    let (proposal, from, to, attested_minutes) = (1, 0, 1, domain::Minutes(6000));
    log.add(&stream(1), registered("A"))
        .add(&stream(1), matched())
        .add("squad-A", joined(1, false));
    log.add(
        &stream(1),
        volunteer::Event::StarProposed(volunteer::StarProposed {
            proposal,
            from,
            to,
            attested: attested_minutes,
            notice: notice_id("star"),
        }),
    );
    let file = |log: &Log| get(log.read().connection(), person(1)).unwrap().unwrap();
    let proposed = file(&log).archive;
    assert_eq!((proposed.stars, proposed.stars_proposed), (0, Some(1)));
    assert_eq!((proposed.real_name, proposed.squad), (RealName::Matched, Some(code("A"))));
    let attested = attested_minutes;
    log.add(
        &stream(1),
        volunteer::Event::StarChanged(volunteer::StarChanged { proposal, from, to, attested }),
    );
    log.add(&stream(1), withdrawn());
    let ended = file(&log).archive;
    assert_eq!((ended.stars, ended.stars_proposed, ended.squad), (1, None, None));
    assert_eq!(ended.status, Status::Withdrawn);
}

#[test]
fn a_file_shows_what_the_records_say() {
    let mut log = Log::new();
    let service = format!("service-{}", person(1));
    log.add(&stream(1), registered("A"))
        .add(&service, served(1, entry(1, "2021-11-05"), "2021-11-19"))
        .add(&service, served(2, entry(1, "2021-11-09"), "2021-11-23"))
        .add(&service, attested(1, 120, "2021-11-05"))
        .add(&service, attested(2, 120, "2021-11-09"))
        .add(&service, voided(2));
    let file = get(log.read().connection(), person(1)).unwrap().unwrap();
    assert_eq!((file.records, file.attested, file.attested_minutes), (2, 1, 120));
    assert_eq!((file.ratings, file.rating_sum), (1, 4));
    assert_eq!(file.last_served, Some(noon("2021-11-05")));
}

#[test]
fn lists_filter_and_page() {
    let mut log = Log::new();
    for n in 1..=5 {
        log.add(&stream(n), registered(if n % 2 == 0 { "A" } else { "B" }));
    }
    log.add(&stream(3), withdrawn());
    let models = log.read();
    let filter =
        Filter { unit: Some(code("B")), status: Some(Status::Active), ..Filter::default() };
    let first = PageRequest { after: None, limit: 1 };
    let first = list(models.connection(), &filter, &first).unwrap();
    assert_eq!(first.items[0].archive.volunteer, person(1));
    let second = PageRequest { after: first.next, limit: 1 };
    let second = list(models.connection(), &filter, &second).unwrap();
    assert_eq!((second.items[0].archive.volunteer, second.next), (person(5), None));
    let bad = PageRequest { after: Some("a~b".into()), limit: 1 };
    assert!(matches!(list(models.connection(), &filter, &bad), Err(QueryError::BadCursor)));
}

/// Members, askers and objectors have no file, and are erased all the same.
#[test]
fn everybody_who_was_erased_is_listed() {
    let mut log = Log::new();
    log.add(&stream(1), registered("A")).add(&stream(1), personal_data_erased());
    log.add(&stream(2), registered("A")).add(&stream(7), personal_data_erased());
    assert_eq!(erased(log.read().connection()).unwrap(), [person(1), person(7)]);
    assert_eq!(get(log.read().connection(), person(7)).unwrap(), None);
}
