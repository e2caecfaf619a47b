use std::sync::mpsc;

use tokio::task::yield_now;

use super::*;

#[tokio::test]
async fn no_more_work_than_processors_runs_whoever_waits() {
    let aside = Aside::default();
    let places = aside.0.available_permits();
    let (mut ends, mut given_up) = (Vec::new(), Vec::new());
    for _ in 0..places {
        let (end, ending) = mpsc::channel::<()>();
        let aside = aside.clone();
        given_up.push(tokio::spawn(async move { aside.run(move || ending.recv()).await }));
        ends.push(end);
    }
    while aside.0.available_permits() > 0 {
        yield_now().await;
    }
    for asker in &given_up {
        asker.abort();
    }
    for asker in given_up {
        assert!(asker.await.unwrap_err().is_cancelled());
    }
    assert_eq!(aside.0.available_permits(), 0, "nobody waits, and it runs on");
    drop(ends);
    assert_eq!(aside.run(|| 7).await.unwrap(), 7, "what has ended gives its place back");
}

#[tokio::test]
async fn work_that_panics_gives_its_place_back() {
    let aside = Aside::default();
    for _ in 0..2 * aside.0.available_permits() {
        let panics = aside.run(|| panic!("as asked"));
        assert!(panics.await.unwrap_err().is_panic());
    }
    assert_eq!(aside.run(|| 7).await.unwrap(), 7);
}
