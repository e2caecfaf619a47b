#![allow(clippy::unwrap_used)]
use domain::comparison::{Began, Counts, Finished};
use uuid::Uuid;

use super::*;
use crate::testing::*;

#[test]
fn a_comparison_is_followed_from_its_beginning_to_its_end() {
    let (first, second) = (ComparisonId(Uuid::from_u128(1)), ComparisonId(Uuid::from_u128(2)));
    let began = |rows| Began {
        roster: text("团县委实名库"),
        purpose: text("年度实名比对"),
        file: SealedDigest([3; 32]),
        rows,
        within: Some(code("A")),
        whole: false,
    };
    let mut log = Log::new();
    log.add(&format!("comparison-{first}"), Event::Began(began(4)));
    let row = |log: &Log, id| get(log.read().connection(), id).unwrap().unwrap();
    assert_eq!((row(&log, first).rows, row(&log, first).open), (4, None));
    let outcomes = Counts::from([
        (Outcome::Matched, 2),
        (Outcome::Repeated, 1),
        (Outcome::NameDiffers, 1),
        (Outcome::Missing, 3),
    ]);
    let finished = Finished { registered: 6, outcomes: outcomes.clone() };
    log.add(&format!("comparison-{first}"), Event::Finished(finished));
    log.add(&format!("comparison-{second}"), Event::Began(began(9)));
    let found = row(&log, first);
    assert_eq!((found.registered, found.open), (Some(6), Some(4)));
    assert_eq!(found.outcomes, Outcomes(outcomes));
    assert!(found.finished_at.is_some());
    let page = PageRequest { after: None, limit: 10 };
    let listed = list(log.read().connection(), &page).unwrap().items;
    let listed: Vec<_> = listed.into_iter().map(|row| row.comparison).collect();
    assert_eq!(listed, [second, first]);
}
