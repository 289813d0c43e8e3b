//! The one HTTP client. It sends what it is told to, once, within a deadline, to the origin it was made for and nowhere
//! else (no redirects), and says what came back. It never logs, and no error of it holds the key.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;

use super::origin::Origin;
use super::proxy::Proxy;
use crate::error::Error;
use crate::secrets::ApiKey;

/// From the first byte sent to the last byte read (the reference design's timeout).
pub const DEADLINE: Duration = Duration::from_secs(10);
/// A name that is not found by then is no name: a system without network often just keeps silent, and that is not the
/// service's time-out.
const NAME_DEADLINE: Duration = Duration::from_secs(5);
/// A page of 100 full people is under 1 MB; more than this is no answer of Apollo's.
const LARGEST_BODY: usize = 16 << 20;

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct RawAnswer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub struct ApolloClient {
    http: Client,
    origin: Origin,
    deadline: Duration,
    /// Through a proxy that the user named.
    by_proxy: bool,
}

impl ApolloClient {
    /// A client that reaches Apollo as the system says.
    ///
    /// # Errors
    /// As [`Self::through`].
    pub fn new(origin: Origin, deadline: Duration) -> Result<Self, Error> {
        Self::through(&Proxy::System, origin, deadline)
    }

    /// Certificates are judged by what the system trusts, so that a company's own authority counts.
    ///
    /// # Errors
    /// [`Error::Storage`] when the system's certificates can't be loaded; [`Error::BadInput`] on the field `proxy`.
    pub fn through(proxy: &Proxy, origin: Origin, deadline: Duration) -> Result<Self, Error> {
        // The first caller of the process decides on the provider; a second call is no error.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut builder = Client::builder()
            .user_agent(concat!("foray/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Each request is counted before it is sent, so none may be sent again behind the limiter's back.
            .retry(reqwest::retry::never())
            .dns_resolver(Arc::new(PromptNames))
            .connect_timeout(deadline);
        let on_this_computer = origin.as_str().starts_with("http:");
        let by_proxy = !on_this_computer && matches!(proxy, Proxy::Manual { .. });
        if on_this_computer {
            // Loopback: a proxy must not see it.
            builder = builder.no_proxy();
        } else {
            builder = proxy.lead(builder.https_only(true))?;
        }
        let http = builder.build().map_err(|error| Error::Storage {
            what: "The system's certificates".to_owned(),
            why: error.without_url().to_string(),
        })?;
        Ok(Self { http, origin, deadline, by_proxy })
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Sends a POST below `/api/v1/`. One call, never repeated here.
    ///
    /// # Errors
    /// [`Error::TimedOut`], [`Error::ConnectionLost`], [`Error::Unreachable`], [`Error::Barred`], [`Error::Offline`]; a refusal is an answer and no error.
    pub async fn post(&self, key: &ApiKey, path: &str, body: &Value) -> Result<RawAnswer, Error> {
        self.send(Method::POST, key, path, Some(body)).await
    }

    /// Sends a GET below `/api/v1/`; errors as [`Self::post`].
    pub async fn get(&self, key: &ApiKey, path: &str) -> Result<RawAnswer, Error> {
        self.send(Method::GET, key, path, None).await
    }

    async fn send(&self, method: Method, key: &ApiKey, path: &str, body: Option<&Value>) -> Result<RawAnswer, Error> {
        let exchange = self.exchange(method, key, path, body);
        match tokio::time::timeout(self.deadline, exchange).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(fault)) => Err(fault),
            Err(_) => Err(Error::TimedOut { seconds: self.deadline.as_secs() as u32 }),
        }
    }

    async fn exchange(
        &self,
        method: Method,
        key: &ApiKey,
        path: &str,
        body: Option<&Value>,
    ) -> Result<RawAnswer, Error> {
        let mut secret = HeaderValue::from_str(key.expose()).map_err(|_| Error::KeyRejected)?;
        secret.set_sensitive(true);
        let mut request = self
            .http
            .request(method, format!("{}/api/v1/{path}", self.origin))
            .header("X-Api-Key", secret)
            .header(ACCEPT, "application/json")
            .header(CACHE_CONTROL, "no-cache")
            .header(CONTENT_TYPE, "application/json");
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let mut response = request.send().await.map_err(|error| self.fault(&error))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.fault(&error))? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(Error::Unreadable);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(RawAnswer { status, headers, body })
    }

    fn fault(&self, error: &reqwest::Error) -> Error {
        if error.is_connect() && is_offline(error) {
            Error::Offline
        } else if error.is_timeout() {
            Error::TimedOut { seconds: self.deadline.as_secs() as u32 }
        } else if error.is_connect() && is_distrust(error) {
            Error::Barred { why: DISTRUST.to_owned() }
        } else if error.is_connect() && self.by_proxy {
            Error::Barred { why: NO_WAY_BY_PROXY.to_owned() }
        } else if error.is_connect() {
            Error::Unreachable
        } else {
            Error::ConnectionLost
        }
    }
}

/// The system's names, or an error in time.
struct PromptNames;

impl Resolve for PromptNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::time::timeout(NAME_DEADLINE, tokio::net::lookup_host((name.as_str(), 0)));
            let found = found.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}

const DISTRUST: &str = "the certificate that was shown is not one this computer trusts. A company's proxy or a virus scanner may stand \
                        in between, and its own certificate is missing in the system's store; or this computer's clock is wrong.";
const NO_WAY_BY_PROXY: &str =
    "the proxy of the settings does not answer, or does not lead there. Look at its address in the settings.";

/// A certificate that was refused: whoever answers may not be Apollo.
fn is_distrust(error: &(dyn StdError + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if let Some(rustls::Error::InvalidCertificate(_)) = inner.downcast_ref::<rustls::Error>() {
            return true;
        }
        // What an I/O error wraps is not its source, but has one.
        let wrapped = inner.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = wrapped.map(|wrapped| wrapped as &(dyn StdError + 'static)).or_else(|| inner.source());
    }
    false
}

/// No name or no route: this computer's network, not the service.
fn is_offline(error: &reqwest::Error) -> bool {
    use std::io::ErrorKind;
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.to_string().to_lowercase().contains("dns error") {
            return true;
        }
        if let Some(io) = inner.downcast_ref::<std::io::Error>()
            && matches!(
                io.kind(),
                ErrorKind::NetworkUnreachable
                    | ErrorKind::HostUnreachable
                    | ErrorKind::NetworkDown
                    // What macOS says when no interface is up.
                    | ErrorKind::AddrNotAvailable
            )
        {
            return true;
        }
        cause = inner.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(error: impl Into<Box<dyn StdError + Send + Sync>>) -> io::Error {
        io::Error::other(io::Error::new(io::ErrorKind::InvalidData, error))
    }

    #[test]
    fn a_refused_certificate_is_known_however_deep_it_is_wrapped() {
        let refused = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        assert!(is_distrust(&refused) && is_distrust(&wrapped(refused)));
        assert!(!is_distrust(&wrapped(rustls::Error::DecryptError)) && !is_distrust(&wrapped("broken pipe")));
    }
}
