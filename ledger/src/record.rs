//! The bytes of a leaf: everything the log stores of an event, so that no field can be changed or moved into another.

/// An event exactly as a log stores it. Its position is not part of it: that is its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// The stream it belongs to.
    pub stream: &'a str,
    /// Its place in that stream, from 1.
    pub version: u64,
    /// The name of what happened.
    pub kind: &'a str,
    /// Its id.
    pub id: [u8; 16],
    /// When the log learned it, in microseconds since 1970 (UTC).
    pub recorded_at: i64,
    /// Who, by which command, under which rules: bytes as stored.
    pub metadata: &'a [u8],
    /// What happened: bytes as stored.
    pub data: &'a [u8],
}

/// Bytes that are no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a record of this ledger")]
pub struct BadRecord;

/// Begins every record; another framing would begin otherwise.
const MARK: &[u8; 16] = b"yuanfa record v1";

impl<'a> Record<'a> {
    /// The leaf's bytes: a mark, the numbers in big-endian, every text and byte string behind its length in 32 bits.
    /// No log of ours takes a field of 4 GiB, the longest that a length can tell.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let fields = [self.stream.as_bytes(), self.kind.as_bytes(), self.metadata, self.data];
        let room: usize = fields.iter().map(|field| field.len() + 4).sum();
        let mut bytes = Vec::with_capacity(MARK.len() + 32 + room);
        bytes.extend_from_slice(MARK);
        bytes.extend_from_slice(&self.version.to_be_bytes());
        bytes.extend_from_slice(&self.id);
        bytes.extend_from_slice(&self.recorded_at.to_be_bytes());
        for field in fields {
            let length = u32::try_from(field.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(field);
        }
        bytes
    }

    /// The record that these bytes are, all of them.
    ///
    /// # Errors
    /// When they are none, or more than one.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, BadRecord> {
        let mut left = bytes.strip_prefix(MARK).ok_or(BadRecord)?;
        let version = u64::from_be_bytes(fixed(&mut left)?);
        let id = fixed(&mut left)?;
        let recorded_at = i64::from_be_bytes(fixed(&mut left)?);
        let stream = text(&mut left)?;
        let kind = text(&mut left)?;
        let metadata = field(&mut left)?;
        let data = field(&mut left)?;
        let record = Self { stream, version, kind, id, recorded_at, metadata, data };
        if left.is_empty() { Ok(record) } else { Err(BadRecord) }
    }
}

fn fixed<const N: usize>(left: &mut &[u8]) -> Result<[u8; N], BadRecord> {
    let (taken, rest) = left.split_first_chunk().ok_or(BadRecord)?;
    *left = rest;
    Ok(*taken)
}

fn field<'a>(left: &mut &'a [u8]) -> Result<&'a [u8], BadRecord> {
    let length = usize::try_from(u32::from_be_bytes(fixed(left)?)).map_err(|_| BadRecord)?;
    let (taken, rest) = left.split_at_checked(length).ok_or(BadRecord)?;
    *left = rest;
    Ok(taken)
}

fn text<'a>(left: &mut &'a [u8]) -> Result<&'a str, BadRecord> {
    str::from_utf8(field(left)?).map_err(|_| BadRecord)
}
