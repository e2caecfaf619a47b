//! What makes a few bytes of a workbook take much memory in its reader: a number of strings that is only claimed, and
//! formats, each of which holds a copy of the names it refers to.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::imports::BadFile;
use crate::imports::limits::MAX_CELLS;

/// The most formats of cells: twice what Excel keeps, because named styles have formats too.
/// <https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3>
const MAX_FORMATS: usize = 2 * 65_490;
/// The most that all formats together copy, were each of them to copy the longest tag.
const MAX_COPIED: usize = 64 << 20;

/// The parts that are looked at.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Strings,
    Styles,
}

impl Part {
    /// The part of this name. The reader finds them beside the workbook, in whatever folder that is.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.ends_with("sharedstrings.xml") {
            Some(Self::Strings)
        } else {
            name.ends_with("styles.xml").then_some(Self::Styles)
        }
    }

    /// Refuses what would take more memory than its bytes; reads on until it sees that, or nothing more can be read.
    pub(super) fn check(self, content: impl Read) -> Result<(), BadFile> {
        let mut reader = Reader::from_reader(BufReader::new(content));
        let config = reader.config_mut();
        config.check_end_names = false;
        let (mut buffer, mut formats, mut longest) = (Vec::new(), 0_usize, 0);
        loop {
            buffer.clear();
            let tag = match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
                Ok(Event::Eof) => return Ok(()),
                // The reader of the format stops here too.
                Err(_) => return Ok(()),
                Ok(_) => continue,
            };
            let fits = match self {
                Self::Strings => claimed(&tag) <= MAX_CELLS as u64,
                Self::Styles => {
                    formats += usize::from(tag.local_name().as_ref() == "xf");
                    longest = longest.max(tag.len());
                    formats <= MAX_FORMATS && formats.saturating_mul(longest) <= MAX_COPIED
                }
            };
            if !fits {
                return Err(BadFile::Inflated);
            }
        }
    }
}

/// The largest number of strings that a tag announces, before any of them is there.
fn claimed(tag: &BytesStart<'_>) -> u64 {
    let attributes = tag.attributes_raw();
    attributes.split("uniqueCount").skip(1).map(number).max().unwrap_or(0)
}

/// The number that an attribute's value begins with; one that nothing holds is the largest there is.
fn number(after_name: &str) -> u64 {
    let value = after_name.trim_start_matches(|c: char| c.is_whitespace() || "='\"+".contains(c));
    let digits = value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    if digits.is_empty() { 0 } else { digits.parse().unwrap_or(u64::MAX) }
}
