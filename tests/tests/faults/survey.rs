//! Lives of their own: one in which nothing goes wrong, and such as once went wrong.

use std::collections::BTreeSet;

use super::bench::Bench;
use super::fault::{Fault, Kind, Moment, Point};
use super::life::Conditions;
use super::plan::{Doom, End, Plan};
use super::points::POINTS;
use super::round::{self, Round};

/// The points that a life without a fault passes, from start to stop.
async fn passed(bench: &Bench, empty: bool) -> BTreeSet<String> {
    let round = Round::new(bench, empty);
    let mut life = round.begin("surveyed", &Conditions::default()).await.unwrap();
    round.send_all(life.address.as_ref().unwrap()).await.unwrap();
    round.stop(&mut life).await.unwrap();
    life.trace().lines().map(named).collect()
}

/// A point's name, where a file's own has a part drawn by chance or told by its content.
fn named(line: &str) -> String {
    let is_drawn = |part: &str| part.len() == 16 && part.bytes().all(|it| it.is_ascii_hexdigit());
    if line.starts_with("make as-of/") {
        return "make as-of/*".into();
    }
    // The folder of the past is named after the read models' revisions.
    let line = match line.split_once("as-of/").map(|(effect, path)| (effect, path.split_once('/')))
    {
        Some((effect, Some((_, file)))) => format!("{effect}as-of/*/{file}"),
        Some((effect, None)) => format!("{effect}as-of/*"),
        None => line.to_owned(),
    };
    let parts = line.split('.').map(|part| if is_drawn(part) { "*" } else { part });
    parts.collect::<Vec<_>>().join(".")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_effect_on_a_file_is_a_named_point() {
    let bench = Bench::new().await;
    for empty in [true, false] {
        let times = |point: &Point| if empty { point.1 } else { point.2 };
        let named = POINTS.iter().filter(|point| times(point) > 0).map(|point| point.0.to_owned());
        assert_eq!(passed(&bench, empty).await, named.collect());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_told_to_stop_as_soon_as_it_listens_stops_in_order() {
    let bench = Bench::new().await;
    for _ in 0..5 {
        let round = Round::new(&bench, false);
        let mut life = round.begin("stopped", &Conditions::default()).await.unwrap();
        round.stop(&mut life).await.unwrap();
    }
}

/// The change of a new database to a write-ahead log is committed by removing a journal. One that stays undoes everything
/// once the power was gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_whose_journal_cannot_be_removed_takes_nothing_in() {
    let bench = Bench::new().await;
    for at in ["unlink log.sqlite-journal", "unlink vault.sqlite-journal"] {
        let fault = Fault { at, nth: 1, moment: Moment::Before, kind: Kind::Fail };
        let conditions = Conditions { fault: Some(fault), ..Conditions::default() };
        let plan =
            Plan { empty: true, dooms: vec![Doom { conditions, end: End::Cut, after: None }] };
        let outcome = round::dispatch(&bench, &plan).await.unwrap();
        assert_eq!(outcome.struck.len(), 1, "{at}");
    }
}
