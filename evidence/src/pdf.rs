//! Documents: whole, and doing nothing when they are opened.

use memchr::memmem;

use crate::Refusal;

/// The end of a PDF stands in so many last bytes, as readers have it.
const TAIL: usize = 1024;
/// Names of what runs, starts programs or carries other files.
const ACTIVE: [&[u8]; 4] = [b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles"];
/// The longest of these, and a byte more.
const LONGEST: usize = 14;

/// Searches what stands in clear. A name may be written with escapes (`/J#61vaScript`).
pub(crate) fn check(pdf: &[u8]) -> Result<(), Refusal> {
    let tail = &pdf[pdf.len().saturating_sub(TAIL)..];
    if memmem::find(tail, b"%%EOF").is_none() {
        return Err(Refusal::BrokenPdf);
    }
    // Two letters occur by chance in the noise of a compressed stream, so /JS counts outside of streams only.
    let active = names(pdf).any(|name| ACTIVE.contains(&name.as_slice()))
        || outside_streams(pdf).into_iter().flat_map(names).any(|name| name == b"JS");
    if active { Err(Refusal::ActivePdf) } else { Ok(()) }
}

/// What follows each `/` as far as it belongs to the name, decoded.
fn names(pdf: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    pdf.split(|byte| *byte == b'/').skip(1).map(name)
}

fn name(mut rest: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(LONGEST);
    while name.len() < LONGEST {
        let (byte, after) = match *rest {
            [b'#', high, low, ref after @ ..] => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'#', &rest[1..]),
            },
            [byte, ref after @ ..] if !ends_name(byte) => (byte, after),
            _ => break,
        };
        name.push(byte);
        rest = after;
    }
    name
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| digit.try_into().ok())
}

/// White space and delimiters (ISO 32000-1 §7.2.2).
fn ends_name(byte: u8) -> bool {
    b"\0\t\n\x0c\r ()<>[]{}/%".contains(&byte)
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
