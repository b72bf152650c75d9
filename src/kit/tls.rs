//! HTTPS by the program itself: the certificate and its key from files, read again when they change, so that a renewal needs no restart.

use rustls::ClientConfig;
use rustls::DigitallySignedStruct;
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::client::danger::ServerCertVerified;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::crypto::verify_tls12_signature;
use rustls::crypto::verify_tls13_signature;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::ServerName;
use rustls::pki_types::UnixTime;
use rustls::pki_types::pem::PemObject;
use rustls::server::ClientHello;
use rustls::server::ResolvesServerCert;
use rustls::sign::CertifiedKey;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::time::SystemTime;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// The files of a certificate.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// Certificate and chain, in PEM.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

/// The authorities that are trusted when the program calls others: those built in, and those of `pem`.
///
/// # Errors
/// When `pem` holds no certificate, or one that cannot be read.
pub fn authorities(pem: &[u8]) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let mut count = 0;
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(|error| error.to_string())?).map_err(|error| error.to_string())?;
        count += 1;
    }
    if count == 0 { Err("the file holds no certificate in PEM".into()) } else { Ok(roots) }
}

/// The certificate that is shown to clients.
#[derive(Debug)]
pub struct Certificate {
    files: TlsFiles,
    shown: RwLock<(Arc<CertifiedKey>, Changed)>,
}

/// When certificate and key were last changed.
type Changed = [Option<SystemTime>; 2];

impl Certificate {
    /// Reads certificate and key.
    ///
    /// # Errors
    /// When a file cannot be read, or the key is not that of the certificate.
    pub fn load(files: TlsFiles) -> Result<Arc<Self>, String> {
        let changed = changed(&files);
        let shown = RwLock::new((Arc::new(read(&files)?), changed));
        Ok(Arc::new(Self { files, shown }))
    }

    /// Reads the files again if they have changed; what cannot be read leaves the old certificate in place.
    pub fn refresh(&self) {
        let changed = changed(&self.files);
        if changed == self.shown.read().unwrap_or_else(PoisonError::into_inner).1 {
            return;
        }
        match read(&self.files) {
            Ok(new) => {
                *self.shown.write().unwrap_or_else(PoisonError::into_inner) = (Arc::new(new), changed);
                tracing::info!("the certificate was read again");
            }
            // Perhaps only one of the two files is new yet.
            Err(why) => tracing::warn!(why, "the new certificate cannot be used; the old one stays"),
        }
    }

    /// What the web server needs: TLS 1.2 and 1.3 (RFC 8446).
    ///
    /// # Errors
    /// When the library refuses its own defaults.
    pub fn server(self: &Arc<Self>) -> Result<ServerConfig, String> {
        let builder = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| error.to_string())?;
        Ok(builder.with_no_client_auth().with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner).0))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(default_provider())
}

fn changed(files: &TlsFiles) -> Changed {
    [&files.certificate, &files.key].map(|path| std::fs::metadata(path).and_then(|file| file.modified()).ok())
}

fn read(files: &TlsFiles) -> Result<CertifiedKey, String> {
    let wrong = |path: &Path, why: String| format!("{}: {why}", path.display());
    let (certificate, key) = (&files.certificate, &files.key);
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "the file holds no certificate in PEM".into()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, error.to_string()))?;
    let private = provider().key_provider.load_private_key(private).map_err(|error| wrong(key, error.to_string()))?;
    let certified = CertifiedKey::new(chain, private);
    certified.keys_match().map_err(|_| wrong(key, "this is not the key of the certificate".into()))?;
    Ok(certified)
}

/// Speaks TLS to the server on this machine that shows the certificate of `files`, whatever name stands in it, and to no other.
///
/// # Errors
/// When the server shows another certificate, or none.
pub async fn connect_to_own(stream: TcpStream, files: &TlsFiles) -> Result<TlsStream<TcpStream>, String> {
    let own = read(files)?.cert.first().cloned().ok_or("no certificate")?;
    let builder = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?.dangerous();
    let config = builder.with_custom_certificate_verifier(Arc::new(OnlyOwn { own, provider: provider() })).with_no_client_auth();
    let name = ServerName::try_from("localhost").map_err(|error| error.to_string())?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(|error| error.to_string())
}

/// Accepts one certificate, byte for byte, and still checks that the server has its key.
#[derive(Debug)]
struct OnlyOwn {
    own: CertificateDer<'static>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for OnlyOwn {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let is_own = shown.as_ref() == self.own.as_ref();
        is_own.then(ServerCertVerified::assertion).ok_or_else(|| rustls::Error::General("another certificate than ours".into()))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, shown, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, shown, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
