//! The messages of KurrentDB's public protocol, as far as the stand-in speaks it.
//!
//! Names say what a field is for; the tags are those of the published `.proto` files.

use bytes::Bytes;
use std::collections::HashMap;
use uuid::Uuid;

/// What a record says besides its payload: `type`, `content-type`, `created`.
pub(super) type Properties = HashMap<String, String>;

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct Empty {}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct StreamName {
    #[prost(bytes = "bytes", tag = "3")]
    pub name: Bytes,
}

impl StreamName {
    pub fn of(name: &str) -> Self {
        Self { name: Bytes::copy_from_slice(name.as_bytes()) }
    }

    pub fn text(self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Id {
    #[prost(oneof = "IdValue", tags = "1, 2")]
    pub value: Option<IdValue>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum IdValue {
    #[prost(message, tag = "1")]
    Structured(IdHalves),
    #[prost(string, tag = "2")]
    Text(String),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct IdHalves {
    #[prost(int64, tag = "1")]
    pub most: i64,
    #[prost(int64, tag = "2")]
    pub least: i64,
}

impl Id {
    pub fn text(id: Uuid) -> Self {
        Self { value: Some(IdValue::Text(id.to_string())) }
    }

    pub fn structured(id: Uuid) -> Self {
        let (most, least) = id.as_u64_pair();
        let halves = IdHalves { most: most.cast_signed(), least: least.cast_signed() };
        Self { value: Some(IdValue::Structured(halves)) }
    }

    pub fn uuid(&self) -> Option<Uuid> {
        match self.value.as_ref()? {
            IdValue::Structured(halves) => {
                Some(Uuid::from_u64_pair(halves.most.cast_unsigned(), halves.least.cast_unsigned()))
            }
            IdValue::Text(text) => text.parse().ok(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct Position {
    #[prost(uint64, tag = "1")]
    pub commit: u64,
    #[prost(uint64, tag = "2")]
    pub prepare: u64,
}

impl From<u64> for Position {
    fn from(position: u64) -> Self {
        Self { commit: position, prepare: position }
    }
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct Timestamp {
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

impl Timestamp {
    pub fn now() -> Self {
        let now = jiff::Timestamp::now();
        Self { seconds: now.as_second(), nanos: now.subsec_nanosecond() }
    }
}

// Streams/Append

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct AppendRequest {
    #[prost(oneof = "AppendContent", tags = "1, 2")]
    pub content: Option<AppendContent>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum AppendContent {
    #[prost(message, tag = "1")]
    Options(AppendOptions),
    #[prost(message, tag = "2")]
    Message(ProposedMessage),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct AppendOptions {
    #[prost(message, optional, tag = "1")]
    pub stream: Option<StreamName>,
    #[prost(oneof = "ExpectedRevision", tags = "2, 3, 4, 5")]
    pub expected: Option<ExpectedRevision>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum ExpectedRevision {
    #[prost(uint64, tag = "2")]
    Revision(u64),
    #[prost(message, tag = "3")]
    NoStream(Empty),
    #[prost(message, tag = "4")]
    Any(Empty),
    #[prost(message, tag = "5")]
    StreamExists(Empty),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ProposedMessage {
    #[prost(message, optional, tag = "1")]
    pub id: Option<Id>,
    #[prost(map = "string, string", tag = "2")]
    pub properties: Properties,
    #[prost(bytes = "bytes", tag = "3")]
    pub custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "4")]
    pub data: Bytes,
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct AppendResponse {
    #[prost(oneof = "AppendResult", tags = "1, 2")]
    pub result: Option<AppendResult>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum AppendResult {
    #[prost(message, tag = "1")]
    Success(AppendSuccess),
    #[prost(message, tag = "2")]
    WrongExpectedVersion(WrongExpectedVersion),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct AppendSuccess {
    #[prost(oneof = "SuccessRevision", tags = "1, 2")]
    pub revision: Option<SuccessRevision>,
    #[prost(oneof = "SuccessPosition", tags = "3, 4")]
    pub position: Option<SuccessPosition>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum SuccessRevision {
    #[prost(uint64, tag = "1")]
    Revision(u64),
    #[prost(message, tag = "2")]
    NoStream(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum SuccessPosition {
    #[prost(message, tag = "3")]
    Position(Position),
    #[prost(message, tag = "4")]
    NoPosition(Empty),
}

/// Says current and expected revision twice: once for clients of 20.6 and once for all others.
#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct WrongExpectedVersion {
    #[prost(oneof = "OldCurrentRevision", tags = "1, 2")]
    pub old_current: Option<OldCurrentRevision>,
    #[prost(oneof = "OldExpectedRevision", tags = "3, 4, 5")]
    pub old_expected: Option<OldExpectedRevision>,
    #[prost(oneof = "CurrentRevision", tags = "6, 7")]
    pub current: Option<CurrentRevision>,
    #[prost(oneof = "RefusedRevision", tags = "8, 9, 10, 11")]
    pub expected: Option<RefusedRevision>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum OldCurrentRevision {
    #[prost(uint64, tag = "1")]
    Revision(u64),
    #[prost(message, tag = "2")]
    NoStream(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum OldExpectedRevision {
    #[prost(uint64, tag = "3")]
    Revision(u64),
    #[prost(message, tag = "4")]
    Any(Empty),
    #[prost(message, tag = "5")]
    StreamExists(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum CurrentRevision {
    #[prost(uint64, tag = "6")]
    Revision(u64),
    #[prost(message, tag = "7")]
    NoStream(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum RefusedRevision {
    #[prost(uint64, tag = "8")]
    Revision(u64),
    #[prost(message, tag = "9")]
    Any(Empty),
    #[prost(message, tag = "10")]
    StreamExists(Empty),
    #[prost(message, tag = "11")]
    NoStream(Empty),
}

// Streams/Read

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ReadRequest {
    #[prost(message, optional, tag = "1")]
    pub options: Option<ReadOptions>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ReadOptions {
    #[prost(oneof = "ReadFrom", tags = "1, 2")]
    pub from: Option<ReadFrom>,
    /// 0 forwards, 1 backwards.
    #[prost(int32, tag = "3")]
    pub direction: i32,
    #[prost(oneof = "ReadCount", tags = "5, 6")]
    pub count: Option<ReadCount>,
    #[prost(oneof = "ReadFilter", tags = "7, 8")]
    pub filter: Option<ReadFilter>,
    #[prost(message, optional, tag = "9")]
    pub ids: Option<IdOption>,
    #[prost(message, optional, tag = "10")]
    pub control: Option<ControlOption>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum ReadFrom {
    #[prost(message, tag = "1")]
    Stream(FromStream),
    #[prost(message, tag = "2")]
    All(FromAll),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct FromStream {
    #[prost(message, optional, tag = "1")]
    pub stream: Option<StreamName>,
    #[prost(oneof = "FromRevision", tags = "2, 3, 4")]
    pub revision: Option<FromRevision>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum FromRevision {
    #[prost(uint64, tag = "2")]
    Revision(u64),
    #[prost(message, tag = "3")]
    Start(Empty),
    #[prost(message, tag = "4")]
    End(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct FromAll {
    #[prost(oneof = "FromPosition", tags = "1, 2, 3")]
    pub position: Option<FromPosition>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum FromPosition {
    #[prost(message, tag = "1")]
    Position(Position),
    #[prost(message, tag = "2")]
    Start(Empty),
    #[prost(message, tag = "3")]
    End(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum ReadCount {
    #[prost(uint64, tag = "5")]
    Count(u64),
    #[prost(message, tag = "6")]
    Subscription(Empty),
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum ReadFilter {
    #[prost(message, tag = "7")]
    Filter(FilterOptions),
    #[prost(message, tag = "8")]
    None(Empty),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct FilterOptions {
    #[prost(oneof = "FilterBy", tags = "1, 2")]
    pub by: Option<FilterBy>,
    #[prost(oneof = "FilterWindow", tags = "3, 4")]
    pub window: Option<FilterWindow>,
    #[prost(uint32, tag = "5")]
    pub checkpoint_interval: u32,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum FilterBy {
    #[prost(message, tag = "1")]
    Stream(FilterExpression),
    #[prost(message, tag = "2")]
    Kind(FilterExpression),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct FilterExpression {
    #[prost(string, tag = "1")]
    pub regex: String,
    #[prost(string, repeated, tag = "2")]
    pub prefixes: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum FilterWindow {
    #[prost(uint32, tag = "3")]
    Max(u32),
    #[prost(message, tag = "4")]
    Count(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct IdOption {
    #[prost(oneof = "IdForm", tags = "1, 2")]
    pub form: Option<IdForm>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum IdForm {
    #[prost(message, tag = "1")]
    Structured(Empty),
    #[prost(message, tag = "2")]
    Text(Empty),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct ControlOption {
    #[prost(uint32, tag = "1")]
    pub compatibility: u32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ReadResponse {
    #[prost(oneof = "ReadContent", tags = "1, 2, 3, 4, 5, 6, 8")]
    pub content: Option<ReadContent>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub(super) enum ReadContent {
    #[prost(message, tag = "1")]
    Event(ReadEvent),
    #[prost(message, tag = "2")]
    Confirmation(Confirmation),
    #[prost(message, tag = "3")]
    Checkpoint(Checkpoint),
    #[prost(message, tag = "4")]
    StreamNotFound(StreamNotFound),
    #[prost(uint64, tag = "5")]
    FirstStreamPosition(u64),
    #[prost(uint64, tag = "6")]
    LastStreamPosition(u64),
    #[prost(message, tag = "8")]
    CaughtUp(CaughtUp),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ReadEvent {
    #[prost(message, optional, tag = "1")]
    pub event: Option<RecordedEvent>,
    #[prost(oneof = "EventPosition", tags = "3, 4")]
    pub position: Option<EventPosition>,
}

#[derive(Clone, Copy, PartialEq, prost::Oneof)]
pub(super) enum EventPosition {
    #[prost(uint64, tag = "3")]
    Commit(u64),
    #[prost(message, tag = "4")]
    None(Empty),
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct RecordedEvent {
    #[prost(message, optional, tag = "1")]
    pub id: Option<Id>,
    #[prost(message, optional, tag = "2")]
    pub stream: Option<StreamName>,
    #[prost(uint64, tag = "3")]
    pub revision: u64,
    #[prost(uint64, tag = "4")]
    pub prepare: u64,
    #[prost(uint64, tag = "5")]
    pub commit: u64,
    #[prost(map = "string, string", tag = "6")]
    pub properties: Properties,
    #[prost(bytes = "bytes", tag = "7")]
    pub custom_metadata: Bytes,
    #[prost(bytes = "bytes", tag = "8")]
    pub data: Bytes,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Confirmation {
    #[prost(string, tag = "1")]
    pub subscription: String,
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct Checkpoint {
    #[prost(uint64, tag = "1")]
    pub commit: u64,
    #[prost(uint64, tag = "2")]
    pub prepare: u64,
    #[prost(message, optional, tag = "3")]
    pub at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct StreamNotFound {
    #[prost(message, optional, tag = "1")]
    pub stream: Option<StreamName>,
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub(super) struct CaughtUp {
    #[prost(message, optional, tag = "1")]
    pub at: Option<Timestamp>,
    #[prost(message, optional, tag = "3")]
    pub position: Option<Position>,
}

// Gossip/Read

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ClusterInfo {
    #[prost(message, repeated, tag = "1")]
    pub members: Vec<MemberInfo>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct MemberInfo {
    #[prost(message, optional, tag = "1")]
    pub instance: Option<Id>,
    #[prost(int64, tag = "2")]
    pub at: i64,
    /// One of the `STATE_` constants.
    #[prost(int32, tag = "3")]
    pub state: i32,
    #[prost(bool, tag = "4")]
    pub alive: bool,
    #[prost(message, optional, tag = "5")]
    pub end_point: Option<EndPoint>,
}

pub(super) const STATE_UNKNOWN: i32 = 2;
pub(super) const STATE_FOLLOWER: i32 = 6;
pub(super) const STATE_LEADER: i32 = 8;

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct EndPoint {
    #[prost(string, tag = "1")]
    pub address: String,
    #[prost(uint32, tag = "2")]
    pub port: u32,
}

// ServerFeatures/GetSupportedMethods

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SupportedMethods {
    #[prost(message, repeated, tag = "1")]
    pub methods: Vec<SupportedMethod>,
    #[prost(string, tag = "2")]
    pub version: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SupportedMethod {
    #[prost(string, tag = "1")]
    pub method: String,
    #[prost(string, tag = "2")]
    pub service: String,
    #[prost(string, repeated, tag = "3")]
    pub features: Vec<String>,
}
