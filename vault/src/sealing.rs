//! How bytes are sealed. One layout for sections, person keys and the index key:
//!
//! | bytes | what |
//! | --- | --- |
//! | 0 | layout version, 1 |
//! | 1–24 | random nonce |
//! | 25–56 | commitment to the key |
//! | 57– | XChaCha20-Poly1305 ciphertext, then its 16-byte tag |
//!
//! Cipher key and commitment come from HKDF-SHA-256 (RFC 5869) of the sealing key, salted with the nonce. The
//! commitment makes sure that bytes open under one key only, which the tag alone does not (it lets a forger
//! prepare bytes that open differently under two keys). What the bytes are for is authenticated with them, so that
//! none can be moved to another person or section.

#[cfg(test)]
mod tests;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::PersonId;

const VERSION: u8 = 1;
const NONCE: usize = 24;
const COMMITMENT: usize = 32;
const HEADER: usize = 1 + NONCE + COMMITMENT;
const TAG: usize = 16;

/// How much longer than the plaintext the sealed bytes are.
pub(crate) const OVERHEAD: usize = HEADER + TAG;

/// 256 secret bits, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// What sealed bytes are for; they open for nothing else.
#[derive(Clone, Copy)]
pub(crate) enum Context<'a> {
    /// A section of a person, under that person's key.
    Section(PersonId, &'a str),
    /// The key of a person, under the master key.
    PersonKey(PersonId),
    /// The key of the identity index, under the master key.
    IndexKey,
}

/// The bytes were not sealed with this key for this context, or were changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DoesNotOpen;

impl Context<'_> {
    /// Authenticated beside the ciphertext; the fixed parts come first, so no two contexts read the same.
    fn associated_data(self) -> Vec<u8> {
        let (kind, person, section) = match self {
            Self::Section(person, section) => (b'S', person.as_u64(), section),
            Self::PersonKey(person) => (b'K', person.as_u64(), ""),
            Self::IndexKey => (b'I', 0, ""),
        };
        let mut data = b"yuanfa vault".to_vec();
        data.extend([VERSION, kind]);
        data.extend(person.to_be_bytes());
        data.extend(section.as_bytes());
        data
    }
}

/// A key from the system's random source.
pub(crate) fn random_key() -> Result<Key, getrandom::Error> {
    let mut key = Key::default();
    getrandom::fill(&mut *key)?;
    Ok(key)
}

/// A key that is one-way derived from another, different for each purpose.
pub(crate) fn derive(key: &[u8; 32], purpose: &str) -> Key {
    let (derived, _) = derive_two(key, &[], purpose);
    derived
}

/// Seals the plaintext with a fresh nonce; the same plaintext gives other bytes each time.
pub(crate) fn seal(
    key: &Key,
    context: Context<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, getrandom::Error> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce)?;
    let (cipher_key, commitment) = derive_two(key, &nonce, "seal");
    let mut sealed = Vec::with_capacity(plain.len() + OVERHEAD);
    sealed.push(VERSION);
    sealed.extend(nonce);
    sealed.extend(*commitment);
    let aad = context.associated_data();
    let text = XChaCha20Poly1305::new((&*cipher_key).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
        .unwrap_or_else(|_| unreachable!("the cipher refuses only texts of 256 GiB"));
    sealed.extend(text);
    Ok(sealed)
}

/// The plaintext of sealed bytes.
pub(crate) fn unseal(
    key: &Key,
    context: Context<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let (header, text) = sealed.split_at_checked(HEADER).ok_or(DoesNotOpen)?;
    let (version, header) = header.split_first().ok_or(DoesNotOpen)?;
    let (nonce, claimed) = header.split_first_chunk::<NONCE>().ok_or(DoesNotOpen)?;
    if *version != VERSION {
        return Err(DoesNotOpen);
    }
    let (cipher_key, commitment) = derive_two(key, nonce, "seal");
    if !bool::from(commitment.as_slice().ct_eq(claimed)) {
        return Err(DoesNotOpen);
    }
    let aad = context.associated_data();
    XChaCha20Poly1305::new((&*cipher_key).into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &aad })
        .map(Zeroizing::new)
        .map_err(|_| DoesNotOpen)
}

fn derive_two(key: &[u8; 32], salt: &[u8], purpose: &str) -> (Key, Key) {
    let mut output = Zeroizing::new([0; 64]);
    Hkdf::<Sha256>::new(Some(salt), key)
        .expand_multi_info(&[b"yuanfa vault v1 ", purpose.as_bytes()], &mut *output)
        .unwrap_or_else(|_| unreachable!("HKDF-SHA-256 gives up to 8160 bytes"));
    let (mut first, mut second) = (Key::default(), Key::default());
    first.copy_from_slice(&output[..32]);
    second.copy_from_slice(&output[32..]);
    (first, second)
}
