//! The messages of KurrentDB's public protocol, as far as the stand-in speaks it.
//!
//! Names say what a field is for; the tags are those of the published `.proto` files.

mod append;
mod cluster;
mod read;

use std::collections::HashMap;

use bytes::Bytes;
use uuid::Uuid;

pub use append::*;
pub use cluster::*;
pub use read::*;

/// What a record says besides its payload: `type`, `content-type`, `created`.
pub type Properties = HashMap<String, String>;

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub struct Empty {}

#[derive(Clone, PartialEq, prost::Message)]
pub struct StreamName {
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
pub struct Id {
    #[prost(oneof = "IdValue", tags = "1, 2")]
    pub value: Option<IdValue>,
}

#[derive(Clone, PartialEq, prost::Oneof)]
pub enum IdValue {
    #[prost(message, tag = "1")]
    Structured(IdHalves),
    #[prost(string, tag = "2")]
    Text(String),
}

#[derive(Clone, Copy, PartialEq, prost::Message)]
pub struct IdHalves {
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
pub struct Position {
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
pub struct Timestamp {
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
