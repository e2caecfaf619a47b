//! gRPC on the wire: messages in frames, statuses in trailers.

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::{HeaderMap, Response};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use prost::Message;
use tonic::Status;

/// The bytes before each message: whether it is compressed, and its length.
pub(super) const PREFIX: usize = 5;

pub(super) type Answer = Response<UnsyncBoxBody<Bytes, Broken>>;

/// Says to the transport that a call ends here, without an answer.
#[derive(Debug)]
pub(super) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the call is broken off")
    }
}

impl std::error::Error for Broken {}

/// A message in its frame.
pub(super) fn frame(message: &impl Message) -> Bytes {
    let length = message.encoded_len();
    let mut buffer = BytesMut::with_capacity(PREFIX + length);
    buffer.put_u8(0);
    buffer.put_u32(u32::try_from(length).unwrap());
    message.encode(&mut buffer).unwrap();
    buffer.freeze()
}

/// An answer of one message.
pub(super) fn unary(message: &impl Message) -> Answer {
    let trailers = async { Some(Ok(success())) };
    streamed(Full::new(frame(message)).map_err(|never| match never {}).with_trailers(trailers))
}

/// An answer whose body says everything, trailers included.
pub(super) fn streamed(body: impl Body<Data = Bytes, Error = Broken> + Send + 'static) -> Answer {
    let mut response = Response::new(body.boxed_unsync());
    let grpc = http::HeaderValue::from_static("application/grpc");
    response.headers_mut().insert(http::header::CONTENT_TYPE, grpc);
    response
}

/// An answer without any message.
pub(super) fn refused(status: &Status) -> Answer {
    let nothing = Full::new(Bytes::new()).map_err(|never| match never {});
    let mut response = streamed(nothing);
    status.add_header(response.headers_mut()).unwrap();
    response
}

/// The headers that end a call without any trailer.
pub(super) fn without_trailers() -> Answer {
    streamed(Full::new(Bytes::new()).map_err(|never| match never {}))
}

pub(super) fn trailers(status: &Status) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    status.add_header(&mut trailers).unwrap();
    trailers
}

pub(super) fn success() -> HeaderMap {
    trailers(&Status::ok(""))
}

/// The messages of a request, one by one as they come in.
pub(super) struct Requests {
    body: Incoming,
    unread: BytesMut,
}

impl Requests {
    pub fn new(body: Incoming) -> Self {
        Self { body, unread: BytesMut::new() }
    }

    pub async fn next<M: Message + Default>(&mut self) -> Result<Option<M>, Status> {
        loop {
            if let Some(message) = self.take()? {
                return M::decode(message)
                    .map(Some)
                    .map_err(|error| Status::internal(error.to_string()));
            }
            match self.body.frame().await {
                None if self.unread.is_empty() => return Ok(None),
                None => return Err(Status::internal("a message breaks off")),
                Some(Err(error)) => return Err(Status::cancelled(error.to_string())),
                Some(Ok(frame)) => self.unread.extend(frame.into_data().ok()),
            }
        }
    }

    /// The only message of a request.
    pub async fn only<M: Message + Default>(mut self) -> Result<M, Status> {
        self.next().await?.ok_or_else(|| Status::internal("Missing request message."))
    }

    fn take(&mut self) -> Result<Option<Bytes>, Status> {
        let Some(mut prefix) = self.unread.get(..PREFIX) else { return Ok(None) };
        if prefix.get_u8() != 0 {
            return Err(Status::unimplemented("compressed messages"));
        }
        let length = prefix.get_u32() as usize;
        if self.unread.len() < PREFIX + length {
            return Ok(None);
        }
        self.unread.advance(PREFIX);
        Ok(Some(self.unread.split_to(length).freeze()))
    }
}
