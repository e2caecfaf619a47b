//! The port. Its comments are the contract; the suite `contract`, behind the feature of that name, holds every
//! adapter to it.

use async_trait::async_trait;
use tokio::sync::watch;

use crate::{
    AppendError, Appended, Expected, Health, NewEvent, Position, Recorded, StoreError, StreamId,
    Version,
};

/// An append-only log of events, ordered as a whole and within each of its streams.
///
/// An adapter needs no async runtime of a certain kind: its futures run on any executor.
///
/// # Examples
/// ```
/// # use std::error::Error;
/// use event_store::{
///     AppendError, EventStore, Expected, MemoryStore, NewEvent, Position, StreamId, Version,
/// };
///
/// # futures::executor::block_on(async {
/// let log = MemoryStore::new();
/// let stream = StreamId::new("service-V035X2W3HCT3Z")?;
/// let event = |id: u128, data: &str| NewEvent {
///     id: uuid::Uuid::from_u128(id),
///     kind: "ServiceRecorded".into(),
///     recorded_at: jiff::Timestamp::UNIX_EPOCH,
///     data: data.into(),
///     metadata: b"{}".to_vec(),
/// };
/// let first = vec![event(1, r#"{"minutes":90}"#)];
/// let appended = log.append(&stream, Expected::NoStream, first.clone()).await?;
/// assert_eq!((appended.last_version, appended.repeated), (Version(1), false));
///
/// // The same batch again is answered as the first time and changes nothing.
/// assert!(log.append(&stream, Expected::NoStream, first).await?.repeated);
/// // Another one on a stream that has moved on is refused: read on and decide again.
/// let late = log.append(&stream, Expected::NoStream, vec![event(2, "{}")]).await;
/// assert!(matches!(late, Err(AppendError::Conflict { actual: Version(1), .. })));
///
/// let page = log.read_all(Position::START, 100).await?;
/// assert_eq!(page[0].data, br#"{"minutes":90}"#);
/// assert!(log.read_all(page[0].position, 100).await?.is_empty());
/// # Ok::<(), Box<dyn Error>>(())
/// # }).unwrap();
/// ```
#[async_trait]
pub trait EventStore: Send + Sync {
    /// Appends a batch to one stream: all of it, durably, or nothing.
    ///
    /// - It *must* answer `Ok` only when the batch would survive the loss of power.
    /// - It *must* refuse with [`AppendError::Conflict`] when the stream is not as `expected`, unless
    ///   the very ids of this batch, in this order, stand in the stream right after the expected version. Then it
    ///   changes nothing and answers as the first time, with `repeated` set, whatever was appended since.
    ///   Only ids are compared: the first writing stands, also where a retry carries another time.
    /// - It *must never* store an id twice in a stream: an id that stands elsewhere in it is [`AppendError::IdTaken`].
    ///   An engine that can *may* refuse one that stands in another stream too. Writers make ids from the stream's name.
    /// - It *must* raise `recorded_at` to that of the event before it in the log, so that the order of
    ///   positions and the order of times agree, and a state *as of* a moment is a prefix of the log.
    /// - It *must* refuse more than 65 536 bytes of data and metadata in an event, more than 1000 events or 512 KiB in a
    ///   batch, a kind outside 1 to 100 characters.
    /// - It *may* wait for room when many append at once; it *never* drops what it accepted.
    /// - A caller who drops the future knows as little as after [`AppendError::OutcomeUnknown`].
    /// - After an error of the disk it *must never* write again until it is opened anew.
    ///
    /// # Errors
    /// See [`AppendError`]: each but `OutcomeUnknown` means that this call stored nothing.
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError>;

    /// Reads on in a stream: the events after version `after`, in order, densely numbered.
    ///
    /// A page holds at most `limit` events (0 counts as 1) and *may* be shorter, also because of
    /// its bytes; it is empty only at the end. A stream never written to is at its end.
    ///
    /// # Errors
    /// [`StoreError`]; an error *never* looks like the end.
    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError>;

    /// Reads on in the whole log: the events after `after`, in order of position.
    ///
    /// `after` is [`Position::START`], the position of some event of this log, or beyond its end.
    ///
    /// It *must never* show an event that another one may yet precede: who reads page by page, remembering the last
    /// position, misses nothing. Pages are as in [`read_stream`](Self::read_stream).
    ///
    /// # Errors
    /// [`StoreError`]; an error *never* looks like the end.
    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError>;

    /// The position of the last event, [`Position::START`] in an empty log.
    ///
    /// # Errors
    /// [`StoreError`] when the engine cannot tell.
    async fn head(&self) -> Result<Position, StoreError>;

    /// The head as it moves, to wait for what comes next.
    ///
    /// It *must* have reached an append's last position before that append answers, and it *never* runs ahead of
    /// what `read_all` shows. It *may* skip values. The channel closes with the store.
    fn watch_head(&self) -> watch::Receiver<Position>;

    /// Whether the store takes writes, as far as it knows. Cheap, never waits.
    fn health(&self) -> Health;
}
