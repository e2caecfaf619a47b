use std::fmt;

use domain::ActorId;
use sha2::{Digest as _, Sha256};
use zeroize::ZeroizeOnDrop;

use super::TokenError;

const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const PREFIX: &str = "yf_";
/// 52 characters of 5 bits hold 256 bits and a little more.
const CHARACTERS: usize = 52;

/// The secret of a token: `yf_` and 260 random bits. Shown once, never stored.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// A fresh secret.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn random() -> Result<Self, TokenError> {
        Ok(Self(format!("{PREFIX}{}", random_text::<CHARACTERS>()?)))
    }

    /// Takes a secret from a request; nothing that is not shaped like one is looked up.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let body = text.strip_prefix(PREFIX)?;
        let shaped = body.len() == CHARACTERS && body.bytes().all(|byte| ALPHABET.contains(&byte));
        shaped.then(|| Self(text.to_owned()))
    }

    /// What is stored. The secret has 260 random bits, so a plain hash cannot be searched.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The secret itself, to show it to whoever asked for the token.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A fresh account id, `A-` and 80 random bits.
pub fn random_account() -> Result<ActorId, TokenError> {
    let text = format!("A-{}", random_text::<16>()?);
    ActorId::new(&text).map_err(|_| TokenError::Damaged("id"))
}

fn random_text<const N: usize>() -> Result<String, TokenError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect())
}
