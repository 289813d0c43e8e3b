//! The name of an Apollo account in our files: a hash of its key. It must never lead back to the key.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The first 16 bytes of the SHA-256 of an API key. Workspaces with the same key share Apollo's windows and gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountHash([u8; 16]);

impl AccountHash {
    pub fn of_key(key: &str) -> Self {
        let digest = Sha256::digest(key.as_bytes());
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
}
