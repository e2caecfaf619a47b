//! Leaders, followers, and nodes that go and come back.

use kurrentdb::{Client, Error, StreamState};
use kurrentdb_stand_in::{Cluster, Options, Server};

use super::{append, client, connect, events, read_stream};

fn client_of_leader(cluster: &Cluster) -> Client {
    connect(&format!("{}&nodePreference=leader", cluster.connection_string()))
}

#[tokio::test]
async fn who_wants_the_leader_is_told_where_it_is() {
    let cluster = Cluster::start(3, Options::default()).await;
    let client = client_of_leader(&cluster);
    append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
    assert_eq!(cluster.node(0).tally().appends, 1);
    cluster.elect(2);
    let redirected = append(&client, "s", StreamState::StreamRevision(0), events([1])).await;
    let Err(Error::NotLeaderException(leader)) = redirected else { panic!("{redirected:?}") };
    assert_eq!(leader.port, u32::from(cluster.node(2).address().port()));
    append(&client, "s", StreamState::StreamRevision(0), events([1])).await.unwrap();
    assert_eq!(cluster.node(2).tally().appends, 1);
    assert_eq!(read_stream(&client, "s", &Default::default()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_follower_hands_appends_on_as_long_as_there_is_a_leader() {
    let cluster = Cluster::start(3, Options::default()).await;
    let client = connect(&format!("{}&nodePreference=follower", cluster.connection_string()));
    append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
    assert_eq!(cluster.node(0).tally().appends, 0);
    cluster.node(0).stop();
    let leaderless = append(&client, "s", StreamState::StreamRevision(0), events([1])).await;
    assert!(
        matches!(&leaderless, Err(Error::ServerError(words)) if words.contains("Not Ready")),
        "{leaderless:?}"
    );
    assert_eq!(cluster.all_records().iter().filter(|record| record.stream == "s").count(), 1);
}

#[tokio::test]
async fn a_leader_that_is_killed_takes_its_connections_with_it_and_comes_back_at_its_port() {
    let cluster = Cluster::start(3, Options::default()).await;
    let client = client_of_leader(&cluster);
    append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
    cluster.node(0).stop();
    let gone = append(&client, "s", StreamState::StreamRevision(0), events([1])).await;
    assert!(gone.is_err(), "{gone:?}");
    cluster.elect(1);
    cluster.node(0).start_again();
    let client = client_of_leader(&cluster);
    append(&client, "s", StreamState::StreamRevision(0), events([1])).await.unwrap();
    assert_eq!(cluster.node(1).tally().appends, 1);
    assert!(
        cluster.node(1).tally().gossips
            + cluster.node(0).tally().gossips
            + cluster.node(2).tally().gossips
            > 0
    );
}

#[tokio::test]
async fn a_single_node_that_is_killed_and_started_again_keeps_its_log() {
    let server = Server::start(Options::default()).await;
    let before = client(&server);
    append(&before, "s", StreamState::NoStream, events([0])).await.unwrap();
    server.node().stop();
    assert!(append(&before, "s", StreamState::StreamRevision(0), events([1])).await.is_err());
    server.node().start_again();
    let after = client(&server);
    append(&after, "s", StreamState::StreamRevision(0), events([1])).await.unwrap();
    assert_eq!(read_stream(&after, "s", &Default::default()).await.unwrap().len(), 2);
}

#[test]
fn a_server_on_a_thread_of_its_own_serves_who_blocks_his() {
    let server = Server::start_on_thread(Options::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = client(&server);
        append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
    });
    assert_eq!(server.all_records().iter().filter(|record| record.stream == "s").count(), 1);
}
