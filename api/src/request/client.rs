//! Where a request came from: the peer of its connection, or whom a trusted proxy names.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request};
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;

/// The header in which proxies name their clients, the nearest last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client of a request, as far as it is known. Of IPv6 the network of 64 bits, all of which one household has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(IpAddr);

impl Client {
    /// What a peer says that is no trusted proxy counts for nothing: a client could name whom it likes. None where the request
    /// came by no socket.
    pub fn of(request: &Request, proxies: &[IpNet]) -> Option<Self> {
        let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
        let client = named(peer.ip().to_canonical(), request.headers(), proxies);
        Some(Self(serving::host(client)))
    }
}

/// The address that a request came from, where that is known.
pub fn of(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Client>().map(|Client(address)| *address)
}

/// The last address on the way that is no trusted proxy's.
fn named(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| proxies.iter().any(|proxies| proxies.contains(&address));
    let lines = headers.get_all(FORWARDED_FOR).iter().rev();
    // What a client has written there may be anything; what a proxy adds behind it is an address.
    let hops = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    let mut nearest = peer;
    for hop in hops {
        if !is_trusted(nearest) {
            break;
        }
        let Some(before) = str::from_utf8(hop).ok().and_then(|hop| address(hop.trim())) else {
            break;
        };
        nearest = before;
    }
    nearest
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().map(|address: SocketAddr| address.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().or_else(|_| with_port()).ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests;
