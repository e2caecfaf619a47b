//! The body of an answer to a read, made as the transport takes it.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures::stream;
use http_body_util::StreamBody;
use hyper::body::Frame;
use tokio::sync::watch;

use super::faults::How;
use super::grpc::{self, Answer, Broken};
use super::reading::{Reading, Step};
use super::state::NodeState;
use super::wire::Connection;

/// The transport gets about this many bytes at a time.
const CHUNK: usize = 32 * 1024;

/// An answer under way.
pub(super) struct Sending {
    node: Arc<NodeState>,
    connection: Arc<Connection>,
    reading: Reading,
    structured_ids: bool,
    fault: Option<(u64, How)>,
    sent: u64,
    log_end: watch::Receiver<u64>,
    over: bool,
}

impl Sending {
    pub fn new(
        node: Arc<NodeState>,
        connection: Arc<Connection>,
        reading: Reading,
        structured_ids: bool,
    ) -> Self {
        let fault = node.faults.next_read();
        let log_end = node.shared.log_end();
        Self { node, connection, reading, structured_ids, fault, sent: 0, log_end, over: false }
    }

    pub fn answer(self) -> Answer {
        grpc::streamed(StreamBody::new(stream::unfold(self, Self::next)))
    }

    async fn next(mut self) -> Option<(Result<Frame<Bytes>, Broken>, Self)> {
        while !self.over {
            if let Some((_, how)) = self.fault.take_if(|(after, _)| *after <= self.sent) {
                let end = self.break_off(how).await?;
                return Some((end, self));
            }
            let delay = self.node.faults.delay();
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            self.log_end.mark_unchanged();
            let (chunk, last) = self.gather(if delay.is_zero() { u64::MAX } else { 1 });
            if !chunk.is_empty() {
                return Some((Ok(Frame::data(chunk)), self));
            }
            match last {
                Step::Wait => self.log_end.changed().await.ok()?,
                Step::End => {
                    self.over = true;
                    return Some((Ok(Frame::trailers(grpc::success())), self));
                }
                Step::Event(_) | Step::Note(_) => {}
            }
        }
        None
    }

    /// As many answers as fit, and the step that followed them if it was one of standing still.
    fn gather(&mut self, most: u64) -> (Bytes, Step) {
        let most = self.fault.as_ref().map_or(most, |(after, _)| most.min(after - self.sent));
        let mut chunk = BytesMut::with_capacity(CHUNK);
        let mut events = 0;
        let log = self.node.shared.log();
        let last = loop {
            match self.reading.step(&log) {
                Step::Event(record) => {
                    events += 1;
                    if self.structured_ids {
                        chunk.extend_from_slice(&record.frame_with_structured_id());
                    } else {
                        chunk.extend_from_slice(&record.frame);
                    }
                    if events == most || chunk.len() >= CHUNK {
                        break Step::Event(record);
                    }
                }
                Step::Note(note) => chunk.extend_from_slice(&note),
                still @ (Step::Wait | Step::End) => break still,
            }
        };
        drop(log);
        self.sent += events;
        if events > 0 {
            self.node.counter.count(|tally| tally.events_sent += events);
        }
        (chunk.freeze(), last)
    }

    async fn break_off(&mut self, how: How) -> Option<Result<Frame<Bytes>, Broken>> {
        self.over = true;
        match how {
            How::ResetStream => Some(Err(Broken)),
            How::CutConnection => {
                self.connection.cut_after_flush();
                std::future::pending().await
            }
            How::Silence => std::future::pending().await,
            How::Status(status) => Some(Ok(Frame::trailers(grpc::trailers(&status)))),
            How::EndWithoutTrailers => None,
        }
    }
}
