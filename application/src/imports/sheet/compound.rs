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

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
    small_table: Vec<u32>,
    small: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Opens it; none where it is damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            entries: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
        };
        file.table = file.table_of_sectors()?;
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX);
        file.entries = directory.as_chunks::<128>().0.iter().filter_map(entry).collect();
        let root = file.entries.first()?;
        file.small = file.chain(root.start, root.length);
        file.small_table = numbers(&file.chain(u32_at(bytes, 60)?, usize::MAX)).collect();
        Some(file)
    }

    /// Whether a stream of this name is there.
    pub fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// What stands in a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length >= SMALL_BELOW {
            return Some(self.chain(entry.start, entry.length));
        }
        let sector = |number: usize| self.small.get(number * SMALL_SECTOR..)?.get(..SMALL_SECTOR);
        let most = self.small.len() / SMALL_SECTOR;
        Some(joined(entry.start, &self.small_table, (most, entry.length), sector))
    }

    /// The table that says which sector follows which.
    fn table_of_sectors(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() / self.sector;
        let header = self.bytes.get(76..76 + 4 * IN_HEADER)?;
        let mut places: Vec<u32> = numbers(header).collect();
        let mut next = u32_at(self.bytes, 68)?;
        while next < LAST_SECTOR && places.len() <= most + IN_HEADER {
            let mut more: Vec<u32> = numbers(&self.sector(next as usize)?).collect();
            next = more.pop()?;
            places.extend(more);
        }
        let places = places.into_iter().filter(|place| *place < LAST_SECTOR).take(most);
        let mut table = Vec::new();
        for place in places {
            table.extend(numbers(&self.sector(place as usize)?));
        }
        Some(table)
    }

    /// A sector; the last one of a file may be cut short.
    fn sector(&self, number: usize) -> Option<Cow<'a, [u8]>> {
        let from = self.sector.checked_mul(number.checked_add(1)?)?;
        let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
        if let Some(whole) = rest.get(..self.sector) {
            return Some(Cow::Borrowed(whole));
        }
        let mut padded = rest.to_vec();
        padded.resize(self.sector, 0);
        Some(Cow::Owned(padded))
    }

    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        let most = self.bytes.len() / self.sector;
        joined(start, &self.table, (most, length), |number| self.sector(number))
    }
}

/// The sectors of a chain, up to a length. A chain that comes back to itself ends when it has had as many sectors as there are,
/// which `most` says.
fn joined<S: AsRef<[u8]>>(
    start: u32,
    table: &[u32],
    (most, length): (usize, usize),
    sector: impl Fn(usize) -> Option<S>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut next = start;
    for _ in 0..most {
        if next >= LAST_SECTOR || bytes.len() >= length {
            break;
        }
        let Some(sector) = sector(next as usize) else { break };
        bytes.extend_from_slice(sector.as_ref());
        next = table.get(next as usize).copied().unwrap_or(LAST_SECTOR);
    }
    bytes.truncate(length);
    bytes
}

fn entry(bytes: &[u8; 128]) -> Option<Entry> {
    let length = usize::from(u16_at(bytes, 64)?).min(64);
    let name: Vec<u16> =
        bytes[..length].as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let name = String::from_utf16_lossy(&name).trim_end_matches('\0').to_owned();
    Some(Entry { name, start: u32_at(bytes, 116)?, length: u32_at(bytes, 120)? as usize })
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
