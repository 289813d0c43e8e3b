//! The gates: what a key may not do is not asked again. A refused key is shut until it changes (another key has another
//! [`AccountHash`]) or the user stores it again; a forbidden endpoint is shut for that key alone; an account without
//! credits is shut for paid endpoints. Pure, in this process's memory; a gate must never be shut for a failure of the
//! service, which is the breaker's business.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::rate_limit::AccountHash;

/// The gates of all keys in use.
#[derive(Debug, Default)]
pub struct Gates {
    accounts: Mutex<HashMap<AccountHash, Account>>,
}

#[derive(Debug, Default)]
struct Account {
    key_rejected: bool,
    out_of_credits: bool,
    /// What Apollo said when it forbade an endpoint, by endpoint.
    forbidden: HashMap<String, String>,
}

impl Gates {
    /// 401: the key is no good.
    pub fn shut_key(&self, account: AccountHash) {
        self.lock().entry(account).or_default().key_rejected = true;
    }

    /// 403: this key may not use this endpoint. `said` is Apollo's sentence.
    pub fn shut_endpoint(&self, account: AccountHash, endpoint: &str, said: &str) {
        self.lock().entry(account).or_default().forbidden.insert(endpoint.to_owned(), said.to_owned());
    }

    /// Out of credits: paid endpoints are shut.
    pub fn shut_paid(&self, account: AccountHash) {
        self.lock().entry(account).or_default().out_of_credits = true;
    }

    /// Whether a call of `account` to `endpoint` may be made. `paid`: it may cost credits.
    ///
    /// # Errors
    /// [`Error::KeyRejected`], [`Error::Forbidden`], [`Error::OutOfCredits`].
    pub fn check(&self, account: AccountHash, endpoint: &str, paid: bool) -> Result<(), Error> {
        let accounts = self.lock();
        let Some(gates) = accounts.get(&account) else { return Ok(()) };
        if gates.key_rejected {
            return Err(Error::KeyRejected);
        }
        if let Some(said) = gates.forbidden.get(endpoint) {
            return Err(Error::Forbidden { endpoint: endpoint.to_owned(), said: said.clone() });
        }
        if paid && gates.out_of_credits {
            return Err(Error::OutOfCredits);
        }
        Ok(())
    }

    /// Opens all gates of `account`: the key was stored again, a key check succeeded, or the user asks to try again.
    pub fn reopen(&self, account: AccountHash) {
        self.lock().remove(&account);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AccountHash, Account>> {
        // A panic elsewhere leaves the map whole: each change is one insertion.
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: &str = "mixed_people/search";
    const FREE: &str = "mixed_people/api_search";

    fn account(key: &str) -> AccountHash {
        AccountHash::of_key(key)
    }

    #[test]
    fn a_rejected_key_is_shut_everywhere_and_another_key_is_not() {
        let gates = Gates::default();
        gates.shut_key(account("old"));
        assert_eq!(gates.check(account("old"), FREE, false), Err(Error::KeyRejected));
        assert_eq!(gates.check(account("new"), FREE, false), Ok(()));
        gates.reopen(account("old"));
        assert_eq!(gates.check(account("old"), FREE, false), Ok(()));
    }

    #[test]
    fn a_forbidden_endpoint_is_shut_for_that_key_and_says_what_apollo_said() {
        let gates = Gates::default();
        gates.shut_endpoint(account("key"), SEARCH, "free plan");
        let forbidden = Error::Forbidden { endpoint: SEARCH.to_owned(), said: "free plan".to_owned() };
        assert_eq!(gates.check(account("key"), SEARCH, true), Err(forbidden));
        assert_eq!(gates.check(account("key"), FREE, false), Ok(()));
        assert_eq!(gates.check(account("other"), SEARCH, true), Ok(()));
    }

    #[test]
    fn an_account_without_credits_may_still_ask_what_is_free() {
        let gates = Gates::default();
        gates.shut_paid(account("key"));
        assert_eq!(gates.check(account("key"), SEARCH, true), Err(Error::OutOfCredits));
        assert_eq!(gates.check(account("key"), FREE, false), Ok(()));
    }
}
