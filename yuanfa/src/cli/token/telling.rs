//! The log beside a running service, and how it is told why something failed.

use std::error::Error;

use domain::Refusal;
use event_store::{EventStore, OpenError};

use crate::cli::{Exit, open};
use crate::config::Config;

pub fn failed(error: &dyn Error) -> Exit {
    Exit::environment("令牌 tokens", error)
}

/// Tells a refusal in both languages.
pub fn refused(why: &dyn Refusal) -> Exit {
    eprintln!("{}\n{}", why.zh(), why.en());
    Exit::Refused
}

pub fn unreadable(error: application::Error) -> Exit {
    Exit::environment("事件日志 event log", &error)
}

/// The log, to be read beside whatever service writes it; none where there is none yet.
pub async fn log(config: &Config) -> Result<Option<std::sync::Arc<dyn EventStore>>, Exit> {
    let place = open::place(config)?;
    match place.open_read_only().await {
        Ok(store) => Ok(Some(store)),
        Err(OpenError::Missing) => Ok(None),
        Err(error) => Err(open::closed(&place, &error)),
    }
}
