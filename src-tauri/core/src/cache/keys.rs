//! The only way to make a cache key: `tenant:{tenantId}:{resource}:{identifier}`, always from a [`TenantId`].

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::error::Error;
use crate::hex;
use crate::tenant::TenantId;

/// The most characters a part may have; longer ones are nobody's resource or identifier.
const LONGEST_PART: usize = 4_096;

/// Integers past this lose digits in canonical JSON, where every number is a double (RFC 8785, section 3.2.2.3).
const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// What kind of thing is kept, such as `people-search/1 mixed_people/search https://api.apollo.io`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resource(String);

/// Which one of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier(String);

/// What was asked, whichever page of it: names all kept answers to one question, of all pages, page sizes and endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionHash([u8; 32]);

/// The key of one answer. Two different questions never share one; the same question always does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    tenant: TenantId,
    text: String,
}

impl Resource {
    /// # Errors
    /// [`Error::BadInput`] when it is empty or over-long.
    pub fn new(name: &str) -> Result<Self, Error> {
        part("resource", name).map(Self)
    }
}

impl Identifier {
    /// A text, used as it is.
    ///
    /// # Errors
    /// [`Error::BadInput`] when it is empty or over-long, or could be taken for a hash that [`Self::of`] made.
    pub fn text(text: &str) -> Result<Self, Error> {
        if text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(Error::bad_input("identifier", "An identifier is no 64 hexadecimal digits."));
        }
        part("identifier", text).map(Self)
    }

    /// Anything else: the SHA-256 of its canonical JSON (RFC 8785), so that the order of keys never matters.
    ///
    /// # Errors
    /// [`Error::BadInput`] when it has no canonical JSON: a float that is no number, an integer past 2^53.
    pub fn of(value: &impl Serialize) -> Result<Self, Error> {
        Ok(Self(hex::digits(&digest(value)?)))
    }

    /// Its first two characters: one of 256 drawers for whatever is filed by questions.
    pub fn prefix(&self) -> &str {
        self.0.get(..2).unwrap_or(&self.0)
    }
}

impl QuestionHash {
    /// The SHA-256 of the canonical JSON of what is asked, without the page.
    ///
    /// # Errors
    /// As [`Identifier::of`].
    pub fn of(value: &impl Serialize) -> Result<Self, Error> {
        digest(value).map(Self)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl CacheKey {
    pub fn new(tenant: TenantId, resource: &Resource, identifier: &Identifier) -> Self {
        Self { tenant, text: format!("tenant:{tenant}:{}:{}", resource.0, identifier.0) }
    }

    /// A key as it was kept in the tenant's file.
    pub(super) fn kept(tenant: TenantId, text: String) -> Self {
        Self { tenant, text }
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// SHA-256 of the canonical JSON in NFC: two spellings of one letter are one question.
fn digest(value: &impl Serialize) -> Result<[u8; 32], Error> {
    let refused = |why: String| Error::bad_input("identifier", format!("The question has no canonical form: {why}."));
    let canonical = serde_json_canonicalizer::to_string(value).map_err(|error| refused(error.to_string()))?;
    let plain = serde_json::to_value(value).map_err(|error| refused(error.to_string()))?;
    if has_rounded_integer(&plain) {
        return Err(refused("an integer is past 2^53".to_owned()));
    }
    let text = if is_nfc(&canonical) { canonical } else { canonical.nfc().collect() };
    Ok(Sha256::digest(text).into())
}

/// True when canonical JSON would write two integers as one.
fn has_rounded_integer(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            size.is_some_and(|size| size > LARGEST_INTEGER)
        }
        Value::Array(values) => values.iter().any(has_rounded_integer),
        Value::Object(fields) => fields.values().any(has_rounded_integer),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// NFC, then `:` `%` `{` `}` and control characters percent-encoded, so that no part can pretend to be two.
fn part(field: &str, text: &str) -> Result<String, Error> {
    if text.is_empty() || text.len() > LONGEST_PART {
        return Err(Error::bad_input(field, format!("A {field} has 1 to {LONGEST_PART} bytes.")));
    }
    let mut encoded = String::with_capacity(text.len());
    for letter in text.nfc() {
        if letter.is_control() || matches!(letter, ':' | '%' | '{' | '}') {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                encoded.push('%');
                encoded.push_str(&hex::digits(&[byte]).to_uppercase());
            }
        } else {
            encoded.push(letter);
        }
    }
    Ok(encoded)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn key(tenant: TenantId, resource: &str, identifier: &str) -> String {
        CacheKey::new(tenant, &Resource::new(resource).unwrap(), &Identifier::text(identifier).unwrap())
            .as_str()
            .to_owned()
    }

    #[test]
    fn a_colon_in_a_part_does_not_shift_the_parts() {
        let tenant = TenantId::SAMPLE;
        assert_ne!(key(tenant, "a:people", "b"), key(tenant, "a", "people:b"));
        assert_eq!(key(tenant, "a:b", "{x}%"), format!("tenant:{tenant}:a%3Ab:%7Bx%7D%25"));
    }

    #[test]
    fn two_spellings_of_one_letter_are_one_key() {
        assert_eq!(key(TenantId::SAMPLE, "r", "Ko\u{308}ln"), key(TenantId::SAMPLE, "r", "Köln"));
    }

    #[test]
    fn empty_and_over_long_parts_are_refused() {
        assert!(Resource::new("").is_err());
        assert!(Identifier::text("").is_err());
        assert!(Identifier::text(&"x".repeat(LONGEST_PART + 1)).is_err());
    }

    #[test]
    fn the_order_of_json_keys_does_not_matter() {
        let one = serde_json::json!({"a": 1, "b": [1, 2]});
        let other: serde_json::Value = serde_json::from_str(r#"{"b":[1,2],"a":1.0}"#).unwrap();
        assert_eq!(Identifier::of(&one).unwrap(), Identifier::of(&other).unwrap());
    }

    #[test]
    fn a_text_that_looks_like_a_hash_is_refused() {
        let hash = Identifier::of(&"anything").unwrap().0;
        assert!(Identifier::text(&hash).is_err());
        assert!(Identifier::text(&hash.to_uppercase()).is_ok());
    }

    #[test]
    fn integers_that_canonical_json_would_round_are_refused() {
        let largest = LARGEST_INTEGER as i64;
        for good in [largest, -largest, 0] {
            assert!(Identifier::of(&serde_json::json!({"deep": [good]})).is_ok(), "{good}");
        }
        for bad in [largest + 1, -largest - 1, i64::MAX, i64::MIN] {
            assert!(Identifier::of(&serde_json::json!({"deep": [bad]})).is_err(), "{bad}");
        }
        assert!(Identifier::of(&f64::NAN).is_err());
    }

    /// Parts that somebody might hope to break out with.
    fn hostile() -> Vec<String> {
        let mut parts: Vec<String> = [
            "a",
            "b",
            "a:b",
            ":",
            "::",
            "{x}",
            "{",
            "*",
            "?",
            "%",
            "%3A",
            "%253A",
            "a%3Ab",
            "tenant:",
            "\0",
            "\n",
            " ",
            "  ",
            "..",
            "../..",
            "people:1",
            "Köln",
            "ko\u{308}ln",
            "\u{212b}",
            "\u{200b}",
            "\u{202e}",
            "'",
            "\"",
            "\\",
            ";--",
        ]
        .map(str::to_owned)
        .to_vec();
        parts.extend(["x".repeat(LONGEST_PART), "x".repeat(LONGEST_PART - 1), ":".repeat(LONGEST_PART)]);
        parts
    }

    #[test]
    fn no_two_pairs_of_hostile_parts_share_a_key_and_none_is_ambiguous() {
        let mut keys = std::collections::HashMap::new();
        for resource in hostile() {
            for identifier in hostile() {
                let key = key(TenantId::SAMPLE, &resource, &identifier);
                assert_eq!(key.matches(':').count(), 3, "{key}");
                assert!(!key.contains(['{', '}']) && !key.chars().any(char::is_control), "{key}");
                let pair = (resource.clone(), identifier);
                assert_eq!(keys.insert(key, pair.clone()), None, "{pair:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn letters_that_look_the_same_in_nfc_are_one_and_all_others_two(one in "\\PC{1,8}", other in "\\PC{1,8}") {
            let nfc = |text: &str| text.nfc().collect::<String>();
            prop_assert_eq!(key(TenantId::SAMPLE, "r", &one) == key(TenantId::SAMPLE, "r", &other), nfc(&one) == nfc(&other));
            prop_assert_eq!(key(TenantId::SAMPLE, "r", &one), key(TenantId::SAMPLE, "r", &one.nfd().collect::<String>()));
            prop_assert_eq!(Identifier::of(&one).unwrap() == Identifier::of(&other).unwrap(), nfc(&one) == nfc(&other));
            prop_assert_eq!(Identifier::of(&one).unwrap(), Identifier::of(&one.nfd().collect::<String>()).unwrap());
        }

        #[test]
        fn different_parts_never_share_a_key(one in ("[:%{}a\u{1}é*]{1,6}", "[:%{}a\u{1}é*]{1,6}"), other in ("[:%{}a\u{1}é*]{1,6}", "[:%{}a\u{1}é*]{1,6}")) {
            prop_assume!(one != other);
            prop_assert_ne!(key(TenantId::SAMPLE, &one.0, &one.1), key(TenantId::SAMPLE, &other.0, &other.1));
        }
    }
}
