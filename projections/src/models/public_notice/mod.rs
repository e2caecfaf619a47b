//! 公示栏: what stands open to objections, and what was done, for everybody to read.

mod fold;
mod paper;
mod query;
mod resolutions;
mod rows;
mod source;
#[cfg(test)]
mod tests;

pub use query::{
    Filter, board, get, list, objection, objection_text, objection_to, objections, postings,
};
pub use rows::{Notice, Objection, ObjectionText, Posting, Resolution, Status, SubjectKind, Year};
pub use source::{is_shown_whole, published_by, stream_of};

use crate::{Half, Projection, Share, TableDef};

/// The read model *public notice*.
pub struct PublicNotice;

impl Projection for PublicNotice {
    const NAME: &'static str = "public_notice";
    const REVISION: u32 = 7;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Notice>(),
        TableDef::of::<Objection>(),
        TableDef::of::<Resolution>(),
        TableDef::of::<ObjectionText>(),
        TableDef::of::<Posting>(),
        TableDef::of::<Year>(),
    ];
    const SHARE: Share = Share { half: Half::Second, work: 405 };
}
