//! The name of an Apollo account in our files: a hash of its key and of where it is used. It must never lead back to the key.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::apollo::origin::APOLLO;

/// The first 16 bytes of the SHA-256 of an API key, and elsewhere than at Apollo's own address of that and the origin.
/// Workspaces with the same key at the same origin share Apollo's windows and gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountHash([u8; 16]);

impl AccountHash {
    pub fn of_key(key: &str) -> Self {
        Self::first_half(Sha256::digest(key.as_bytes()).into())
    }

    /// The account of this key at an origin. What a stand-in or a proxy says of a key says nothing of it at Apollo.
    #[must_use]
    pub fn at(self, origin: &str) -> Self {
        if origin == APOLLO {
            return self;
        }
        Self::first_half(Sha256::new().chain_update(self.0).chain_update(origin).finalize().into())
    }

    fn first_half(digest: [u8; 32]) -> Self {
        let mut first = [0; 16];
        first.copy_from_slice(&digest[..16]);
        Self(first)
    }

    /// Reads what [`fmt::Display`] writes: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let number = u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)?;
        Some(Self(number.to_be_bytes()))
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for AccountHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_first_half_of_the_sha_256_and_shows_nothing_of_the_key() {
        // `printf abc | sha256sum`
        assert_eq!(AccountHash::of_key("abc").to_string(), "ba7816bf8f01cfea414140de5dae2223");
        assert_ne!(AccountHash::of_key("abc"), AccountHash::of_key("abd"));
        assert_eq!(AccountHash::parse("ba7816bf8f01cfea414140de5dae2223"), Some(AccountHash::of_key("abc")));
    }

    #[test]
    fn a_key_is_one_account_at_apollo_and_another_at_each_other_origin() {
        let key = AccountHash::of_key("abc");
        assert_eq!(key.at(APOLLO), key);
        let elsewhere = ["https://staging.example", "http://127.0.0.1:9", "sandbox"].map(|origin| key.at(origin));
        assert!(elsewhere.iter().all(|account| *account != key) && elsewhere[0] != elsewhere[1]);
        assert_eq!(key.at("sandbox"), elsewhere[2]);
        assert_ne!(AccountHash::of_key("abd").at("sandbox"), elsewhere[2]);
    }
}
