//! Keys with names (c2sp.org/signed-note, "verifier keys").

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{SignatureError, Signer as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The text of a note: a log its checkpoints.
    Log,
    /// A checkpoint with the time it was seen: a witness (c2sp.org/tlog-cosignature).
    Witness,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Witness => 0x04,
        }
    }

    fn of(byte: u8) -> Result<Self, BadKey> {
        match byte {
            0x01 => Ok(Self::Log),
            0x04 => Ok(Self::Witness),
            _ => Err(BadKey::Kind),
        }
    }
}

/// Begins a written secret key, as tools for signed notes write it.
const SECRET: &str = "PRIVATE+KEY+";

/// The public half of a key, under a name. Written `name+id+base64`, as policies list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyingKey {
    name: Box<str>,
    kind: KeyKind,
    id: [u8; 4],
    key: ed25519_dalek::VerifyingKey,
}

/// Why a text is no verifying key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not three parts.
    #[error("a key is written name+id+base64")]
    Form,
    /// A name with a space, a plus or a control character, or none.
    #[error("a key's name has no spaces, plus or control characters")]
    Name,
    /// Neither a log's nor a witness's.
    #[error("only Ed25519 keys of logs (0x01) and witnesses (0x04) are known")]
    Kind,
    /// The id does not belong to name and key: a letter was lost on the way.
    #[error("the id does not belong to the name and the key")]
    Id,
    /// No point of the curve.
    #[error("not an Ed25519 key")]
    Point,
}

impl VerifyingKey {
    fn new(name: &str, kind: KeyKind, key: ed25519_dalek::VerifyingKey) -> Result<Self, BadKey> {
        if !is_name(name) {
            return Err(BadKey::Name);
        }
        let id = Sha256::new()
            .chain_update(name)
            .chain_update([b'\n', kind.byte()])
            .chain_update(key.as_bytes())
            .finalize();
        Ok(Self { name: name.into(), kind, id: [id[0], id[1], id[2], id[3]], key })
    }

    /// The name: of a log its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The first bytes of a hash over name and key, by which signatures name their key.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// Whether both are the same key under whatever name.
    #[must_use]
    pub fn is_same_key(&self, other: &Self) -> bool {
        self.key == other.key
    }

    fn written_id(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }

    pub(crate) fn verify(&self, text: &[u8], signature: &[u8; 64]) -> Result<(), SignatureError> {
        self.key.verify_strict(text, &ed25519_dalek::Signature::from_bytes(signature))
    }
}

impl fmt::Display for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.written_id(), STANDARD.encode(bytes))
    }
}

impl FromStr for VerifyingKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(BadKey::Form);
        };
        let bytes = STANDARD.decode(key).map_err(|_| BadKey::Form)?;
        let (kind, point) = bytes.split_first().ok_or(BadKey::Form)?;
        let kind = KeyKind::of(*kind)?;
        let point: &[u8; 32] = point.try_into().map_err(|_| BadKey::Point)?;
        let point = ed25519_dalek::VerifyingKey::from_bytes(point).map_err(|_| BadKey::Point)?;
        let key = Self::new(name, kind, point)?;
        if key.written_id() == id { Ok(key) } else { Err(BadKey::Id) }
    }
}

/// The secret half of a key. Does not print itself; its bytes are wiped when it is dropped.
pub struct SigningKey {
    public: VerifyingKey,
    secret: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key that follows from a secret seed, 32 bytes from a good source of randomness.
    ///
    /// # Errors
    /// When the name is none.
    pub fn new(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, BadKey> {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(Self { public: VerifyingKey::new(name, kind, secret.verifying_key())?, secret })
    }

    /// What others check its signatures with.
    #[must_use]
    pub fn public(&self) -> &VerifyingKey {
        &self.public
    }

    /// The secret, written `PRIVATE+KEY+name+id+base64`: for a file that nobody else reads.
    #[must_use]
    pub fn reveal(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(vec![self.public.kind.byte()]);
        bytes.extend_from_slice(self.secret.as_bytes());
        let encoded = Zeroizing::new(STANDARD.encode(&bytes));
        let VerifyingKey { name, .. } = &self.public;
        Zeroizing::new(format!("{SECRET}{name}+{}+{}", self.public.written_id(), *encoded))
    }

    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.secret.sign(text).to_bytes()
    }
}

/// As [`reveal`](SigningKey::reveal) writes it.
impl FromStr for SigningKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let mut parts = text.strip_prefix(SECRET).ok_or(BadKey::Form)?.splitn(3, '+');
        let (Some(name), Some(id), Some(secret)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(BadKey::Form);
        };
        let bytes = Zeroizing::new(STANDARD.decode(secret).map_err(|_| BadKey::Form)?);
        let (kind, seed) = bytes.split_first().ok_or(BadKey::Form)?;
        let seed = seed.try_into().map_err(|_| BadKey::Form)?;
        let key = Self::new(name, KeyKind::of(*kind)?, seed)?;
        if key.public.written_id() == id { Ok(key) } else { Err(BadKey::Id) }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}
