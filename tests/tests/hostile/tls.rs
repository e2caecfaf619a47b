//! TLS without a proxy.

use std::fs;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::Certificate;
use tokio::net::TcpStream;

use super::{PATIENCE, Place};

/// Writes a new certificate and its key; gives the certificate.
fn certified(place: &Place) -> String {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(place.file("certificate.pem"), cert.pem()).unwrap();
    fs::write(place.file("key.pem"), signing_key.serialize_pem()).unwrap();
    cert.pem()
}

/// Asks as somebody new who trusts this certificate alone.
async fn ask(url: &str, trusted: &str) -> reqwest::Result<reqwest::Response> {
    let client = reqwest::Client::builder()
        .tls_certs_only([Certificate::from_pem(trusted.as_bytes()).unwrap()])
        .timeout(PATIENCE)
        .no_proxy()
        .build()
        .unwrap();
    client.get(url).send().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_speaks_tls_and_takes_a_new_certificate_while_it_runs() {
    let place = Place::new();
    let first = certified(&place);
    let (certificate, key) = (place.file("certificate.pem"), place.file("key.pem"));
    let options = ["--tls-cert", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let (serving, address, _) = place.program.serve_with(&options);
    let port = address.strip_prefix("https://127.0.0.1:").unwrap();
    let url = format!("https://localhost:{port}/healthz");
    // Whoever does not begin TLS keeps nobody from it.
    let silent = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    let answer = ask(&url, &first).await.unwrap();
    assert_eq!(
        (answer.status(), answer.version()),
        (reqwest::StatusCode::OK, reqwest::Version::HTTP_11)
    );
    assert!(ask(&url.replace("https", "http"), &first).await.is_err());

    let renewed = certified(&place);
    assert!(ask(&url, &renewed).await.is_err(), "it has not been told yet");
    serving.hang_up();
    let begun = std::time::Instant::now();
    while ask(&url, &renewed).await.is_err() {
        assert!(begun.elapsed() < PATIENCE);
    }
    assert!(ask(&url, &first).await.is_err());

    // A file that cannot be used leaves what was read before.
    fs::write(&certificate, "none").unwrap();
    serving.hang_up();
    assert_eq!(ask(&url, &renewed).await.unwrap().status(), 200);
    drop(silent);
}

#[test]
fn a_certificate_without_its_key_is_refused_before_anything_is_opened() {
    let place = Place::new();
    certified(&place);
    let certificate = place.file("certificate.pem");
    let certificate = certificate.to_str().unwrap();
    let alone = place.program.run(&["serve", "--tls-cert", certificate]);
    assert_eq!(alone.status.code(), Some(2));
    let swapped = ["serve", "--tls-cert", certificate, "--tls-key", certificate];
    assert_eq!(place.program.run(&swapped).status.code(), Some(3));
    assert!(!place.file("data").exists());
}
