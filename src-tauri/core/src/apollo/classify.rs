//! What an HTTP answer means: for the user (an [`Error`]) and for what stands in front of Apollo (its health). Pure.

use serde_json::Value;

use super::Endpoint;
use super::response::read_json;
use crate::error::Error;

/// The most of Apollo's own words that are shown.
const LONGEST_QUOTE: usize = 300;

/// A refusal, in the terms that decide what happens next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Good,
    /// This endpoint is closed to the account, or its plan or scope lacks it; another one may be open.
    EndpointShut(Shut),
    /// The key itself is refused.
    KeyRejected,
    OutOfCredits,
    /// 429.
    TooMany,
    /// The service is at fault: 408 and 5xx.
    Failing {
        status: u16,
    },
    /// The question is at fault, the service is well.
    Refused {
        status: u16,
        said: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    Deprecated,
    Forbidden { said: String },
}

/// Reads a status and its body. 422 is overloaded, so it is told apart by its text (`apollo-api.md`, fact 7).
pub fn classify(status: u16, body: &[u8]) -> Verdict {
    match status {
        200..=299 => Verdict::Good,
        401 => Verdict::KeyRejected,
        403 => Verdict::EndpointShut(Shut::Forbidden { said: said(body) }),
        408 | 500..=599 => Verdict::Failing { status },
        429 => Verdict::TooMany,
        _ => {
            let said = said(body);
            let plain = said.to_lowercase();
            if plain.contains("insufficient credits") {
                Verdict::OutOfCredits
            } else if plain.contains("deprecated for api callers") {
                Verdict::EndpointShut(Shut::Deprecated)
            } else {
                Verdict::Refused { status, said }
            }
        }
    }
}

impl Verdict {
    /// The error it becomes when nothing else helps. `TooMany` has none: its time comes from the limiter.
    pub fn error(&self, endpoint: Endpoint) -> Option<Error> {
        let name = endpoint.path().to_owned();
        match self {
            Self::Good | Self::TooMany => None,
            Self::EndpointShut(Shut::Deprecated) => Some(Error::EndpointClosed { endpoint: name }),
            Self::EndpointShut(Shut::Forbidden { said }) => {
                Some(Error::Forbidden { endpoint: name, said: said.clone() })
            }
            Self::KeyRejected => Some(Error::KeyRejected),
            Self::OutOfCredits => Some(Error::OutOfCredits),
            Self::Failing { status } => Some(Error::Unavailable { status: *status }),
            Self::Refused { status, said } if said.contains("over threshold") => Some(Error::Refused {
                status: *status,
                said: "Apollo shows the first 50,000 people of a search only. Narrow the persona.".to_owned(),
            }),
            Self::Refused { status, said } => Some(Error::Refused { status: *status, said: said.clone() }),
        }
    }
}

/// Apollo's own sentence: `error`, `error_message` or `message`, else its code, else the raw text; without HTML, on one
/// line, not too long.
fn said(body: &[u8]) -> String {
    let json = read_json(body);
    let field = |name: &str| {
        let value = json.as_ref()?.get(name)?.as_str()?;
        (!value.trim().is_empty()).then(|| value.to_owned())
    };
    let raw = ["error", "error_message", "message", "error_code"]
        .into_iter()
        .find_map(field)
        .or_else(|| json.as_ref().and_then(Value::as_str).map(str::to_owned))
        .unwrap_or_else(|| if json.is_some() { String::new() } else { String::from_utf8_lossy(body).into_owned() });
    let plain = strip_html(&raw).split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() {
        return "it gave no reason.".to_owned();
    }
    plain.chars().filter(|letter| !letter.is_control()).take(LONGEST_QUOTE).collect()
}

/// Drops everything between `<` and `>`; enough for Apollo's links and the edge's error pages.
fn strip_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                plain.push(' ');
            }
            _ if !inside => plain.push(letter),
            _ => {}
        }
    }
    plain.replace("  ", " ").replace(" .", ".")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_meanings_of_422_are_told_apart_by_text() {
        let meaning = |text: &str| classify(422, serde_json::json!({ "error": text }).to_string().as_bytes());
        assert_eq!(meaning("You have insufficient credits! <a href='x'>Upgrade</a>"), Verdict::OutOfCredits);
        assert_eq!(
            meaning("This endpoint is deprecated for API callers. Please use …"),
            Verdict::EndpointShut(Shut::Deprecated)
        );
        assert!(matches!(meaning("Page * per page number is over threshold."), Verdict::Refused { status: 422, .. }));
        assert!(matches!(
            meaning("no implicit conversion of String into Integer"),
            Verdict::Refused { status: 422, .. }
        ));
    }

    #[test]
    fn apollos_words_come_without_html_and_not_too_long() {
        let Verdict::Refused { said, .. } = classify(400, br#"{"error":"Bad <a href='javascript:x'>thing</a>."}"#)
        else {
            panic!()
        };
        assert_eq!(said, "Bad thing.");
        let Verdict::Refused { said, .. } = classify(404, "x".repeat(5_000).as_bytes()) else { panic!() };
        assert_eq!(said.len(), LONGEST_QUOTE);
    }

    #[test]
    fn an_html_page_from_the_edge_is_the_service_failing() {
        assert_eq!(classify(502, b"<html><body>Bad Gateway"), Verdict::Failing { status: 502 });
    }

    #[test]
    fn a_plain_text_401_rejects_the_key() {
        assert_eq!(classify(401, b"Invalid API key. See https://docs"), Verdict::KeyRejected);
    }
}
