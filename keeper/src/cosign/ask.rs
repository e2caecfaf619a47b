//! One request to one witness, and what its answer means (c2sp.org/tlog-witness).

use ledger::{Note, Signature, Submission, VerifyingKey};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Response, StatusCode, Url};

use crate::halt::chain;

/// The longest answer that is read.
const MOST_BYTES: usize = 16 * 1024;

/// What came of it.
pub(super) enum Answer {
    /// A cosignature that is true, and its time in seconds since 1970.
    Cosigned(Signature, u64),
    /// It has cosigned a checkpoint of another size last.
    Elsewhere(u64),
    /// To it, this does not follow from what it cosigned last.
    Disproved,
    /// Nothing that helps, and why.
    Failed(String),
}

/// Where a witness takes checkpoints, below its address in a policy.
pub(super) fn endpoint(address: &str) -> Option<Url> {
    let url = Url::parse(&format!("{}/add-checkpoint", address.trim_end_matches('/'))).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

pub(super) async fn ask(
    client: Client,
    url: Url,
    key: VerifyingKey,
    submission: Submission,
) -> Answer {
    let asked = client.post(url).body(submission.to_string()).send().await;
    let read = match asked {
        Ok(response) => read(response).await,
        Err(error) => Err(error),
    };
    match read {
        Ok((status, is_size, text)) => meaning(status, is_size, &text, submission.checkpoint, &key),
        // Without the address, which may hold a password.
        Err(error) => Answer::Failed(chain(&error.without_url())),
    }
}

/// Status, whether the body is said to be a size, and the body, cut where it is too long.
async fn read(mut response: Response) -> reqwest::Result<(StatusCode, bool, String)> {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes());
    let is_size = kind == Some(b"text/x.tlog.size");
    let mut bytes = Vec::new();
    while bytes.len() < MOST_BYTES
        && let Some(chunk) = response.chunk().await?
    {
        bytes.extend_from_slice(&chunk);
    }
    bytes.truncate(MOST_BYTES);
    Ok((status, is_size, String::from_utf8_lossy(&bytes).into_owned()))
}

fn meaning(
    status: StatusCode,
    is_size: bool,
    text: &str,
    checkpoint: Note,
    key: &VerifyingKey,
) -> Answer {
    match status {
        StatusCode::OK => match cosignature(text, checkpoint, key) {
            Some((signature, time)) => Answer::Cosigned(signature, time),
            None => Answer::Failed("its cosignature is missing or false".into()),
        },
        StatusCode::CONFLICT if is_size => match text.strip_suffix('\n').map(str::parse) {
            Some(Ok(size)) => Answer::Elsewhere(size),
            Some(Err(_)) | None => Answer::Failed("it told a size that is none".into()),
        },
        StatusCode::UNPROCESSABLE_ENTITY => Answer::Disproved,
        _ => Answer::Failed(format!("it answered {status}")),
    }
}

/// The witness's own signature among the lines of an answer, if it is true.
fn cosignature(lines: &str, mut checkpoint: Note, key: &VerifyingKey) -> Option<(Signature, u64)> {
    let signatures = lines.lines().filter_map(|line| line.parse::<Signature>().ok());
    for signature in signatures.filter(|signature| signature.is_under(key)) {
        checkpoint.add(signature.clone());
        if let Ok(Some(time)) = checkpoint.signed_by(key) {
            return Some((signature, time));
        }
    }
    None
}
