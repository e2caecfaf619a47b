//! A proof in pieces, each short enough for a QR code that a telephone reads from paper.

use sha2::{Digest as _, Sha256};

/// Begins each piece: `yuanfa-proof 2/5 0f1e2d3c4b5a6978`, number, how many, beginning of the SHA-256 of the whole text.
const MARK: &str = "yuanfa-proof ";
/// The most pieces that are read.
const MOST_PIECES: usize = 99;

/// Why texts are not the pieces of one proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPieces {
    /// A line that begins as a piece does and goes on otherwise.
    #[error("a piece begins with the line {MARK}NUMBER/COUNT ID")]
    Line,
    /// They are of different proofs.
    #[error("the pieces are of different proofs")]
    Mixed,
    /// Some are not there.
    #[error("piece {0} is missing")]
    Missing(usize),
    /// What they give is not what was cut.
    #[error("the pieces were changed or read wrongly")]
    Changed,
}

/// The pieces of a text, each of at most so many bytes and a line of up to 40. The text is of ASCII and ends with a line break.
#[must_use]
pub fn pieces(text: &str, most: usize) -> Vec<String> {
    let (id, body) = (id(text), text.trim_end());
    let mut cuts = vec![0];
    let mut begin = 0;
    while body.len() - begin > most.max(1) {
        begin = cut(body, begin, begin + most.max(1));
        cuts.push(begin);
    }
    cuts.push(body.len());
    let count = cuts.len() - 1;
    let piece = |(number, ends): (usize, &[usize])| {
        format!("{MARK}{}/{count} {id}\n{}", number + 1, &body[ends[0]..ends[1]])
    };
    cuts.windows(2).enumerate().map(piece).collect()
}

/// The text that pieces give, in whatever order they stand, some of them twice perhaps; none where there is no piece.
///
/// # Errors
/// [`BadPieces`].
pub fn join(scanned: &str) -> Result<Option<String>, BadPieces> {
    let Some(first) = scanned.find(MARK) else { return Ok(None) };
    let mut found: Vec<Option<&str>> = Vec::new();
    let mut of = None;
    for piece in scanned[first..].split(MARK).skip(1) {
        let (head, body) = piece.split_once('\n').ok_or(BadPieces::Line)?;
        let (number, count, id) = numbered(head.trim_end()).ok_or(BadPieces::Line)?;
        if *of.get_or_insert((count, id)) != (count, id) {
            return Err(BadPieces::Mixed);
        }
        found.resize(count, None);
        found[number - 1] = Some(body.trim());
    }
    if let Some(missing) = found.iter().position(Option::is_none) {
        return Err(BadPieces::Missing(missing + 1));
    }
    let text = found.into_iter().flatten().collect::<String>() + "\n";
    let whole = of.is_some_and(|(_, stated)| stated == id(&text));
    if whole { Ok(Some(text)) } else { Err(BadPieces::Changed) }
}

fn id(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Where a piece ends that begins there: no blank at either side, which whoever scans it might lose.
fn cut(body: &str, begin: usize, most: usize) -> usize {
    let blank = |at: usize| body.as_bytes()[at].is_ascii_whitespace();
    let fits = |&end: &usize| body.is_char_boundary(end) && !blank(end) && !blank(end - 1);
    (begin + 1..=most).rev().find(fits).unwrap_or(most)
}

/// `2/5 0f1e…`: number, count, id.
fn numbered(head: &str) -> Option<(usize, usize, &str)> {
    let (place, id) = head.split_once(' ')?;
    let (number, count) = place.split_once('/')?;
    let (number, count): (usize, usize) = (number.parse().ok()?, count.parse().ok()?);
    let fits = (1..=count).contains(&number) && count <= MOST_PIECES;
    fits.then_some((number, count, id))
}
