#![allow(clippy::unwrap_used)]

use axum::body::Body;

use super::*;

fn seen(peer: &str, lines: &[&str], proxies: &[&str]) -> String {
    let mut request = Request::new(Body::empty());
    request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
    for line in lines {
        let line = axum::http::HeaderValue::from_bytes(line.as_bytes()).unwrap();
        request.headers_mut().append(FORWARDED_FOR, line);
    }
    let proxies: Vec<IpNet> = proxies.iter().map(|proxy| proxy.parse().unwrap()).collect();
    Client::of(&request, &proxies).unwrap().0.to_string()
}

#[test]
fn a_household_is_one_address() {
    let of = |peer| seen(peer, &[], &[]);
    assert_eq!(of("192.0.2.1:4000"), "192.0.2.1");
    assert_eq!(of("[::ffff:192.0.2.1]:4000"), "192.0.2.1");
    assert_eq!(of("[2001:db8:1:2:3:4:5:6]:4000"), "2001:db8:1:2::");
    assert_eq!(of("[2001:db8:1:2:ffff::1]:4000"), "2001:db8:1:2::");
}

#[test]
fn nobody_names_another_but_a_trusted_proxy() {
    let proxies = ["10.0.0.0/8", "fd00::/8"];
    let of = |peer, lines: &[&str]| seen(peer, lines, &proxies);
    assert_eq!(of("192.0.2.1:4", &["198.51.100.9"]), "192.0.2.1");
    assert_eq!(of("10.0.0.1:4", &["198.51.100.9"]), "198.51.100.9");
    assert_eq!(of("[::ffff:10.0.0.1]:4", &["198.51.100.9:5000"]), "198.51.100.9");
    assert_eq!(of("[fd00::1]:4", &["[2001:db8::7]:80"]), "2001:db8::");
    assert_eq!(of("10.0.0.1:4", &[]), "10.0.0.1");
}

/// What a client writes into the header itself stands before what the proxies add.
#[test]
fn the_last_who_is_no_proxy_counts() {
    let proxies = ["10.0.0.0/8"];
    let of = |lines: &[&str]| seen("10.0.0.1:4", lines, &proxies);
    assert_eq!(of(&["203.0.113.5, 198.51.100.9"]), "198.51.100.9");
    assert_eq!(of(&["203.0.113.5", "198.51.100.9, 10.0.0.2"]), "198.51.100.9");
    assert_eq!(of(&["10.0.0.3, 10.0.0.2"]), "10.0.0.3");
    assert_eq!(of(&["198.51.100.9, unknown"]), "10.0.0.1");
    assert_eq!(of(&["198.51.100.9, ,10.0.0.2"]), "10.0.0.2");
    assert_eq!(of(&["藏, 198.51.100.9"]), "198.51.100.9");
}
