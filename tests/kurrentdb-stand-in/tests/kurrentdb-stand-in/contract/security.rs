//! Who may connect, and to whom.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Duration;

use event_store::contract::support::*;
use event_store::{
    EventStore, Expected, KurrentOptions, KurrentStore, KurrentTarget, OpenError, Refused,
    StoreError,
};
use kurrentdb_stand_in::{Options, Server, Tls};
use tempfile::TempDir;

const IMPATIENT: KurrentOptions = KurrentOptions {
    attempt: Duration::from_millis(500),
    patience: Duration::from_millis(300),
    look_out: Duration::from_secs(3600),
};

async fn open(connection: &str) -> Result<KurrentStore, OpenError> {
    let target = KurrentTarget::parse(connection)?;
    KurrentStore::open(&target, IMPATIENT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn user_and_password_are_asked_for() {
    let password = "a,b@c:援 %";
    let server = Server::start(Options::default().user("clerk", password)).await;
    let at = |user: &str| format!("kurrentdb://{user}{}?tls=false", server.node().address());
    let store = open(&at("clerk:a%2Cb%40c%3A%E6%8F%B4%20%25@")).await.unwrap();
    store.append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
    assert_eq!(read_whole(&store).await.len(), 1);
    for wrong in ["", "clerk:guess@", "other:a%2Cb%40c%3A%E6%8F%B4%20%25@"] {
        let refused = open(&at(wrong)).await.err().unwrap();
        assert!(matches!(refused, OpenError::Refused(Refused::Denied)), "{wrong}: {refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secured_server_is_known_by_its_authority() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let tls = Tls::generate(folder.path());
    let stranger = Tls::generate(elsewhere.path());
    let server = Server::start(Options::default().tls(tls.clone())).await;
    let at = |ca: &std::path::Path| {
        format!("kurrentdb://{}?tls=true&tlsCaFile={}", server.node().address(), ca.display())
    };
    let store = open(&at(&tls.ca_file)).await.unwrap();
    store.append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
    let error = open(&at(&stranger.ca_file)).await.err().unwrap();
    assert!(matches!(error, OpenError::Store(StoreError::Unreachable(_))), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_may_stand_for_the_user() {
    let folder = TempDir::new().unwrap();
    let mut tls = Tls::generate(folder.path());
    tls.require_user_certificate = true;
    let options = Options::default().user("admin", "changeit").tls(tls.clone());
    let server = Server::start(options).await;
    let place = format!(
        "kurrentdb://{}?tls=true&tlsCaFile={}",
        server.node().address(),
        tls.ca_file.display()
    );
    assert!(open(&place).await.is_err());
    let place = format!(
        "{place}&userCertFile={}&userKeyFile={}",
        tls.user_certificate_file.display(),
        tls.user_key_file.display()
    );
    let store = open(&place).await.unwrap();
    store.append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_files_are_refused_before_anybody_is_called() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let tls = Tls::generate(folder.path());
    let stranger = Tls::generate(elsewhere.path());
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let broken = "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n";
    let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for text in ["", "not PEM", broken, nonsense] {
        let ca = file("bad.pem", text);
        let refused = open(&format!("kurrentdb://localhost:1?tlsCaFile={ca}")).await.err().unwrap();
        let certificate = matches!(refused, OpenError::Refused(Refused::Certificate { .. }));
        assert!(certificate, "{text:?}: {refused:?}");
    }
    let refused = open("kurrentdb://localhost:1?tlsCaFile=/nowhere/ca.pem").await.err().unwrap();
    assert!(matches!(refused, OpenError::Refused(Refused::File { .. })), "{refused:?}");
    let (certificate, key) =
        (tls.user_certificate_file.display(), stranger.user_key_file.display());
    for key in [file("no.key", ""), key.to_string()] {
        let place = format!("kurrentdb://localhost:1?userCertFile={certificate}&userKeyFile={key}");
        let refused = open(&place).await.err().unwrap();
        assert!(matches!(refused, OpenError::Refused(Refused::Key { .. })), "{refused:?}");
    }
}
