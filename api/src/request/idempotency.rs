//! `Idempotency-Key`: the same request again changes nothing and answers as the first time.
//!
//! The command's id follows from account, method, path and key, and event ids follow from it, so a repeat is known
//! from the log itself, also after a restart. That a key comes again with *another* body is noticed as
//! long as the service remembers the first: the last 100 000 keys since it started.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, Method, StatusCode};
use domain::ActorId;
use lru::LruCache;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::answer::problem::{Problem, reused};

/// The header.
pub const HEADER: &str = "Idempotency-Key";
const LONGEST: usize = 200;
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

/// Which body came with which key.
pub struct Keys(Mutex<LruCache<Uuid, [u8; 32]>>);

impl Default for Keys {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Keys {
    /// The command's id: from the key where there is one, else fresh.
    ///
    /// # Errors
    /// 400 for a malformed key, 422 for one that came with another body.
    pub fn command(
        &self,
        headers: &HeaderMap,
        account: &ActorId,
        method: &Method,
        path: &str,
        body: &[u8],
    ) -> Result<Uuid, Problem> {
        let Some(given) = headers.get(HEADER) else { return Ok(Uuid::now_v7()) };
        let key = given.to_str().ok().filter(|key| is_key(key)).ok_or_else(malformed)?;
        let name = format!("{account}\n{method}\n{path}\n{key}");
        let command = Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes());
        let digest: [u8; 32] = Sha256::digest(body).into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = *known.get_or_insert(command, || digest);
        if first == digest { Ok(command) } else { Err(reused()) }
    }
}

/// The id of a resident's command. No account keeps the keys of residents apart. So a key is a UUID, which nobody guesses,
/// and it stands for its body too: whoever knows the one without the other gets nothing of somebody else's.
///
/// # Errors
/// 400 for a key that is no UUID.
pub fn of_resident(
    headers: &HeaderMap,
    method: &Method,
    path: &str,
    body: &[u8],
) -> Result<Uuid, Problem> {
    let Some(given) = headers.get(HEADER) else { return Ok(Uuid::now_v7()) };
    let key = given.to_str().ok().and_then(|key| Uuid::parse_str(key).ok()).ok_or_else(no_uuid)?;
    let mut name = format!("resident\n{method}\n{path}\n{key}\n").into_bytes();
    name.extend_from_slice(&Sha256::digest(body));
    Ok(Uuid::new_v5(&Uuid::NAMESPACE_URL, &name))
}

fn is_key(key: &str) -> bool {
    (1..=LONGEST).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

fn malformed() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "idempotency.malformed",
        format!("Idempotency-Key 应为1至{LONGEST}个可见ASCII字符。"),
        format!("An Idempotency-Key is 1 to {LONGEST} printable ASCII characters."),
    )
    .at(HEADER)
}

fn no_uuid() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "idempotency.no_uuid",
        "不用账号提交时，Idempotency-Key 应为随机的UUID。",
        "Without an account, an Idempotency-Key is a random UUID.",
    )
    .at(HEADER)
}

#[cfg(test)]
mod tests;
