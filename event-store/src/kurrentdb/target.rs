//! Connection strings: what the operator wrote, checked before the client sees it.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};

use ::kurrentdb::{ClientSettings, Credentials};

use crate::Refused;

const SCHEMES: [&str; 4] = ["kurrentdb", "esdb", "kurrent", "kdb"];
/// What the client understands; it ignores all else, and a misspelt option is worse than a refused one.
const PARAMETERS: [&str; 14] = [
    "tls",
    "tlsCaFile",
    "tlsVerifyCert",
    "userCertFile",
    "userKeyFile",
    "nodePreference",
    "gossipTimeout",
    "maxDiscoverAttempts",
    INTERVAL,
    "keepAliveInterval",
    "keepAliveTimeout",
    "defaultDeadline",
    "connectionName",
    PREFIX,
];
const INTERVAL: &str = "discoveryInterval";
/// The one parameter of ours.
const PREFIX: &str = "prefix";
const DEFAULT_PREFIX: &str = "yuanfa";
const MAX_PREFIX: usize = 50;

/// A log on a KurrentDB node or cluster. `Display` and `Debug` show neither user nor password.
#[derive(Clone)]
pub struct KurrentTarget {
    pub(super) settings: ClientSettings,
    pub(super) credentials: Option<Credentials>,
    /// Begins the name of each stream of this log: `yuanfa:` in `yuanfa:unit-330225001`.
    pub(super) streams: String,
    shown: String,
}

impl KurrentTarget {
    /// Whether a text is meant as a connection string.
    #[must_use]
    pub fn is_meant_by(text: &str) -> bool {
        text.split_once("://").is_some_and(|(scheme, _)| {
            SCHEMES.contains(&scheme.strip_suffix("+discover").unwrap_or(scheme))
        })
    }

    /// Checks a connection string: `kurrentdb://[user:password@]host[:port][,host[:port]…][?parameters]`, or
    /// `kurrentdb+discover://…`; `esdb` means the same. User and password are percent-encoded. The parameters are
    /// KurrentDB's own, and `prefix`, which begins the names of this log's streams (`yuanfa` unless told).
    ///
    /// # Errors
    /// [`Refused`] says which part cannot be, without repeating what may be secret.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let (scheme, rest) = text.split_once("://").ok_or(Refused::Scheme)?;
        if !Self::is_meant_by(text) {
            return Err(Refused::Scheme);
        }
        // Of what may hold a password nothing is repeated, so nothing else is looked at before it.
        let end = rest.find(['?', '#', '/']).unwrap_or(rest.len());
        if rest[end..].contains('@') {
            return Err(Refused::Credentials);
        }
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let place = place.strip_suffix('/').unwrap_or(place);
        let (user, hosts) = match place.rsplit_once('@') {
            Some((user, hosts)) => (Some(user), hosts),
            None => (None, place),
        };
        if let Some(host) = hosts.split(',').find(|host| !is_host(host)) {
            return Err(Refused::Host(host.to_owned()));
        }
        let credentials = user.map(credentials).transpose()?;
        let (mut prefix, mut passed) = (DEFAULT_PREFIX.to_owned(), Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let known = PARAMETERS.iter().find(|known| known.eq_ignore_ascii_case(name));
            match known {
                None => return Err(Refused::Parameter(name.to_owned())),
                Some(&PREFIX) => prefix = checked_prefix(value)?,
                // The client would take a comma for one between hosts.
                Some(known) => passed.push(format!("{known}={}", value.replace(',', "%2C"))),
            }
        }
        // The client pauses so long before its first try, too; who waits between tries is this store.
        let parameters = [vec![format!("{INTERVAL}=20")], passed.clone()].concat().join("&");
        let mut settings: ClientSettings =
            format!("{scheme}://{hosts}?{parameters}").parse().map_err(
                |why: ::kurrentdb::ClientSettingsParseError| Refused::Value(why.message().into()),
            )?;
        // The client uses this user to ask who is the leader, and does not decode it.
        if let Some(user) = user.filter(|user| !user.contains(['%', ','])) {
            let text = format!("{scheme}://{user}@{hosts}?{parameters}");
            settings = text.parse().map_err(|_| Refused::Credentials)?;
        }
        if settings.node_preference() != ::kurrentdb::NodePreference::Leader {
            return Err(Refused::NodePreference);
        }
        let user = if user.is_some() { "…@" } else { "" };
        let shown = [passed, vec![format!("{PREFIX}={prefix}")]].concat().join("&");
        let shown = format!("{scheme}://{user}{hosts}?{shown}");
        Ok(Self { settings, credentials, streams: format!("{prefix}:"), shown })
    }

    /// Whether both name the same streams on a node that both name.
    pub(crate) fn is_also(&self, other: &Self) -> bool {
        let named =
            |host: &str| if host == "localhost" { "127.0.0.1".into() } else { host.to_owned() };
        let nodes = |target: &Self| -> HashSet<(String, u32)> {
            target.settings.hosts().iter().map(|node| (named(&node.host), node.port)).collect()
        };
        self.streams == other.streams && !nodes(self).is_disjoint(&nodes(other))
    }

    /// The file of the certificate authority, if one is named.
    pub(super) fn authority(&self) -> Option<&Path> {
        self.settings.tls_ca_file().map(Path::new)
    }

    /// The files of the user's certificate and key, if they are named.
    pub(super) fn user_certificate(&self) -> Option<(PathBuf, PathBuf)> {
        self.settings.user_certificate().map(|(certificate, key)| (certificate.into(), key.into()))
    }
}

impl fmt::Display for KurrentTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for KurrentTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KurrentTarget({self})")
    }
}

/// The client makes a URI of each host and does not survive a bad one.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
        Some((v6, port)) => {
            let fits = v6.parse::<Ipv6Addr>().is_ok() && (port.is_empty() || port.starts_with(':'));
            (if fits { "v6" } else { "" }, port.strip_prefix(':'))
        }
        None => match text.split_once(':') {
            Some((name, port)) => (name, Some(port)),
            None => (text, None),
        },
    };
    let named = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    !name.is_empty() && named && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|n| n > 0))
}

fn checked_prefix(text: &str) -> Result<String, Refused> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let starts = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && text.len() <= MAX_PREFIX && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err(Refused::Prefix)
    }
}

/// User and password. The client would send them percent-encoded as they stand in the string.
fn credentials(text: &str) -> Result<Credentials, Refused> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:%".contains(c);
    if !text.chars().all(plain) {
        return Err(Refused::Credentials);
    }
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    let (user, password) = (decoded(user)?, decoded(password)?);
    // A colon would move the border between the two, a control character has no place in a header.
    let mut all = user.chars().chain(password.chars());
    if user.is_empty() || user.contains(':') || all.any(char::is_control) {
        return Err(Refused::Credentials);
    }
    Ok(Credentials::new(user, password))
}

fn decoded(text: &str) -> Result<String, Refused> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let (byte, after) = match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digit = |c: &u8| char::from(*c).to_digit(16).ok_or(Refused::Credentials);
                let byte = digit(high)? * 16 + digit(low)?;
                (u8::try_from(byte).map_err(|_| Refused::Credentials)?, after)
            }
            (b'%', _) => return Err(Refused::Credentials),
            (byte, after) => (byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_err(|_| Refused::Credentials)
}
