//! The compound file that an .xls lies in (MS-CFB): sectors, chained by a table. What it takes is bounded by the size of the file
//! and by nothing that it says.

use std::borrow::Cow;

/// Ends a chain, and whatever is no number of a sector.
const LAST_SECTOR: u32 = 0xffff_fffa;
/// How long a sector of the small streams is.
const SMALL_SECTOR: usize = 64;
/// Streams below this length lie in small sectors.
const SMALL_BELOW: usize = 4096;
/// Sectors of the table that the header itself names.
const IN_HEADER: usize = 109;
/// An entry of the directory that is a stream.
const STREAM: u8 = 2;

/// A compound file.
pub(super) struct Compound<'a> {
    sectors: Sectors<'a>,
    /// Holds the small sectors.
    root: Entry,
    /// Where the table of the small sectors begins.
    small_table: u32,
    /// Those that lie in no storage: an object within a sheet has streams of its own, with the same names.
    streams: Vec<Entry>,
}

/// Sectors of one length, and the table that says which follows which.
struct Sectors<'a> {
    bytes: Cow<'a, [u8]>,
    size: usize,
    table: Vec<u32>,
}

#[derive(Clone)]
struct Entry {
    name: String,
    sort: u8,
    /// The entries beside it, and the one within it.
    beside: [u32; 2],
    within: u32,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Opens it; none where it is damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let bytes_of_sectors = Cow::Borrowed(bytes.get(size..)?);
        let mut sectors = Sectors { bytes: bytes_of_sectors, size, table: Vec::new() };
        sectors.table = table(bytes, &sectors)?;
        let directory = sectors.chain(u32_at(bytes, 48)?, None)?;
        let entries: Vec<Entry> = directory.as_chunks::<128>().0.iter().filter_map(entry).collect();
        let root = entries.first()?.clone();
        let streams = in_root(&entries, root.within);
        Some(Self { sectors, root, small_table: u32_at(bytes, 60)?, streams })
    }

    /// Whether a stream of this name is there.
    pub fn holds(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// What stands in a stream; none where not all of it is there.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        if entry.length >= SMALL_BELOW {
            return self.sectors.chain(entry.start, Some(entry.length));
        }
        let bytes = self.sectors.chain(self.root.start, Some(self.root.length))?.into();
        let table = numbers(&self.sectors.chain(self.small_table, None)?).collect();
        let small = Sectors { bytes, size: SMALL_SECTOR, table };
        small.chain(entry.start, Some(entry.length))
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.streams.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }
}

impl Sectors<'_> {
    /// A sector; the last one of a file may be cut short.
    fn get(&self, number: u32) -> Option<&[u8]> {
        let from = self.size.checked_mul(number as usize)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.size)])
    }

    /// The sectors of a chain, up to a length. None where it breaks off before, or comes back to itself.
    fn chain(&self, start: u32, length: Option<usize>) -> Option<Vec<u8>> {
        let wanted = length.unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut next = start;
        while next < LAST_SECTOR && bytes.len() < wanted {
            let follows_a_cut_one = bytes.len() % self.size != 0;
            if follows_a_cut_one || bytes.len() > self.bytes.len() {
                return None;
            }
            bytes.extend_from_slice(self.get(next)?);
            next = self.table.get(next as usize).copied().unwrap_or(LAST_SECTOR);
        }
        bytes.truncate(wanted);
        length.is_none_or(|length| length == bytes.len()).then_some(bytes)
    }
}

/// The table that says which sector follows which.
fn table(bytes: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let most = bytes.len() / sectors.size;
    let header = bytes.get(76..76 + 4 * IN_HEADER)?;
    let mut places: Vec<u32> = numbers(header).collect();
    let mut next = u32_at(bytes, 68)?;
    while next < LAST_SECTOR && places.len() <= most + IN_HEADER {
        let mut more: Vec<u32> = numbers(sectors.get(next)?).collect();
        next = more.pop()?;
        places.extend(more);
    }
    let places = places.into_iter().filter(|place| *place < LAST_SECTOR).take(most);
    let mut table = Vec::new();
    for place in places {
        table.extend(numbers(sectors.get(place)?));
    }
    Some(table)
}

/// The streams beside `first`, and no more than there are entries, should they lead in a circle.
fn in_root(entries: &[Entry], first: u32) -> Vec<Entry> {
    let (mut found, mut next) = (Vec::new(), vec![first]);
    while let Some(at) = next.pop() {
        let entry = entries.get(at as usize).filter(|_| found.len() < entries.len());
        if let Some(entry) = entry {
            next.extend(entry.beside);
            found.push(entry.clone());
        }
    }
    found.retain(|entry| entry.sort == STREAM);
    found
}

fn entry(bytes: &[u8; 128]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    let name: Vec<u16> =
        bytes[..length].as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&name).trim_end_matches('\0').to_owned(),
        sort: bytes[66],
        beside: [u32_at(bytes, 68)?, u32_at(bytes, 72)?],
        within: u32_at(bytes, 76)?,
        start: u32_at(bytes, 116)?,
        length: u32_at(bytes, 120)? as usize,
    })
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number))
}

/// A number of two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|number| u16::from_le_bytes(*number))
}

/// A number of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|number| u32::from_le_bytes(*number))
}
