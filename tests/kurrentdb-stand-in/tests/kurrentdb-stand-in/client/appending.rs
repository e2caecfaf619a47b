//! What is stored, what was stored already, what is refused.

use kurrentdb::{CurrentRevision, Error, StreamState};
use kurrentdb_stand_in::{Options, Server};

use super::{append, client, event, events, read_stream};

#[tokio::test]
async fn an_append_answers_with_where_its_last_event_stands() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    let first = append(&client, "s", StreamState::NoStream, events(0..3)).await.unwrap();
    let second = append(&client, "s", StreamState::StreamRevision(2), events(3..4)).await.unwrap();
    let stood = read_stream(&client, "s", &Default::default()).await.unwrap();
    let revisions: Vec<_> = stood.iter().map(|event| event.revision).collect();
    assert_eq!(revisions, [0, 1, 2, 3]);
    assert_eq!((first.next_expected_version, first.position), (2, stood[2].position));
    assert_eq!(
        (stood[1].event_type.as_str(), &*stood[1].data),
        ("Counted", br#"{"number":1}"#.as_slice())
    );
    assert_eq!((second.next_expected_version, second.position), (3, stood[3].position));
}

#[tokio::test]
async fn an_append_that_stands_already_is_answered_as_the_first_time() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    let first = append(&client, "s", StreamState::NoStream, events(0..2)).await.unwrap();
    append(&client, "s", StreamState::StreamRevision(1), events(2..4)).await.unwrap();
    for expected in [StreamState::NoStream, StreamState::Any, StreamState::StreamExists] {
        let again = append(&client, "s", expected, events(0..2)).await.unwrap();
        assert_eq!((again.next_expected_version, again.position), (1, first.position));
    }
    let half = append(&client, "s", StreamState::NoStream, vec![event(0), event(9)]).await;
    assert!(
        matches!(
            half,
            Err(Error::WrongExpectedVersion { current: CurrentRevision::Current(3), .. })
        ),
        "{half:?}"
    );
    assert_eq!(read_stream(&client, "s", &Default::default()).await.unwrap().len(), 4);
}

#[tokio::test]
async fn an_append_elsewhere_than_at_the_end_is_refused_with_both_revisions() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    append(&client, "s", StreamState::NoStream, events(0..2)).await.unwrap();
    let cases = [
        ("s", StreamState::NoStream, CurrentRevision::Current(1)),
        ("s", StreamState::StreamRevision(0), CurrentRevision::Current(1)),
        ("s", StreamState::StreamRevision(7), CurrentRevision::Current(1)),
        ("none", StreamState::StreamRevision(0), CurrentRevision::NoStream),
        ("none", StreamState::StreamExists, CurrentRevision::NoStream),
    ];
    for (stream, expected, current) in cases {
        let refused = append(&client, stream, expected, events(7..8)).await.unwrap_err();
        let Error::WrongExpectedVersion { expected: told, current: now } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((told, now), (expected, current));
    }
}

#[tokio::test]
async fn a_mebibyte_is_the_most_that_an_append_holds() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    let of_size = |bytes: usize| {
        let overhead = "Counted".len() * 2;
        vec![kurrentdb::EventData::binary("Counted", vec![b'x'; bytes - overhead].into())]
    };
    append(&client, "s", StreamState::Any, of_size(1024 * 1024)).await.unwrap();
    let refused =
        append(&client, "s", StreamState::Any, of_size(1024 * 1024 + 1)).await.unwrap_err();
    let Error::Grpc { code, message } = refused else { panic!("{refused:?}") };
    assert_eq!(
        (code, message.as_str()),
        (tonic::Code::InvalidArgument, "Maximum Append Size of 1048576 Exceeded.")
    );
}

#[tokio::test]
async fn an_operator_closes_a_stream_for_good_or_until_the_next_append() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    for stream in ["gone", "back"] {
        append(&client, stream, StreamState::NoStream, events(0..2)).await.unwrap();
    }
    server.tombstone("gone");
    server.soft_delete("back");
    let gone = append(&client, "gone", StreamState::Any, events(5..6)).await;
    assert!(matches!(gone, Err(Error::ResourceDeleted)), "{gone:?}");
    let gone = read_stream(&client, "gone", &Default::default()).await;
    assert!(matches!(gone, Err(Error::ResourceDeleted)), "{gone:?}");
    let back = read_stream(&client, "back", &Default::default()).await;
    assert!(matches!(back, Err(Error::ResourceNotFound)), "{back:?}");
    let again = append(&client, "back", StreamState::NoStream, events(5..6)).await.unwrap();
    assert_eq!(again.next_expected_version, 2);
    let back = read_stream(&client, "back", &Default::default()).await.unwrap();
    assert_eq!(back.iter().map(|event| event.revision).collect::<Vec<_>>(), [2]);
}
