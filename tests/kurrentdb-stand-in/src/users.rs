//! Who may call, and what the others are told.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use tonic::Status;

use super::refusals;

/// Refuses a caller who names himself wrongly. Whether he has to name himself at all depends on what he wants.
pub(super) fn authenticate(
    users: &[(String, String)],
    certified: Option<&str>,
    headers: &HeaderMap,
) -> Result<Caller, Status> {
    if users.is_empty() {
        return Ok(Caller::Known);
    }
    let known = match (headers.get(header::AUTHORIZATION), certified) {
        (Some(value), _) => credentials(value.as_bytes())
            .is_some_and(|(name, password)| users.contains(&(name, password))),
        (None, Some(certified)) => users.iter().any(|(name, _)| name == certified),
        (None, None) => return Ok(Caller::Anonymous),
    };
    if known { Ok(Caller::Known) } else { Err(refusals::unauthenticated()) }
}

/// Somebody who calls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    Known,
    Anonymous,
}

impl Caller {
    /// Streams are for those who are known.
    pub fn check(self) -> Result<(), Status> {
        if self == Self::Known { Ok(()) } else { Err(refusals::access_denied()) }
    }
}

fn credentials(authorization: &[u8]) -> Option<(String, String)> {
    let encoded = authorization.strip_prefix(b"Basic ")?;
    let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}
