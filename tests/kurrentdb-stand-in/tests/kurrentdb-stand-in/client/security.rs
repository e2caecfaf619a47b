//! Users, passwords and certificates.

use kurrentdb::{Error, StreamState};
use kurrentdb_stand_in::{Options, Server, Tls};
use tempfile::TempDir;

use super::{append, client, connect, events, read_stream};

#[tokio::test]
async fn only_those_who_are_known_may_write_and_read() {
    let server = Server::start(Options::default().user("admin", "changeit")).await;
    append(&client(&server), "s", StreamState::NoStream, events([0])).await.unwrap();
    for credentials in ["", "admin:wrong@", "nobody:changeit@"] {
        let stranger = connect(&server.connection_string().replace("admin:changeit@", credentials));
        let refused = append(&stranger, "s", StreamState::Any, events([1])).await;
        assert!(matches!(refused, Err(Error::AccessDenied)), "{credentials}: {refused:?}");
        let refused = read_stream(&stranger, "s", &Default::default()).await;
        assert!(matches!(refused, Err(Error::AccessDenied)), "{credentials}: {refused:?}");
    }
    assert_eq!(server.all_records().iter().filter(|record| record.stream == "s").count(), 1);
}

#[tokio::test]
async fn a_client_trusts_the_server_by_the_authority_it_was_given() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(Options::default().tls(Tls::generate(folder.path()))).await;
    let trusting = client(&server);
    append(&trusting, "s", StreamState::NoStream, events(0..3)).await.unwrap();
    assert_eq!(read_stream(&trusting, "s", &Default::default()).await.unwrap().len(), 3);
    let other = TempDir::new().unwrap();
    let elsewhere = Tls::generate(other.path());
    let (here, there) = (folder.path().join("ca.pem"), elsewhere.ca_file);
    let string =
        server.connection_string().replace(here.to_str().unwrap(), there.to_str().unwrap());
    assert!(append(&connect(&string), "s", StreamState::Any, events([9])).await.is_err());
}

#[tokio::test]
async fn a_certificate_says_who_its_user_is() {
    let folder = TempDir::new().unwrap();
    let tls = Tls::generate_for("clerk", folder.path()).requiring_user_certificate();
    let certificate = format!("&userCertFile={}", tls.user_certificate_file.display());
    let server = Server::start(Options::default().user("clerk", "unused").tls(tls.clone())).await;
    let string = server.connection_string().replace("clerk:unused@", "");
    append(&connect(&string), "s", StreamState::NoStream, events([0])).await.unwrap();

    let anonymous = string.split(&certificate).next().unwrap();
    assert!(append(&connect(anonymous), "s", StreamState::Any, events([1])).await.is_err());

    let strict = Server::start(Options::default().user("somebody-else", "unused").tls(tls)).await;
    let string = strict.connection_string().replace("somebody-else:unused@", "");
    let refused =
        append(&connect(&string), "s", StreamState::NoStream, events([0])).await.unwrap_err();
    assert!(refused.to_string().contains("Unauthenticated"), "{refused:?}");
}
