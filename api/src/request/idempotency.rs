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
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn ask(
        keys: &Keys,
        account: &str,
        path: &str,
        key: Option<&str>,
        body: &str,
    ) -> Result<Uuid, Problem> {
        let headers = key.map(|key| (HEADER.parse().unwrap(), key.parse().unwrap()));
        let account = ActorId::new(account).unwrap();
        keys.command(&headers.into_iter().collect(), &account, &Method::POST, path, body.as_bytes())
    }

    #[test]
    fn the_same_request_has_the_same_id_whoever_remembers() {
        let keys = Keys::default();
        let first = ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap();
        assert_eq!(ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap(), first);
        assert_eq!(ask(&Keys::default(), "A-1", "/units", Some("k"), "{}").unwrap(), first);
    }

    #[test]
    fn another_account_path_or_key_is_another_command() {
        let keys = Keys::default();
        let ids = [
            ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap(),
            ask(&keys, "A-2", "/units", Some("k"), "{}").unwrap(),
            ask(&keys, "A-1", "/squads", Some("k"), "{}").unwrap(),
            ask(&keys, "A-1", "/units", Some("l"), "{}").unwrap(),
            ask(&keys, "A-1", "/units", None, "{}").unwrap(),
            ask(&keys, "A-1", "/units", None, "{}").unwrap(),
        ];
        assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn a_resident_gets_the_same_only_for_the_same_key_and_body() {
        let ask = |key: &str, path: &str, body: &str| {
            let headers = [(HEADER.parse().unwrap(), key.parse().unwrap())].into_iter().collect();
            of_resident(&headers, &Method::POST, path, body.as_bytes())
        };
        let (one, other) = (Uuid::from_u128(1).to_string(), Uuid::from_u128(2).to_string());
        let first = ask(&one, "/issues", "{}").unwrap();
        assert_eq!(ask(&one.to_uppercase(), "/issues", "{}").unwrap(), first);
        for (key, path, body) in
            [(&other, "/issues", "{}"), (&one, "/other", "{}"), (&one, "/issues", "{ }")]
        {
            assert_ne!(ask(key, path, body).unwrap(), first);
        }
        assert_eq!(ask("k-1", "/issues", "{}").unwrap_err().code, "idempotency.no_uuid");
    }

    #[test]
    fn another_body_under_the_key_and_malformed_keys_are_refused() {
        let keys = Keys::default();
        ask(&keys, "A-1", "/units", Some("k"), "{}").unwrap();
        assert_eq!(
            ask(&keys, "A-1", "/units", Some("k"), "{\"a\":1}").unwrap_err().code,
            "idempotency.reused"
        );
        for bad in ["", &"k".repeat(201)] {
            assert_eq!(
                ask(&keys, "A-1", "/units", Some(bad), "{}").unwrap_err().code,
                "idempotency.malformed"
            );
        }
    }
}
