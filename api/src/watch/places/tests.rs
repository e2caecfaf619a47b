#![allow(clippy::unwrap_used)]

use futures::stream;
use http_body_util::BodyExt as _;

use super::*;

#[tokio::test]
async fn a_request_that_waits_for_its_body_holds_no_place() {
    let places = Places::of(1);
    let place = places.take().unwrap();
    assert!(places.take().is_none());
    let silent = stream::pending::<Result<Bytes, axum::Error>>();
    let mut waiting = while_it_comes(Request::new(Body::from_stream(silent)), &place);
    assert!(futures::poll!(waiting.body_mut().frame()).is_pending());
    let other = places.take().unwrap();
    drop((waiting, place));
    assert!(places.take().is_none(), "it is given back once");
    drop(other);
    assert!(places.take().is_some());
}

#[tokio::test]
async fn what_has_come_is_worked_on() {
    let places = Places::of(1);
    let place = places.take().unwrap();
    let parts = stream::iter([Ok::<_, axum::Error>(Bytes::from_static(b"{}"))]);
    let mut come = while_it_comes(Request::new(Body::from_stream(parts)), &place);
    place.leave();
    let other = places.take().unwrap();
    assert!(come.body_mut().frame().await.is_some());
    drop(other);
    assert!(places.take().is_none(), "it holds its place again");
}
