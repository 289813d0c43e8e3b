//! An Apollo behind TLS at a name that only a proxy knows, with a certificate that is trusted by whoever is told to.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

pub const NAME: &str = "apollo.test";

/// It vouches for itself: as if a company's own authority had signed it.
pub struct Certificate {
    file: PathBuf,
    key: PathBuf,
}

impl Certificate {
    pub fn new(folder: &Path) -> Self {
        let [settings, file, key] = ["openssl.cnf", "certificate.pem", "key.pem"].map(|name| folder.join(name));
        let text = format!(
            "[req]\nprompt=no\ndistinguished_name=name\nx509_extensions=more\n[name]\nCN={NAME}\n\
             [more]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName=DNS:{NAME}\n"
        );
        std::fs::write(&settings, text).unwrap();
        let mut make = Command::new("openssl");
        make.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config"]).arg(settings);
        let done = make.arg("-keyout").arg(&key).arg("-out").arg(&file).output().expect("openssl");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Self { file, key }
    }

    pub fn file(&self) -> &str {
        self.file.to_str().unwrap()
    }

    fn acceptor(&self) -> TlsAcceptor {
        let chain = vec![CertificateDer::from_pem_file(&self.file).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&self.key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key).unwrap()))
    }
}

/// The same origin behind TLS; answers the address.
pub async fn secured(origin: String, certificate: &Certificate) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let acceptor = certificate.acceptor();
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            let (acceptor, origin) = (acceptor.clone(), origin.clone());
            tokio::spawn(async move {
                // Who does not trust the certificate hangs up.
                let Ok(mut caller) = acceptor.accept(caller).await else { return };
                let Ok(mut apollo) = TcpStream::connect(origin.trim_start_matches("http://")).await else { return };
                drop(tokio::io::copy_bidirectional(&mut caller, &mut apollo).await);
            });
        }
    });
    address
}

/// A proxy that knows one name, and whose address that is.
pub async fn proxy(address: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            tokio::spawn(lead_on(caller, address.clone()));
        }
    });
    own
}

async fn lead_on(mut caller: TcpStream, address: String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match caller.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    if !head.starts_with(format!("CONNECT {NAME}:443 ").as_bytes()) {
        return;
    }
    let Ok(mut apollo) = TcpStream::connect(address).await else { return };
    if caller.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").await.is_ok() {
        drop(tokio::io::copy_bidirectional(&mut caller, &mut apollo).await);
    }
}
