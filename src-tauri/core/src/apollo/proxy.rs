//! The way to Apollo: directly, as the system says, or through a proxy that was named.

use reqwest::{ClientBuilder, Url};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Error;

/// The way to Apollo. What runs on this computer, such as the stand-in, is never reached through a proxy.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "mode", rename_all = "snake_case")]
#[ts(rename = "ProxySetting")]
pub enum Proxy {
    /// As the system or the environment (`HTTPS_PROXY`, `NO_PROXY`) says.
    #[default]
    System,
    None,
    Manual {
        /// Scheme, host and port: `http://proxy.example:3128`.
        address: String,
    },
}

impl Proxy {
    /// Its kind, without the address, which may name a company.
    pub fn name(&self) -> &'static str {
        match self {
            Self::System => "system",
            Self::None => "none",
            Self::Manual { .. } => "manual",
        }
    }

    /// The checked form of what was typed.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `proxy`.
    pub fn checked(self) -> Result<Self, Error> {
        let Self::Manual { address } = self else { return Ok(self) };
        let bad = |message: &str| Error::bad_input("proxy", message);
        let usual = "A proxy is scheme, host and port, such as http://proxy.example:3128.";
        let url = Url::parse(address.trim()).map_err(|_| bad(usual))?;
        if !["http", "https", "socks5", "socks5h"].contains(&url.scheme()) {
            return Err(bad("A proxy begins with http://, https://, socks5:// or socks5h://."));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(
                "A name and password in the proxy's address would be stored unprotected, so they are not taken. Ask for a \
                 proxy without them, or let the system's settings name it.",
            ));
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| bad(usual))?;
        let more = !["", "/"].contains(&url.path()) || url.query().is_some() || url.fragment().is_some();
        let port = url.port_or_known_default().or((url.scheme() != "http").then_some(1080));
        match port {
            Some(port) if !more => Ok(Self::Manual { address: format!("{}://{host}:{port}", url.scheme()) }),
            _ => Err(bad(usual)),
        }
    }

    /// Leads a client this way.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `proxy`.
    pub(super) fn lead(&self, client: ClientBuilder) -> Result<ClientBuilder, Error> {
        match self {
            Self::System => Ok(client),
            Self::None => Ok(client.no_proxy()),
            Self::Manual { address } => {
                let proxy = reqwest::Proxy::all(address).map_err(|_| {
                    Error::bad_input("proxy", "The proxy's address can't be used. Look at it in the settings.")
                })?;
                Ok(client.no_proxy().proxy(proxy))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn manual(address: &str) -> Result<Proxy, Error> {
        Proxy::Manual { address: address.to_owned() }.checked()
    }

    #[test]
    fn a_proxy_is_scheme_host_and_port() {
        for (typed, kept) in [
            (" http://proxy.example:3128/ ", "http://proxy.example:3128"),
            ("https://proxy.example", "https://proxy.example:443"),
            ("http://10.0.0.1", "http://10.0.0.1:80"),
            ("socks5h://127.0.0.1", "socks5h://127.0.0.1:1080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(manual(typed).unwrap(), Proxy::Manual { address: kept.to_owned() }, "{typed}");
        }
        for bad in ["", "proxy:3128", "ftp://proxy:21", "http://a:b@proxy:3128", "http://proxy:3128/path", "http://"] {
            assert!(manual(bad).is_err(), "{bad}");
        }
    }
}
