//! Which call goes where.

use std::sync::Arc;

use http::{HeaderMap, Request};
use hyper::body::Incoming;
use tonic::Status;

use super::appending::Append;
use super::faults::{AppendFault, How, Stored};
use super::grpc::{self, Answer, Broken, Requests};
use super::messages::{Empty, IdForm, ReadRequest, SupportedMethod, SupportedMethods};
use super::reading::Reading;
use super::sending::Sending;
use super::state::NodeState;
use super::users::{Caller, authenticate};
use super::wire::Connection;

/// What the stand-in says it is.
const VERSION: &str = "25.1.0";

/// How a call ends other than by a message.
enum Ending {
    Refused(Status),
    Lost(How),
}

impl From<Status> for Ending {
    fn from(status: Status) -> Self {
        Self::Refused(status)
    }
}

/// A call at a node.
struct Call {
    node: Arc<NodeState>,
    connection: Arc<Connection>,
    headers: HeaderMap,
    requests: Requests,
}

/// Answers a call, or breaks it off.
pub(super) async fn answer(
    node: Arc<NodeState>,
    connection: Arc<Connection>,
    request: Request<Incoming>,
) -> Result<Answer, Broken> {
    let (parts, body) = request.into_parts();
    let call = Call {
        node,
        connection: Arc::clone(&connection),
        headers: parts.headers,
        requests: Requests::new(body),
    };
    let answered = match parts.uri.path() {
        "/event_store.client.streams.Streams/Append" => call.append().await,
        "/event_store.client.streams.Streams/Read" => call.read().await,
        "/event_store.client.gossip.Gossip/Read" => call.gossip().await,
        "/event_store.client.server_features.ServerFeatures/GetSupportedMethods" => {
            call.features().await
        }
        other => Err(Status::unimplemented(format!("the stand-in does not know {other}")).into()),
    };
    match answered {
        Ok(answer) => Ok(answer),
        Err(Ending::Refused(status)) => Ok(grpc::refused(&status)),
        Err(Ending::Lost(how)) => lose(how, &connection).await,
    }
}

async fn lose(how: How, connection: &Connection) -> Result<Answer, Broken> {
    match how {
        How::ResetStream => Err(Broken),
        How::CutConnection => {
            connection.cut_after_flush();
            std::future::pending().await
        }
        How::Silence => std::future::pending().await,
        How::Status(status) => Ok(grpc::refused(&status)),
        How::EndWithoutTrailers => Ok(grpc::without_trailers()),
    }
}

impl Call {
    async fn append(self) -> Result<Answer, Ending> {
        self.check_user()?;
        let leader = self.leader().and_then(|()| self.node.check_writable());
        let append = Append::receive(self.requests).await?;
        leader?;
        let fault = self.node.faults.next_append();
        let stored = match fault {
            AppendFault::Fails(ref status) => Err(status.clone()),
            AppendFault::LosesAnswer(Stored::No, _) => Err(Status::unknown("lost")),
            AppendFault::None | AppendFault::LosesAnswer(Stored::Yes, _) => {
                self.node.shared.write(|log| append.store(log))
            }
        };
        self.node.counter.count(|tally| tally.appends += 1);
        match fault {
            AppendFault::LosesAnswer(_, how) => Err(Ending::Lost(how)),
            AppendFault::None | AppendFault::Fails(_) => Ok(grpc::unary(&stored?)),
        }
    }

    async fn read(self) -> Result<Answer, Ending> {
        self.check_user()?;
        let leader = self.leader();
        let request: ReadRequest = self.requests.only().await?;
        self.node.counter.count(|tally| tally.reads += 1);
        leader?;
        let options = request.options.ok_or_else(|| Status::invalid_argument("no options"))?;
        let ids = options
            .ids
            .ok_or_else(|| Status::invalid_argument("'uuidOption' is a required argument"))?;
        let structured_ids = !matches!(ids.form, Some(IdForm::Text(_)));
        let reading = Reading::begin(options, &self.node.shared.log())?;
        Ok(Sending::new(self.node, self.connection, reading, structured_ids).answer())
    }

    async fn gossip(self) -> Result<Answer, Ending> {
        self.authenticate()?;
        let Empty {} = self.requests.only().await?;
        self.node.counter.count(|tally| tally.gossips += 1);
        Ok(grpc::unary(&self.node.shared.gossip()))
    }

    async fn features(self) -> Result<Answer, Ending> {
        self.authenticate()?;
        let Empty {} = self.requests.only().await?;
        Ok(grpc::unary(&supported_methods()))
    }

    fn check_user(&self) -> Result<(), Status> {
        self.authenticate()?.check()
    }

    fn authenticate(&self) -> Result<Caller, Status> {
        let certified = self.connection.user.get().map(String::as_str);
        authenticate(&self.node.options.users, certified, &self.headers)
    }

    /// Whether this node may answer: who wants the leader gets nobody else.
    fn leader(&self) -> Result<(), Status> {
        let required =
            self.headers.get("requires-leader").is_some_and(|value| value.as_bytes() == b"true");
        if required { self.node.check_leader() } else { Ok(()) }
    }
}

fn supported_methods() -> SupportedMethods {
    let method = |service: &str, method: &str, features: &[&str]| SupportedMethod {
        service: format!("event_store.client.{service}"),
        method: method.to_owned(),
        features: features.iter().map(ToString::to_string).collect(),
    };
    SupportedMethods {
        version: VERSION.to_owned(),
        methods: vec![
            method("streams.streams", "append", &[]),
            method("streams.streams", "read", &["position", "events"]),
            method("gossip.gossip", "read", &[]),
            method("server_features.serverfeatures", "getsupportedmethods", &[]),
        ],
    }
}
