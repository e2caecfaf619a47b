//! Whom an auditor trusts, and what they hold: policies and checkpoints in files.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use ledger::{Note, Policy};

use crate::failure::Failure;
use crate::lang::Said;

/// The longest file that is read whole.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The policy in a file (c2sp.org/tlog-policy).
pub fn policy(path: &Path) -> Result<Policy, Failure> {
    text(path)?.parse().map_err(|bad: ledger::BadPolicy| {
        let (path, line) = (path.display(), bad.line);
        Failure::usage(
            format!("{path} 第{line}行不是信任策略:{}。", bad.why),
            format!("{path} is no policy; line {line}: {}.", bad.why),
        )
    })
}

/// The signed note in a file, or why it is none.
pub fn note(path: &Path) -> Result<Result<Note, Said>, Failure> {
    Ok(parsed(&text(path)?))
}

/// The signed note that a text is, or why it is none.
pub fn parsed(text: &str) -> Result<Note, Said> {
    text.parse().map_err(|bad: ledger::BadNote| {
        Said::new(format!("不是签名的检查点({bad})"), format!("it is no signed checkpoint ({bad})"))
    })
}

/// A file of text, or what comes from standard input for `-`, however an editor saved it. What is no text is replaced: it
/// fails where it is parsed.
pub fn text(path: &Path) -> Result<String, Failure> {
    let failed = |source| Failure::Unread { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    if read.map_err(failed)? as u64 > MOST_BYTES {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    Ok(ledger::text_of(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned()))
}
