//! The keys a vault works with while it is open, derived from or wrapped by the master key.

#[cfg(test)]
mod tests;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::code::Code;
use crate::sealing::{self, Context, DoesNotOpen, Key};
use crate::{MAX_IDENTITY_BYTES, MasterKey, PersonId, Refusal, VaultError};

/// 32 bytes that tell a vault whether a master key is its own; they reveal nothing of the key.
pub(crate) type KeyCheck = [u8; 32];

/// The keyed hash under which an identity number is known.
pub(crate) type IdentityHash = [u8; 32];

pub(crate) struct Keyring {
    /// Wraps the keys of persons and the index key.
    wrap: Key,
    check: KeyCheck,
    /// Random for each vault and itself wrapped, so that a new master key leaves every identity hash and every code
    /// as it is.
    index: Key,
    /// What sections can be found by; none where this process only looks.
    finder: Option<Finder>,
}

/// By what people can be found, told from what their sections say. The vault keeps a keyed hash of it and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Finder {
    /// 0 to 127; another one whenever the rule tells otherwise than before: everything is looked through again then.
    pub revision: u8,
    /// What a section of this name with this content can be found by; none for most.
    pub term: fn(section: &str, plain: &[u8]) -> Option<Zeroizing<String>>,
}

impl Keyring {
    /// Keys for a new vault, and its wrapped index key to store.
    pub(crate) fn create(master: &MasterKey) -> Result<(Self, Vec<u8>), VaultError> {
        Self::with_index(master, sealing::random_key()?)
    }

    /// The same identity index under another master key, and the wrapped index key to store.
    pub(crate) fn under(&self, master: &MasterKey) -> Result<(Self, Vec<u8>), VaultError> {
        let (keys, wrapped) = Self::with_index(master, self.index.clone())?;
        Ok((Self { finder: self.finder, ..keys }, wrapped))
    }

    /// From now on, sections can be found by this.
    pub(crate) const fn find_by(&mut self, finder: Finder) {
        self.finder = Some(finder);
    }

    pub(crate) const fn finder(&self) -> Option<Finder> {
        self.finder
    }

    /// Keys of an existing vault, from what it stored.
    pub(crate) fn load(
        master: &MasterKey,
        check: &KeyCheck,
        wrapped_index: &[u8],
    ) -> Result<Self, VaultError> {
        if Self::check_of(master) != *check {
            return Err(VaultError::WrongMasterKey);
        }
        let wrap = sealing::derive(master.bytes(), "wrap");
        let index = unwrap(&wrap, Context::IndexKey, wrapped_index)
            .map_err(|DoesNotOpen| VaultError::Tampered("the identity index key".to_owned()))?;
        Ok(Self { wrap, check: *check, index, finder: None })
    }

    /// Stored in the vault to recognise its master key by.
    pub(crate) const fn check(&self) -> &KeyCheck {
        &self.check
    }

    /// A fresh key for a person, and its wrapped form to store.
    pub(crate) fn new_person(&self, person: PersonId) -> Result<(Key, Vec<u8>), VaultError> {
        let key = sealing::random_key()?;
        let wrapped = self.wrap_person(person, &key)?;
        Ok((key, wrapped))
    }

    pub(crate) fn wrap_person(&self, person: PersonId, key: &Key) -> Result<Vec<u8>, VaultError> {
        Ok(sealing::seal(&self.wrap, Context::PersonKey(person), &**key)?)
    }

    pub(crate) fn unwrap_person(
        &self,
        person: PersonId,
        wrapped: &[u8],
    ) -> Result<Key, VaultError> {
        unwrap(&self.wrap, Context::PersonKey(person), wrapped)
            .map_err(|DoesNotOpen| VaultError::Tampered(format!("the key of person {person}")))
    }

    /// HMAC-SHA-256 of the normalised number: without the index key nobody can try numbers against it.
    pub(crate) fn identity_hash(&self, number: &str) -> Result<IdentityHash, Refusal> {
        Ok(self.hash("identity", &normalised(number)?))
    }

    /// HMAC-SHA-256 of what a section can be found by.
    pub(crate) fn lookup_hash(&self, term: &str) -> [u8; 32] {
        self.hash("lookup", term)
    }

    fn hash(&self, purpose: &str, text: &str) -> [u8; 32] {
        let key = sealing::derive(&self.index, purpose);
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&*key)
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// A code that only this vault can make, the same for ever.
    pub(crate) fn code(&self, purpose: &str, subject: &str) -> Code {
        Code::of(&sealing::derive(&self.index, "code"), purpose, subject)
    }

    fn with_index(master: &MasterKey, index: Key) -> Result<(Self, Vec<u8>), VaultError> {
        let wrap = sealing::derive(master.bytes(), "wrap");
        let wrapped = sealing::seal(&wrap, Context::IndexKey, &*index)?;
        let check = Self::check_of(master);
        Ok((Self { wrap, check, index, finder: None }, wrapped))
    }

    fn check_of(master: &MasterKey) -> KeyCheck {
        *sealing::derive(master.bytes(), "check")
    }
}

fn unwrap(wrap: &Key, context: Context<'_>, wrapped: &[u8]) -> Result<Key, DoesNotOpen> {
    let plain = sealing::unseal(wrap, context, wrapped)?;
    let mut key = Key::default();
    if plain.len() != key.len() {
        return Err(DoesNotOpen);
    }
    key.copy_from_slice(&plain);
    Ok(key)
}

/// One spelling for each identity number 身份证号, so that one human has one keyed hash: white space dropped, full-width
/// forms (全角) folded to ASCII, letters in upper case. What people type and spreadsheets keep differs in exactly these
/// ways. Whether the number is valid is the domain's question.
fn normalised(number: &str) -> Result<Zeroizing<String>, Refusal> {
    if number.len() > MAX_IDENTITY_BYTES {
        return Err(Refusal::IdentityNumber);
    }
    // Folding never lengthens a character, so this buffer is not moved and leaves no copy behind.
    let mut folded = Zeroizing::new(String::with_capacity(number.len()));
    for letter in number.chars().filter(|letter| !letter.is_whitespace()) {
        folded.push(half_width(letter).to_ascii_uppercase());
    }
    if folded.is_empty() {
        return Err(Refusal::IdentityNumber);
    }
    Ok(folded)
}

/// U+FF01 to U+FF5E are the full-width forms of ASCII `!` to `~`, in the same order.
fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        other => other,
    }
}
