//! The only way to make a cache key: `tenant:{tenantId}:{resource}:{identifier}`, always from a [`TenantId`].

use serde::Serialize;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::hex;
use crate::tenant::TenantId;

/// The most characters a part may have; longer ones are nobody's resource or identifier.
const LONGEST_PART: usize = 4_096;

/// What kind of thing is kept, such as `people-search/1 mixed_people/search https://api.apollo.io`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Resource(String);

/// Which one of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identifier(String);

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
    /// [`Error::BadInput`] when it is empty or over-long.
    pub fn text(text: &str) -> Result<Self, Error> {
        part("identifier", text).map(Self)
    }

    /// Anything else: the SHA-256 of its canonical JSON (RFC 8785), so that the order of keys never matters.
    ///
    /// # Errors
    /// [`Error::BadInput`] when it has no canonical JSON (a float that is no number).
    pub fn of(value: &impl Serialize) -> Result<Self, Error> {
        let canonical = serde_json_canonicalizer::to_vec(value)
            .map_err(|error| Error::bad_input("identifier", format!("The question has no canonical form: {error}.")))?;
        Ok(Self(hex::digits(&Sha256::digest(canonical))))
    }
}

impl CacheKey {
    pub fn new(tenant: TenantId, resource: &Resource, identifier: &Identifier) -> Self {
        Self { tenant, text: format!("tenant:{tenant}:{}:{}", resource.0, identifier.0) }
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub fn as_str(&self) -> &str {
        &self.text
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

    proptest! {
        #[test]
        fn different_parts_never_share_a_key(one in ("[:%{}a\u{1}é*]{1,6}", "[:%{}a\u{1}é*]{1,6}"), other in ("[:%{}a\u{1}é*]{1,6}", "[:%{}a\u{1}é*]{1,6}")) {
            prop_assume!(one != other);
            prop_assert_ne!(key(TenantId::SAMPLE, &one.0, &one.1), key(TenantId::SAMPLE, &other.0, &other.1));
        }
    }
}
