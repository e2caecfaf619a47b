//! Whatever waits is committed together, and a refusal does not touch its neighbours.

use std::io::ErrorKind;

use futures::future::join_all;

use super::*;
use crate::AppendError;

/// Holds the writer at its first group, lets `appends` queue up behind it, and gives their answers.
async fn as_one_group(
    store: &SqliteStore,
    script: &Script,
    appends: Vec<(StreamId, Expected, Vec<NewEvent>)>,
    before_release: impl FnOnce(),
) -> Vec<Result<Appended, AppendError>> {
    let (arrival, release) = script.hold_at(FaultPoint::AfterCommit);
    let held = stream("held");
    let first = store.append(&held, Expected::NoStream, vec![event()]);
    let (first, rest) = tokio::join!(first, async {
        arrival.recv().unwrap();
        let waiting = join_all(appends.iter().map(|(s, e, b)| store.append(s, *e, b.clone())));
        // Futures are polled in order: each append is queued before the writer is let go.
        let go = async {
            before_release();
            release.send(()).unwrap();
        };
        tokio::join!(waiting, go).0
    });
    first.unwrap();
    rest
}

#[tokio::test]
async fn one_conflict_does_not_fail_the_neighbours() {
    let (place, script) = (Place::new(), Arc::new(Script::default()));
    let store = place.open_with(&script);
    let (a, b) = (stream("a"), stream("b"));
    let same = event();
    let answers = as_one_group(
        &store,
        &script,
        vec![
            (a.clone(), Expected::NoStream, vec![same.clone(), event()]),
            (a.clone(), Expected::NoStream, vec![event()]),
            (a.clone(), exactly(2), vec![event()]),
            (b.clone(), Expected::NoStream, vec![event(), same.clone()]),
            (a.clone(), Expected::NoStream, vec![same.clone()]),
            (b.clone(), Expected::NoStream, vec![event()]),
        ],
        || (),
    )
    .await;
    assert_eq!(answers[0].as_ref().unwrap().last_version, Version(2));
    assert!(matches!(answers[1], Err(AppendError::Conflict { actual: Version(2), .. })));
    assert_eq!(answers[2].as_ref().unwrap().last_version, Version(3));
    assert!(matches!(answers[3], Err(AppendError::IdTaken { id }) if id == same.id));
    let repeat = answers[4].as_ref().unwrap();
    assert_eq!((repeat.last_version, repeat.repeated), (Version(1), true));
    assert_eq!(answers[5].as_ref().unwrap().last_version, Version(1));
    assert_eq!(count(&store).await, 5);
}

/// A conflict with a neighbour that was then not stored would be a lie, so it is not told.
#[tokio::test]
async fn a_failed_group_answers_each_member_truly() {
    let (place, script) = (Place::new(), Arc::new(Script::default()));
    let store = place.open_with(&script);
    let a = stream("a");
    let appends = vec![
        (a.clone(), Expected::NoStream, vec![event()]),
        (a.clone(), Expected::NoStream, vec![event()]),
    ];
    let fail = || script.fail_next(FaultPoint::BeforeCommit, ErrorKind::Other);
    let answers = as_one_group(&store, &script, appends, fail).await;
    assert!(matches!(answers[0], Err(AppendError::OutcomeUnknown(_))), "{answers:?}");
    assert!(matches!(answers[1], Err(AppendError::Halted(_))), "{answers:?}");
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn many_that_wait_share_one_commit() {
    struct Count(Mutex<usize>);
    impl Faults for Count {
        fn at(&self, point: FaultPoint) -> io::Result<()> {
            *self.0.lock().unwrap() += usize::from(point == FaultPoint::AfterCommit);
            Ok(())
        }
    }
    let place = Place::new();
    let commits = Arc::new(Count(Mutex::new(0)));
    let faults = Some(Arc::clone(&commits) as Arc<dyn Faults>);
    let options = SqliteOptions { faults, ..SqliteOptions::default() };
    let store = SqliteStore::open(place.path(), options).unwrap();
    let names: Vec<_> = (0..500).map(|i| stream(&format!("s-{i}"))).collect();
    let appends = names.iter().map(|name| store.append(name, Expected::NoStream, vec![event()]));
    for answer in join_all(appends).await {
        answer.unwrap();
    }
    let commits = *commits.0.lock().unwrap();
    assert!((1..500).contains(&commits), "{commits} commits for 500 appends");
    assert_eq!(count(&store).await, 500);
}
