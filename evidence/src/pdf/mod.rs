//! Documents: whole, open to everybody, and doing nothing when they are opened.
//!
//! A PDF says where its objects lie, and readers disagree on whom they believe when that is wrong. So nothing of it is
//! believed here: every place that looks like the beginning of an object is read as one, and every stream that looks like
//! one of objects is unpacked. What is found so is at least what any reader finds. Both have a limit that the file sets
//! for itself by its size, so that neither objects within objects nor streams of zeros cost more than a walk over it.
//!
//! Filters and decryption are those of `lopdf`. Its own loading of a document is not used: it keeps all objects, decodes
//! as many streams as there are, and reads a place as often as it is referred to.

mod clear;
mod locks;
mod names;
mod object;
mod packed;
mod tokens;
mod work;

use memchr::memmem;

use crate::Refusal;
use locks::Locks;
use object::Object;
use work::Work;

/// Readers look for the header in so many first bytes, and for the end in so many last ones (Adobe's implementation notes
/// 13 and 18 to ISO 32000-1 §7.5.2 and §7.5.5).
const EDGE: usize = 1024;
const HEADER: &[u8] = b"%PDF-";
/// How many first bytes tell whether a file is a PDF.
pub(crate) const TELLING: usize = EDGE + HEADER.len();

/// Whether a file begins as a PDF. A byte order mark, a mail's header or white space may stand before it.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    memmem::find(&bytes[..bytes.len().min(TELLING)], HEADER).is_some()
}

/// Refuses a document without its end, one that cannot be opened without a password, and one that is active.
pub(crate) fn check(pdf: &[u8]) -> Result<(), Refusal> {
    if !ends(pdf) {
        return Err(Refusal::BrokenPdf);
    }
    if clear::is_active(pdf) {
        return Err(Refusal::ActivePdf);
    }
    let mut work = Work::on(pdf);
    let (mut streams, mut locks) = (Vec::new(), Locks::default());
    for object in object::beginnings(pdf) {
        let object = Object::walk(pdf, object, &mut work)?;
        if object.is_active {
            return Err(Refusal::ActivePdf);
        }
        if object.is_encrypting {
            locks.see(pdf, &object, &mut work)?;
        }
        if object.is_object_stream {
            streams.push(object);
        }
    }
    let keys = locks.opened()?;
    streams.iter().try_for_each(|stream| packed::check(pdf, stream, &keys, &mut work))
}

/// Whether it has its end; white space and padding may stand behind it.
fn ends(pdf: &[u8]) -> bool {
    let is_padding = |byte: u8| matches!(byte, 0 | 0x1a | 0xff) || byte.is_ascii_whitespace();
    let length = pdf.iter().rposition(|byte| !is_padding(*byte)).map_or(0, |last| last + 1);
    memmem::find(&pdf[length.saturating_sub(EDGE)..length], b"%%EOF").is_some()
}
