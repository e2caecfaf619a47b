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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn person(number: u64) -> PersonId {
        PersonId::try_from(number).unwrap()
    }

    #[test]
    fn round_trip_of_every_length() {
        let key = random_key().unwrap();
        for length in [0, 1, 15, 16, 17, 64, 1000, 32 * 1024] {
            let plain = vec![7; length];
            let context = Context::Section(person(1), "contact");
            let sealed = seal(&key, context, &plain).unwrap();
            assert_eq!(sealed.len(), length + OVERHEAD);
            assert_eq!(*unseal(&key, context, &sealed).unwrap(), plain);
            assert_ne!(sealed, seal(&key, context, &plain).unwrap());
        }
    }

    #[test]
    fn opens_only_in_its_context_and_under_its_key() {
        let key = random_key().unwrap();
        let context = Context::Section(person(1), "contact");
        let sealed = seal(&key, context, b"plain").unwrap();
        for other in [
            Context::Section(person(2), "contact"),
            Context::Section(person(1), "contac"),
            Context::PersonKey(person(1)),
            Context::IndexKey,
        ] {
            assert_eq!(unseal(&key, other, &sealed), Err(DoesNotOpen));
        }
        assert_eq!(unseal(&random_key().unwrap(), context, &sealed), Err(DoesNotOpen));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let key = random_key().unwrap();
        let sealed = seal(&key, Context::IndexKey, b"some plain text").unwrap();
        for position in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[position] ^= 1 << bit;
                assert_eq!(unseal(&key, Context::IndexKey, &changed), Err(DoesNotOpen));
            }
            let cut = unseal(&key, Context::IndexKey, &sealed[..position]);
            assert_eq!(cut, Err(DoesNotOpen));
        }
    }

    #[test]
    fn purposes_give_different_keys() {
        let key = random_key().unwrap();
        assert_ne!(derive(&key, "one"), derive(&key, "two"));
        assert_eq!(derive(&key, "one"), derive(&key, "one"));
    }
}
