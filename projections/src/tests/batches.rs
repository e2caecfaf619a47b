//! The same facts give the same rows, however they are cut into batches and however little is cached.

use domain::unit::Kind;
use domain::{notice, points, service, volunteer};
use proptest::prelude::*;

use super::deliberations::{self, Happens};
use crate::testing::*;
use crate::{compare, models};

/// One thing that happens: which, to whom, in which unit, with which number, on which day.
pub(super) type Happening = (u8, u64, u8, u32, i8);

/// How many kinds of things happen among volunteers; those after them happen in the deliberation.
pub(super) const VOLUNTEERING: u8 = 23;

pub(super) fn happening() -> impl Strategy<Value = Happening> {
    (0..VOLUNTEERING + deliberations::KINDS, 1..5u64, 0..6u8, 1..6u32, 1..28i8)
}

fn unit(n: u8) -> &'static str {
    ["C", "T1", "T2", "D", "V1", "O1"][usize::from(n)]
}

/// A log of what need not make sense together: history is not up for debate.
pub(super) fn log(happenings: &[Happening]) -> Log {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None));
    for (n, kind, parent) in [
        (1, Kind::Town, 0),
        (2, Kind::Town, 0),
        (3, Kind::Department, 0),
        (4, Kind::Village, 1),
        (5, Kind::Outpost, 2),
    ] {
        log.add(&format!("unit-{}", unit(n)), unit_registered(unit(n), kind, Some(unit(parent))));
    }
    for n in 1..5 {
        log.add(&format!("volunteer-{}", person(n)), registered(unit(n as u8)));
    }
    for &(which, who, at, number, on) in happenings {
        let on = format!("2022-01-{on:02}");
        match which.checked_sub(VOLUNTEERING) {
            None => happen(&mut log, which, who, at, number, &on),
            Some(which) => {
                let unit = unit(at);
                deliberations::happen(&mut log, Happens { which, who, unit, number, on: &on });
            }
        }
    }
    log
}

fn happen(log: &mut Log, which: u8, who: u64, at: u8, number: u32, on: &str) {
    let (volunteer, service) =
        (format!("volunteer-{}", person(who)), format!("service-{}", person(who)));
    let (bank, board) =
        (format!("points-{}", person(who)), format!("activity-{}", activity_id(number.into())));
    let (home, squad) = (format!("unit-{}", unit(at)), format!("squad-{}", unit(at)));
    let paper = format!("notice-n{number}");
    match which {
        0 => log.add(&home, headcount(number * 10)),
        1 => log.add(&home, task(number)),
        2 if at > 3 => log.add(&home, attributed("D")),
        3 => log.add(&volunteer, matched()),
        4 => log.add(&volunteer, moved("C", unit(at))),
        5 | 6 => log.add(&squad, joined(who, number.is_multiple_of(2))),
        7 => log.add(&squad, left(who)),
        8 => log.add(&volunteer, withdrawn()),
        9 => log.add(&service, served(number, entry(who, on), on)),
        10 | 11 => log.add(&service, attested(number, 120, on)),
        12 => log.add(&service, voided(number)),
        13 => log.add(
            &service,
            corrected(number, service::Entry { organiser: code(unit(at)), ..entry(who, on) }),
        ),
        14 => log.add(&bank, earned(number, 100, Some(on))),
        15 => log.add(&bank, redeemed(number, 150)),
        16 => log.add(
            &bank,
            points::Event::Expired(points::Expired {
                points: domain::Points(1),
                expires_on: day(on),
            }),
        ),
        17 => log.add(&paper, published_notice(on, "2022-02-01")),
        18 => log.add(&paper, objected(number)),
        19 => log.add(&paper, answered(number, notice::Verdict::Upheld)),
        20 => log.add(&board, signed_up(who)).add(&board, published_activity(unit(at))),
        21 => log.add(&board, insured(&[who, 4])),
        _ => log.add(
            &volunteer,
            volunteer::Event::RealNameRefused(volunteer::RealNameRefused {
                roster: text("名册"),
                reason: text("不一致"),
            }),
        ),
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rebuilt_equals_live_row_for_row(
        happenings in prop::collection::vec(happening(), 1..240),
        sizes in prop::collection::vec(1..30usize, 1..5),
    ) {
        let log = log(&happenings);
        let (rebuilt, live) = (log.read(), log.read_in_batches(&sizes));
        prop_assert_eq!(compare(rebuilt.connection(), live.connection(), 5).unwrap(), vec![]);
        let last = rebuilt.position();
        prop_assert_eq!((last, last.0), (live.position(), log.facts.len() as u64));
    }

    #[test]
    fn totals_are_the_sums_of_what_counts_there(happenings in prop::collection::vec(happening(), 1..240)) {
        let models = log(&happenings).read();
        let wrong: i64 = models.connection().query_row(
            "SELECT count(*) FROM quota_unit AS up JOIN (
                SELECT u.unit, coalesce(sum(d.headcount_total), 0) AS heads, coalesce(sum(d.members_total), 0) AS members,
                       coalesce(sum(d.verified_total), 0) AS verified, coalesce(sum(d.party_total), 0) AS party,
                       coalesce(sum(d.task_total), 0) AS task
                FROM quota_unit AS u LEFT JOIN quota_unit AS d ON d.counts_towards = u.unit GROUP BY u.unit
             ) AS below USING (unit)
             WHERE headcount_total <> headcount + heads OR members_total <> up.members + below.members
                OR verified_total <> up.verified + below.verified OR party_total <> up.party + below.party
                OR task_below <> below.task OR task_total <> max(up.task, below.task)
                OR up.members <> (SELECT count(*) FROM quota_volunteer AS v WHERE v.unit = up.unit AND squad IS NOT NULL)
                OR (SELECT coalesce(sum(a.members), 0) FROM quota_active_day AS a WHERE a.unit = up.unit)
                   <> (SELECT count(*) FROM quota_volunteer AS v WHERE v.unit = up.unit AND squad IS NOT NULL AND latest_day IS NOT NULL)",
            [], |row| row.get(0)).unwrap();
        prop_assert_eq!(wrong, 0);
        prop_assert_eq!(models::points_bank::total(models.connection()).unwrap(), domain::Points(0));
    }
}
