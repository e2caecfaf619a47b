//! The stand-in for KurrentDB, met by the official client.

mod appending;
mod faults;
mod nodes;
mod reading;
mod security;

use kurrentdb::{
    AppendToStreamOptions, Client, ClientSettings, EventData, ReadAllOptions, ReadStreamOptions,
    RecordedEvent, StreamState, WriteResult,
};
use kurrentdb_stand_in::Cluster;
use uuid::Uuid;

/// A client of all the nodes.
fn client(cluster: &Cluster) -> Client {
    connect(&cluster.connection_string())
}

fn connect(connection_string: &str) -> Client {
    Client::new(connection_string.parse::<ClientSettings>().unwrap()).unwrap()
}

/// An event whose payload tells its number.
fn event(number: u32) -> EventData {
    EventData::binary("Counted", format!("{{\"number\":{number}}}").into()).id(id(number))
}

fn id(number: u32) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_be_bytes())
}

fn events(numbers: impl IntoIterator<Item = u32>) -> Vec<EventData> {
    numbers.into_iter().map(event).collect()
}

async fn append(
    client: &Client,
    stream: &str,
    expected: StreamState,
    events: Vec<EventData>,
) -> kurrentdb::Result<WriteResult> {
    client
        .append_to_stream(stream, &AppendToStreamOptions::default().stream_state(expected), events)
        .await
}

async fn read_stream(
    client: &Client,
    stream: &str,
    options: &ReadStreamOptions,
) -> kurrentdb::Result<Vec<RecordedEvent>> {
    let mut reading = client.read_stream(stream, options).await?;
    let mut read = Vec::new();
    while let Some(event) = reading.next().await? {
        read.extend(event.event);
    }
    Ok(read)
}

async fn read_all(
    client: &Client,
    options: &ReadAllOptions,
) -> kurrentdb::Result<Vec<RecordedEvent>> {
    let mut reading = client.read_all(options).await?;
    let mut read = Vec::new();
    while let Some(event) = reading.next().await? {
        read.extend(event.event);
    }
    Ok(read)
}
