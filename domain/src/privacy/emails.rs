//! 电子邮箱, in any text.

use super::kind::{Found, Kind};

/// Every address: a local part, `@`, and a domain of at least two labels that ends in letters. Each character is looked
/// at twice at most, because no part of an address contains `@`.
pub(super) fn find(characters: &[char]) -> Vec<Found> {
    let ats = characters.iter().enumerate().filter(|&(_, &character)| character == '@');
    ats.filter_map(|(at, _)| {
        let local = characters[..at].iter().rev().take_while(|c| in_local(**c)).count();
        let domain = domain_length(&characters[at + 1..])?;
        (local > 0).then_some(Found { range: at - local..at + 1 + domain, kind: Kind::Email })
    })
    .collect()
}

fn in_local(character: char) -> bool {
    character.is_ascii_alphanumeric() || ".!#$%&'*+-/=?^_`{|}~".contains(character)
}

/// How many characters belong to a domain name, if one stands here.
fn domain_length(rest: &[char]) -> Option<usize> {
    let length =
        rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '-' || **c == '.').count();
    // A full stop after the address ends the sentence, not the name.
    let length = rest[..length].iter().rposition(|c| *c != '.')? + 1;
    let dot = rest[..length].iter().rposition(|c| *c == '.').filter(|dot| *dot > 0)?;
    let last = &rest[dot + 1..length];
    (last.len() >= 2 && last[0].is_ascii_alphabetic()).then_some(length)
}
