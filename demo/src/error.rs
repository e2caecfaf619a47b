//! Why a story cannot be played, and between which days it can.

use std::path::PathBuf;

use application::imports::ImportError;
use jiff::civil::{Date, date};

/// The day on which the story begins.
pub(crate) const FIRST_DAY: Date = date(2021, 11, 9);
/// The day on which it ends unless asked otherwise.
pub(crate) const LAST_DAY: Date = date(2022, 12, 31);

/// Why the demo cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// There is a history already.
    #[error(
        "{place} 中已有事件日志;请换一个目录(--data)或位置(--store),或用 yuanfa serve --data {} 查看。\n\
         There is a log at {place} already: choose another folder (--data) or place (--store), or look at it with yuanfa serve --data {}",
        .data.display(), .data.display()
    )]
    NotEmpty {
        /// Where the log lies.
        place: String,
        /// The data folder.
        data: PathBuf,
    },
    /// The last day lies outside the story.
    #[error(
        "演示日期应在{FIRST_DAY}至{LAST_DAY}之间。 The last day must lie between {FIRST_DAY} and {LAST_DAY}."
    )]
    Until,
    /// The folder cannot be made.
    #[error("cannot make the data folder")]
    Folder(#[source] std::io::Error),
    /// The vault's key.
    #[error("cannot use the vault's key")]
    Key(#[from] vault::KeyError),
    /// The log cannot be opened.
    #[error("cannot open the event log")]
    OpenLog(#[from] event_store::OpenError),
    /// The data folder cannot be opened.
    #[error(transparent)]
    Open(#[from] application::OpenError),
    /// The service failed, or a rule refused what it should have taken.
    #[error("the story was interrupted")]
    Service(#[from] application::Error),
    /// An import failed.
    #[error("an import failed")]
    Import(#[from] ImportError),
    /// The log cannot be read.
    #[error("the log cannot be read")]
    Log(#[from] event_store::StoreError),
    /// A stored event is none of ours.
    #[error(transparent)]
    Undecodable(#[from] projections::Undecodable),
    /// The read models failed.
    #[error("the read models failed")]
    ReadModels(#[from] projections::ProjectionError),
    /// A table could not be written.
    #[error("a table could not be written")]
    Table(#[from] csv::Error),
    /// The tokens could not be made.
    #[error("the tokens could not be made")]
    Tokens(#[from] application::tokens::TokenError),
    /// A value of the story is none.
    #[error(transparent)]
    Value(#[from] domain::BadValue),
    /// A picture could not be drawn.
    #[error("a picture could not be drawn")]
    Picture(#[from] image::ImageError),
    /// An identity number of the story is none.
    #[error(transparent)]
    Identity(#[from] domain::identity_number::BadIdentityNumber),
    /// Something was refused that should not have been, or the other way round.
    #[error("the story tells of {expected}, but there was {got}")]
    OtherThanTold {
        /// The code of a refusal, or what else was told.
        expected: &'static str,
        /// What happened.
        got: String,
    },
}
