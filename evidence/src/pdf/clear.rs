//! What stands in a document in clear, wherever that is.

use memchr::memmem;

use super::names::{ACTIVE, SHORT};
use super::tokens::name_of;

/// Whether an active name stands there: a long one anywhere, a short one outside of streams.
pub(super) fn is_active(pdf: &[u8]) -> bool {
    names(pdf).any(|name| ACTIVE.contains(&name.as_slice()))
        || outside_streams(pdf)
            .into_iter()
            .flat_map(names)
            .any(|name| SHORT.contains(&name.as_slice()))
}

/// What follows each slash as far as it belongs to the name.
fn names(pdf: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    memchr::memchr_iter(b'/', pdf).map(|slash| name_of(&pdf[slash + 1..]).0)
}

/// All but what stands between `>> stream` and `endstream`.
fn outside_streams(pdf: &[u8]) -> Vec<&[u8]> {
    let (mut pieces, mut rest) = (Vec::new(), pdf);
    while let Some(start) = stream(rest) {
        let Some(length) = memmem::find(&rest[start..], b"endstream") else { break };
        pieces.push(&rest[..start]);
        rest = &rest[start + length + b"endstream".len()..];
    }
    pieces.push(rest);
    pieces
}

/// Where the content of the next stream begins.
fn stream(pdf: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"stream";
    memmem::find_iter(pdf, WORD)
        .find(|at| {
            let dictionary = pdf[..*at].trim_ascii_end().ends_with(b">>");
            dictionary && matches!(pdf.get(at + WORD.len()), Some(b'\r' | b'\n'))
        })
        .map(|at| at + WORD.len())
}
