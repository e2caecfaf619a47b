//! The parts of a workbook that are looked at before its reader sees them. A few bytes can make that take much memory: by a
//! number of strings that is only claimed, and by formats, each of which holds a copy of the names it refers to.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::layout::{Layout, LayoutReader};
use crate::imports::BadFile;
use crate::imports::limits::MAX_CELLS;

/// The most formats of cells: twice what Excel keeps, because named styles have formats too.
/// <https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3>
const MAX_FORMATS: usize = 2 * 65_490;
/// The most relations of a workbook: each of its parts has one.
const MAX_RELATIONS: usize = 10_000;
/// The most that all formats together copy, were each of them to copy the longest tag.
const MAX_COPIED: usize = 64 << 20;

/// Where the relations of a workbook lie, seen from its folder.
pub(super) const RELATIONS: &str = "_rels/workbook.xml.rels";

/// The parts that are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Strings,
    Styles,
    Sheet,
    /// Which sheets there are, in their order.
    Workbook,
    /// Which part each sheet lies in.
    Relations,
}

/// What a part says that the reader of the format does not tell.
#[derive(Default)]
pub(super) struct Found {
    pub layout: Layout,
    /// Names of sheets' relations in a workbook; names and targets in its relations.
    pub relations: Vec<(String, String)>,
}

impl Part {
    /// The part of this name, in lower case. The reader finds them beside the workbook, in whatever folder that is.
    pub(super) fn named(name: &str) -> Option<Self> {
        if name.ends_with("sharedstrings.xml") {
            Some(Self::Strings)
        } else if name.ends_with("styles.xml") {
            Some(Self::Styles)
        } else if name.contains("worksheets/") && name.ends_with(".xml") {
            Some(Self::Sheet)
        } else if name.ends_with(RELATIONS) {
            Some(Self::Relations)
        } else {
            name.ends_with("workbook.xml").then_some(Self::Workbook)
        }
    }

    /// Refuses what would take more memory than its bytes; reads on until it sees that, or nothing more can be read.
    pub(super) fn check(self, content: impl Read) -> Result<Found, BadFile> {
        let mut reader = Reader::from_reader(BufReader::new(content));
        let config = reader.config_mut();
        config.check_end_names = false;
        let (mut buffer, mut formats, mut longest) = (Vec::new(), 0_usize, 0);
        let (mut layout, mut relations) = (LayoutReader::default(), Vec::new());
        loop {
            buffer.clear();
            let event = match reader.read_event_into(&mut buffer) {
                // The reader of the format stops at an error too.
                Ok(Event::Eof) | Err(_) => return Ok(Found { layout: layout.finish(), relations }),
                Ok(event) => event,
            };
            if self == Self::Sheet {
                layout.take(&event)?;
                continue;
            }
            let (Event::Start(tag) | Event::Empty(tag)) = event else { continue };
            let fits = match self {
                Self::Strings => claimed(&tag) <= MAX_CELLS as u64,
                Self::Styles => {
                    formats += usize::from(tag.local_name().as_ref() == "xf");
                    longest = longest.max(tag.len());
                    formats <= MAX_FORMATS && formats.saturating_mul(longest) <= MAX_COPIED
                }
                Self::Workbook | Self::Relations => {
                    relations.extend(self.relation(&tag));
                    relations.len() <= MAX_RELATIONS
                }
                Self::Sheet => true,
            };
            if !fits {
                return Err(BadFile::Inflated);
            }
        }
    }

    /// The relation that a tag names, and where it leads to.
    fn relation(self, tag: &BytesStart<'_>) -> Option<(String, String)> {
        let is_workbook = self == Self::Workbook;
        let named = if is_workbook { "sheet" } else { "Relationship" };
        if tag.local_name().as_ref() != named {
            return None;
        }
        let (mut id, mut target) = (String::new(), String::new());
        for attribute in tag.attributes().with_checks(false).flatten() {
            let (prefix, name) = (attribute.key.prefix(), attribute.key.local_name());
            match name.as_ref() {
                // A sheet's own `sheetId` is another name; in its relation there is a prefix.
                "id" if is_workbook == prefix.is_some() => id = attribute.value.into_owned(),
                "Id" if !is_workbook => id = attribute.value.into_owned(),
                "Target" if !is_workbook => target = attribute.value.into_owned(),
                _ => {}
            }
        }
        Some((id, target))
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
