//! What a key is allowed: some begin with words that ask for trouble, so that a test needs nothing but its key.
//! The table of these words stands in the crate's front page. Must never keep or show a key.

use crate::routes::Endpoint;

/// Whether a key that made so many calls before is answered 401.
pub fn is_refused(key: &str, calls_before: u64) -> bool {
    key.starts_with("wrong") || number_after(key, "revoked-after-").is_some_and(|calls| calls_before >= calls)
}

/// The credits this key begins with, if it says so itself.
pub fn credits(key: &str) -> Option<u64> {
    if key.starts_with("broke") { Some(0) } else { number_after(key, "credits-") }
}

/// Apollo's sentence when the key's scope lacks the endpoint; it has worded that in two ways.
pub fn out_of_scope(key: &str, endpoint: Endpoint) -> Option<String> {
    let path = endpoint.path();
    if key.starts_with("scoped") && endpoint == Endpoint::FullSearch {
        return Some(format!("{path} is not accessible with this api_key"));
    }
    let always = matches!(endpoint, Endpoint::FreeSearch | Endpoint::Profile | Endpoint::Health);
    (key.starts_with("search-only") && !always).then(|| {
        format!(
            "This API key is not authorized to access {path}. Request an API key from your administrator that includes this endpoint in its configured scope."
        )
    })
}

/// 20 of `credits-20-and-more`.
fn number_after(key: &str, word: &str) -> Option<u64> {
    key.strip_prefix(word)?.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_its_credits_and_when_it_is_revoked() {
        assert_eq!(credits("credits-20-and-more"), Some(20));
        assert_eq!(credits("broke-key"), Some(0));
        assert_eq!(credits("credits-many"), None);
        assert!(!is_refused("revoked-after-3-calls", 2) && is_refused("revoked-after-3-calls", 3));
        assert!(!is_refused("an-ordinary-key", 1_000_000));
    }
}
