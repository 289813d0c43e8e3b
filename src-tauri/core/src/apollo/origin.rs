//! Where Apollo is: scheme, host and port, and nothing else.

use std::fmt;

use reqwest::Url;

use crate::error::Error;

pub const APOLLO: &str = "https://api.apollo.io";

/// A checked origin: https, or http on loopback only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// # Errors
    /// [`Error::BadInput`] on the field `apollo_url`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = |message: &str| Error::bad_input("apollo_url", message);
        let url = Url::parse(text.trim())
            .map_err(|_| bad("The Apollo URL is scheme, host and port, such as https://api.apollo.io."))?;
        let Some(host) = url.host_str() else {
            return Err(bad("The Apollo URL needs a host, such as https://api.apollo.io."));
        };
        let more = url.path() != "/" || url.query().is_some() || url.fragment().is_some();
        if more || !url.username().is_empty() || url.password().is_some() {
            return Err(bad("The Apollo URL is scheme, host and port only; /api/v1 is added by Foray."));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => {
                return Err(bad(
                    "Plain http is for this computer only (127.0.0.1). Use https, so that nobody can read the key.",
                ));
            }
            _ => return Err(bad("The Apollo URL begins with https://.")),
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_only_to_this_computer() {
        for good in [
            "https://api.apollo.io",
            "https://api.apollo.io/",
            "http://127.0.0.1:8080",
            "http://[::1]:9",
            "http://localhost:1",
        ] {
            assert!(Origin::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.apollo.io",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
            "api.apollo.io",
            "",
            "http://127.0.0.1.evil.example",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_path_a_query_or_a_name_in_it_is_bad_input() {
        for bad in [
            "https://api.apollo.io/api/v1",
            "https://api.apollo.io?x=1",
            "https://key@api.apollo.io",
            "https://api.apollo.io/#x",
        ] {
            assert!(Origin::parse(bad).is_err(), "{bad}");
        }
    }
}
