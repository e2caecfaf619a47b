//! What is asked of other servers: within a time, up to a length, from nowhere else than asked.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};

/// An answer takes no longer.
const WITHIN: Duration = Duration::from_secs(10);
/// The longest text that is read.
pub(crate) const MOST_TEXT: usize = 64 * 1024;
/// The bytes of a full tile.
pub(crate) const TILE_BYTES: usize = 256 * 32;

/// Why there is no answer.
pub(crate) enum Failed {
    Http(reqwest::Error),
    Status(StatusCode),
    TooLong,
}

pub(crate) fn client() -> reqwest::Result<Client> {
    Client::builder().timeout(WITHIN).redirect(Policy::none()).build()
}

/// The body of an answer that says it is well.
pub(crate) async fn get(client: &Client, url: Url, most: usize) -> Result<Vec<u8>, Failed> {
    let mut response = client.get(url).send().await.map_err(Failed::Http)?;
    if response.status() != StatusCode::OK {
        return Err(Failed::Status(response.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Failed::Http)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            return Err(Failed::TooLong);
        }
    }
    Ok(bytes)
}
