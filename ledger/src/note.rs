//! Text with signatures (c2sp.org/signed-note), and witnesses' cosignatures (c2sp.org/tlog-cosignature).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::is_name;
use crate::{KeyKind, SigningKey, VerifyingKey};

/// The most signatures that are read.
const MOST_SIGNATURES: usize = 64;

/// A text and the signatures under it. What it says is worth nothing before [`signed_by`](Self::signed_by) says who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text, with the newline that ends it.
    text: String,
    signatures: Vec<Signature>,
}

/// A signature as a note carries it, by whatever key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: Box<str>,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// Why a text is no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNote {
    /// Too long.
    #[error("a note has at most {} bytes", Note::MOST_BYTES)]
    TooLong,
    /// A control character other than the newline.
    #[error("a note has no control characters but newlines")]
    Control,
    /// No empty line, or nothing above it.
    #[error("a note is a text, an empty line and signatures")]
    Form,
    /// A signature line that is none.
    #[error("a signature is written: — name base64")]
    Signature,
    /// Too many signatures, or none.
    #[error("a note has 1 to {MOST_SIGNATURES} signatures")]
    Signatures,
}

/// Why a note does not count as signed by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// It carries no signature of this key.
    #[error("not signed by this key")]
    Absent,
    /// It carries one that is not true.
    #[error("the signature under this key's name is false")]
    False,
}

impl Note {
    /// The longest that is read.
    pub const MOST_BYTES: usize = 64 * 1024;

    /// A text that nobody has signed yet; none where it does not end its last line or holds control characters.
    #[must_use]
    pub fn unsigned(text: String) -> Option<Self> {
        let fits = text.ends_with('\n') && !text.contains(|c| c < ' ' && c != '\n');
        fits.then_some(Self { text, signatures: Vec::new() })
    }

    /// The text, with its last newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, known and unknown.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Signs as a log does.
    pub fn sign(&mut self, key: &SigningKey) {
        let bytes = key.sign(self.text.as_bytes()).to_vec();
        self.add(Signature::by(key, bytes));
    }

    /// Signs as a witness does that has seen nothing larger of the log by this time, in seconds since 1970.
    pub fn cosign(&mut self, key: &SigningKey, time: u64) {
        self.add(self.cosignature(key, time));
    }

    /// The signature that [`cosign`](Self::cosign) adds.
    #[must_use]
    pub fn cosignature(&self, key: &SigningKey, time: u64) -> Signature {
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend_from_slice(&key.sign(cosigned(time, &self.text).as_bytes()));
        Signature::by(key, bytes)
    }

    /// Adds somebody's signature, in the place of one by the same key.
    pub fn add(&mut self, signature: Signature) {
        self.signatures.retain(|one| (&one.name, one.id) != (&signature.name, signature.id));
        self.signatures.push(signature);
    }

    /// Whether a key has signed it; of a witness's key, when.
    ///
    /// # Errors
    /// [`Unsigned`]: a false signature is told from none.
    pub fn signed_by(&self, key: &VerifyingKey) -> Result<Option<u64>, Unsigned> {
        let mut known = self.signatures.iter().filter(|one| one.is_under(key));
        let signature = known.next().ok_or(Unsigned::Absent)?;
        match key.kind() {
            KeyKind::Log => {
                let bytes = signature.bytes.as_slice().try_into().map_err(|_| Unsigned::False)?;
                key.verify(self.text.as_bytes(), bytes).map_err(|_| Unsigned::False)?;
                Ok(None)
            }
            KeyKind::Witness => {
                let (time, bytes) = signature.bytes.split_first_chunk().ok_or(Unsigned::False)?;
                let time = u64::from_be_bytes(*time);
                let bytes = bytes.try_into().map_err(|_| Unsigned::False)?;
                let message = cosigned(time, &self.text);
                key.verify(message.as_bytes(), bytes).map_err(|_| Unsigned::False)?;
                Ok(Some(time))
            }
        }
    }
}

/// What a witness signs.
fn cosigned(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl Signature {
    fn by(key: &SigningKey, bytes: Vec<u8>) -> Self {
        Self { name: key.public().name().into(), id: key.public().id(), bytes }
    }

    /// Whether it is said to be by this key.
    #[must_use]
    pub fn is_under(&self, key: &VerifyingKey) -> bool {
        *self.name == *key.name() && self.id == key.id()
    }

    /// The name of who signed, as the note says.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.id, self.bytes.as_slice()].concat();
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

impl FromStr for Signature {
    type Err = BadNote;

    fn from_str(line: &str) -> Result<Self, BadNote> {
        let (name, bytes) = line
            .strip_prefix("— ")
            .and_then(|rest| rest.split_once(' '))
            .filter(|(name, _)| is_name(name))
            .ok_or(BadNote::Signature)?;
        let bytes = STANDARD.decode(bytes).map_err(|_| BadNote::Signature)?;
        let (id, bytes) = bytes.split_first_chunk().ok_or(BadNote::Signature)?;
        if bytes.is_empty() {
            return Err(BadNote::Signature);
        }
        Ok(Self { name: name.into(), id: *id, bytes: bytes.to_vec() })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl FromStr for Note {
    type Err = BadNote;

    fn from_str(note: &str) -> Result<Self, BadNote> {
        if note.len() > Self::MOST_BYTES {
            return Err(BadNote::TooLong);
        }
        if note.contains(|c| c < ' ' && c != '\n') {
            return Err(BadNote::Control);
        }
        // The last empty line parts the text, which may have some of its own, from the signatures.
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(BadNote::Form)?;
        let signatures = signatures.strip_suffix('\n').ok_or(BadNote::Form)?;
        let signatures: Vec<Signature> =
            signatures.split('\n').map(str::parse).collect::<Result<_, _>>()?;
        if signatures.is_empty() || signatures.len() > MOST_SIGNATURES {
            return Err(BadNote::Signatures);
        }
        Ok(Self { text: format!("{text}\n"), signatures })
    }
}
