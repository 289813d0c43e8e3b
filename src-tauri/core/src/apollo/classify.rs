//! What an HTTP answer means: for the user (an [`Error`]) and for what stands in front of Apollo (its health). Pure, and the
//! only place that reads a refusal.

use std::time::Duration;

use serde_json::Value;

use super::response::{read_json, whole_number};
use crate::error::Error;
use crate::text::visible_line;

/// The most of Apollo's own words that are shown.
const LONGEST_QUOTE: usize = 300;
/// A longer wait than a day is not believed.
const LONGEST_WAIT_SECONDS: u64 = 86_400;

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
    /// The service is at fault: 408 and 5xx, or something in its place that sends elsewhere: 3xx.
    Failing {
        status: u16,
    },
    /// It was asked for and is not there yet; worth asking again after this while.
    NotReady {
        retry_after: Option<Duration>,
    },
    /// It is not there, or not any more, and asking again will not bring it.
    Gone {
        said: String,
    },
    /// The page lies behind the last row that Apollo shows of a search.
    PastTheWall,
    /// The question is at fault, the service is well.
    Refused {
        status: u16,
        said: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    Deprecated,
    Forbidden { lacks: Lacks, said: String },
}

/// What keeps a key from an endpoint, and so what would open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacks {
    /// The account's plan does not include it.
    Plan,
    /// The key was made without it.
    Scope,
    Unknown,
}

/// Reads a status and its body. 422 is overloaded, so it is told apart by its text (`apollo-api.md`, fact 7).
pub fn classify(status: u16, body: &[u8]) -> Verdict {
    match status {
        200..=299 => Verdict::Good,
        401 => Verdict::KeyRejected,
        // Apollo sends nobody elsewhere: that is a sign-in page or a proxy.
        300..=399 | 408 | 500..=599 => Verdict::Failing { status },
        429 => Verdict::TooMany,
        403 => {
            let said = Said::read(body);
            Verdict::EndpointShut(Shut::Forbidden { lacks: lacks(&said), said: said.words })
        }
        _ => refusal(status, Said::read(body)),
    }
}

fn refusal(status: u16, said: Said) -> Verdict {
    let holds = |part: &str| said.words.to_lowercase().contains(part);
    if said.has_code("result_pending") {
        return Verdict::NotReady { retry_after: said.retry_after };
    }
    if holds("insufficient credits") {
        Verdict::OutOfCredits
    } else if holds("deprecated for api callers") {
        Verdict::EndpointShut(Shut::Deprecated)
    } else if holds("page number is over threshold") {
        Verdict::PastTheWall
    } else if matches!(status, 404 | 410) || holds("has been deleted") || holds("does not exist in apollo") {
        Verdict::Gone { said: said.words }
    } else {
        Verdict::Refused { status, said: said.words }
    }
}

/// A plan is named by its price in every wording that was seen; a scope by the key or the token, and only then.
fn lacks(said: &Said) -> Lacks {
    let plain = said.words.to_lowercase();
    if plain.contains("on a free plan") || plain.contains("on paid plans") {
        Lacks::Plan
    } else if said.has_code("api_inaccessible") {
        Lacks::Scope
    } else {
        Lacks::Unknown
    }
}

impl Verdict {
    /// The error it becomes when nothing else helps. `endpoint`: the path that was asked. `TooMany` has none: its time comes from the limiter.
    pub fn error(&self, endpoint: &str) -> Option<Error> {
        let name = endpoint.to_owned();
        match self {
            Self::Good | Self::TooMany => None,
            Self::EndpointShut(Shut::Deprecated) => Some(Error::EndpointClosed { endpoint: name }),
            Self::EndpointShut(Shut::Forbidden { said, .. }) => {
                Some(Error::Forbidden { endpoint: name, said: said.clone() })
            }
            Self::KeyRejected => Some(Error::KeyRejected),
            Self::OutOfCredits => Some(Error::OutOfCredits),
            Self::Failing { status } => Some(Error::Unavailable { status: *status }),
            Self::NotReady { retry_after } => Some(Error::NotReady { seconds: retry_after.map(|wait| wait.as_secs()) }),
            Self::Gone { said } => Some(Error::Gone { said: said.clone() }),
            Self::PastTheWall => Some(Error::Refused {
                status: 422,
                said: "Apollo shows the first 50,000 people of a search only. Narrow the persona.".to_owned(),
                calls_spent: 0,
            }),
            Self::Refused { status, said } => {
                Some(Error::Refused { status: *status, said: said.clone(), calls_spent: 0 })
            }
        }
    }
}

/// Apollo's own words in a refusal.
#[derive(Debug, Default)]
struct Said {
    /// A sentence: `error`, `error_message` or `message`, else the code, else the raw text; without HTML, on one line, not
    /// too long.
    words: String,
    /// `error_code`, where there is one.
    code: Option<String>,
    retry_after: Option<Duration>,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        let Some(json) = read_json(body) else {
            return Self { words: shown(&String::from_utf8_lossy(body)), ..Self::default() };
        };
        let field = |name: &str| json.get(name).and_then(sentence);
        let code = field("error_code");
        let words = ["error", "error_message", "message"].into_iter().find_map(field);
        let words = words.or_else(|| code.clone()).or_else(|| json.as_str().map(str::to_owned)).unwrap_or_default();
        let seconds = json.get("retry_after_seconds").and_then(whole_number);
        let retry_after = seconds.map(|seconds| Duration::from_secs(seconds.min(LONGEST_WAIT_SECONDS)));
        Self { words: shown(&words), code, retry_after }
    }

    fn has_code(&self, code: &str) -> bool {
        self.code.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(code))
    }
}

/// A text with something in it; of a list its first, of an object its message.
fn sentence(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
        Value::Array(values) => values.first().and_then(Value::as_str).map(str::to_owned),
        Value::Object(fields) => fields.get("message").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// As it may be shown: no HTML, nothing hidden, one line, not too long.
fn shown(raw: &str) -> String {
    let plain = visible_line(&strip_html(raw)).replace(" .", ".");
    if plain.is_empty() {
        return "it gave no reason.".to_owned();
    }
    if plain.chars().count() <= LONGEST_QUOTE {
        return plain;
    }
    plain.chars().take(LONGEST_QUOTE - 1).chain(['…']).collect()
}

/// Drops what stands between `<` and `>`, where the `<` begins a tag; enough for Apollo's links and the edge's error pages.
fn strip_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        plain.push_str(before);
        if !tag[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/' || next == '!') {
            plain.push('<');
            rest = &tag[1..];
            continue;
        }
        plain.push(' ');
        // A tag that never ends takes the rest with it.
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn quoted(body: &str) -> String {
        match classify(400, body.as_bytes()) {
            Verdict::Refused { said, .. } => said,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn apollos_words_come_without_html_and_not_too_long() {
        assert_eq!(quoted(r#"{"error":"Bad <a href='javascript:x'>thing</a>."}"#), "Bad thing.");
        assert_eq!(quoted("<!DOCTYPE html><p>Not\n here</p>"), "Not here");
        assert_eq!(quoted("cut <a href='"), "cut");
        assert_eq!(quoted("1 < 2 is no tag"), "1 < 2 is no tag");
        let long = quoted(&"ä".repeat(5_000));
        assert_eq!((long.chars().count(), long.ends_with("ä…")), (LONGEST_QUOTE, true));
    }

    #[test]
    fn a_redirect_is_no_fault_of_the_question() {
        for status in [301, 302, 307] {
            let verdict = classify(status, b"<a href='https://sign-in.example'>Found</a>");
            assert_eq!(verdict, Verdict::Failing { status });
            let told = verdict.error("mixed_people/api_search").unwrap().to_string();
            assert!(told.contains("redirect") && !told.contains("filters"), "{told}");
        }
    }

    #[test]
    fn what_hides_or_turns_text_is_taken_out_of_apollos_words() {
        assert_eq!(quoted("{\"error\":\"a\\u0000b\\u202ec\\nd\"}"), "a bc d");
    }

    #[test]
    fn a_sentence_is_found_in_lists_and_objects_too() {
        assert_eq!(quoted(r#"{"error":{"message":"In an object"}}"#), "In an object");
        assert_eq!(quoted(r#"{"error":["In a list","and another"]}"#), "In a list");
        assert_eq!(quoted(r#"{"error":"","message":"Behind an empty one"}"#), "Behind an empty one");
        assert_eq!(quoted(r#""{\"error\":\"Encoded twice\"}""#), "Encoded twice");
        assert_eq!(quoted(r#"{"people":[{"email":"ana@org.example"}]}"#), "it gave no reason.", "rows are no words");
    }

    #[test]
    fn a_wait_is_read_as_a_number_or_a_text_and_never_longer_than_a_day() {
        let wait = |seconds: &str| {
            let body = format!(r#"{{"error_code":"result_pending","retry_after_seconds":{seconds}}}"#);
            match classify(404, body.as_bytes()) {
                Verdict::NotReady { retry_after } => retry_after.map(|wait| wait.as_secs()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!([wait("10"), wait("\"10\""), wait("10.0"), wait("null")], [Some(10), Some(10), Some(10), None]);
        assert_eq!(wait("1e15"), Some(LONGEST_WAIT_SECONDS));
    }
}
