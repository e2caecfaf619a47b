//! Certificates, checked before the client sees them: a malformed one would end the program there.

use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::target::KurrentTarget;
use crate::Refused;

/// Refuses files that are not there or do not hold what they should.
pub(super) fn check(target: &KurrentTarget) -> Result<(), Refused> {
    if !target.settings.is_secure_mode_enabled() {
        return Ok(());
    }
    // Two implementations are linked in; whoever asks for "the" one first would otherwise decide, or fail.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    if !target.settings.is_tls_certificate_verification_enabled() {
        tracing::warn!("tlsVerifyCert=false: anybody on the way can pose as the event log");
    }
    if let Some(path) = target.authority() {
        authority(path)?;
    }
    match target.user_certificate() {
        Some((certificate, key)) => user(&certificate, &key),
        None => Ok(()),
    }
}

fn authority(path: &Path) -> Result<(), Refused> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path)? {
        roots.add(certificate).map_err(|why| bad_certificate(path, why.to_string()))?;
    }
    Ok(())
}

fn user(certificate: &Path, key_path: &Path) -> Result<(), Refused> {
    let chain = certificates(certificate)?;
    let key =
        PrivateKeyDer::from_pem_file(key_path).map_err(|why| unread(key_path, why, bad_key))?;
    rustls::ClientConfig::builder()
        .with_root_certificates(RootCertStore::empty())
        .with_client_auth_cert(chain, key)
        .map_err(|why| bad_key(key_path, why.to_string()))?;
    Ok(())
}

/// All certificates of a file; there is at least one.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Refused> {
    let read = |why| unread(path, why, bad_certificate);
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(read)?.collect();
    let found = found.map_err(read)?;
    if found.is_empty() {
        return Err(bad_certificate(path, "no CERTIFICATE section".to_owned()));
    }
    Ok(found)
}

fn unread(path: &Path, why: pem::Error, bad: fn(&Path, String) -> Refused) -> Refused {
    if let pem::Error::Io(why) = why {
        return Refused::File { path: path.to_owned(), why: why.to_string() };
    }
    bad(path, why.to_string())
}

fn bad_certificate(path: &Path, why: String) -> Refused {
    Refused::Certificate { path: path.to_owned(), why }
}

fn bad_key(path: &Path, why: String) -> Refused {
    Refused::Key { path: path.to_owned(), why }
}
