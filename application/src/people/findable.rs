//! 按电话查找: by what a registration can be found in the vault. Nothing here knows of commands, because the vault is opened
//! with it.

use domain::sealed::REGISTRATION;
use serde::Deserialize;
use vault::Finder;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::values::Personal;

/// By what sections can be found. Whoever changes how telephones are read counts the revision up.
pub const FINDER: Finder = Finder { revision: 1, term: telephone_in };

/// The part of a registration that it is found by.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
struct Held {
    telephone: String,
}

fn telephone_in(section: &str, plain: &[u8]) -> Option<Zeroizing<String>> {
    if section != REGISTRATION {
        return None;
    }
    let held: Held = serde_json::from_slice(plain).ok()?;
    Personal::telephone(&held.telephone).ok().map(|number| telephone_term(&number))
}

/// What the vault is asked for.
pub fn telephone_term(number: &Personal) -> Zeroizing<String> {
    Zeroizing::new(format!("telephone:{}", number.expose()))
}
