//! Certificates made for a test.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::wire::Wire;

/// The object identifier of a common name, as it stands in a certificate.
const COMMON_NAME: [u8; 5] = [0x06, 0x03, 0x55, 0x04, 0x03];

/// Certificates of an authority made for a test: one of the server, one of a user.
#[derive(Clone)]
pub struct Tls {
    /// The authority's certificate, which clients trust.
    pub ca_file: PathBuf,
    /// The user's certificate.
    pub user_certificate_file: PathBuf,
    /// The user's key.
    pub user_key_file: PathBuf,
    /// Whether the server turns away who shows no certificate of a user.
    pub require_user_certificate: bool,
    identity: Arc<Identity>,
}

struct Identity {
    ca: CertificateDer<'static>,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Tls").field("ca_file", &self.ca_file).finish_non_exhaustive()
    }
}

impl Tls {
    /// Makes an authority, a certificate for `localhost` and `127.0.0.1` and one for the user `admin`, and writes
    /// `ca.pem`, `user.crt` and `user.key` into a folder.
    pub fn generate(folder: &Path) -> Self {
        Self::generate_for("admin", folder)
    }

    /// The same for another user.
    pub fn generate_for(user: &str, folder: &Path) -> Self {
        let authority = Authority::new();
        let (server, server_key) = authority.issue(server_params());
        let (user, user_key) = authority.issue(user_params(user));
        let write = |name: &str, content: String| {
            let path = folder.join(name);
            fs::write(&path, content).unwrap();
            path
        };
        Self {
            ca_file: write("ca.pem", authority.certificate.pem()),
            user_certificate_file: write("user.crt", user.pem()),
            user_key_file: write("user.key", user_key.serialize_pem()),
            require_user_certificate: false,
            identity: Arc::new(Identity {
                ca: authority.certificate.der().clone(),
                certificate: server.der().clone(),
                key: server_key.serialize_der(),
            }),
        }
    }

    /// The same, but the server turns away who shows no certificate.
    #[must_use]
    pub fn requiring_user_certificate(self) -> Self {
        Self { require_user_certificate: true, ..self }
    }

    pub(super) fn connection_parameters(&self) -> String {
        let ca = format!("tls=true&tlsCaFile={}", self.ca_file.display());
        if !self.require_user_certificate {
            return ca;
        }
        let (certificate, key) =
            (self.user_certificate_file.display(), self.user_key_file.display());
        format!("{ca}&userCertFile={certificate}&userKeyFile={key}")
    }

    /// What secures the connections of a node.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::new(self.config()))
    }

    fn config(&self) -> ServerConfig {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut roots = RootCertStore::empty();
        roots.add(self.identity.ca.clone()).unwrap();
        let mut verifier =
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
        if !self.require_user_certificate {
            verifier = verifier.allow_unauthenticated();
        }
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(self.identity.key.clone()));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_client_cert_verifier(verifier.build().unwrap())
            .with_single_cert(vec![self.identity.certificate.clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        config
    }
}

struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    fn issue(&self, params: CertificateParams) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap(), key)
    }
}

fn server_params() -> CertificateParams {
    let mut params =
        CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "kurrentdb-node");
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn user_params(user: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, user);
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    params
}

/// Whose certificate the client showed.
pub(super) fn user(secured: &TlsStream<Wire>) -> Option<String> {
    common_name(secured.get_ref().1.peer_certificates()?.first()?)
}

/// The subject's common name: the last one in the certificate, since the issuer's stands before it.
fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let at = certificate.windows(COMMON_NAME.len()).rposition(|bytes| bytes == COMMON_NAME)?;
    let (length, text) = certificate.get(at + COMMON_NAME.len() + 1..)?.split_first()?;
    String::from_utf8(text.get(..usize::from(*length))?.to_vec()).ok()
}
