//! The gates: what a key may not do is not asked again. A refused key is shut until it changes (another key has another
//! [`AccountHash`]), the user stores it again, or a key check succeeds; a forbidden endpoint is shut for that key alone; an
//! account without credits is shut for paid endpoints. Kept in the registry, so that a restart or the command line does not
//! ask again either. A gate must never be shut for a failure of the service, which is the breaker's business.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::db::Database;
use crate::error::Error;
use crate::rate_limit::AccountHash;

/// Credits may be bought at any time, and nobody tells: after this long a paid endpoint is asked again.
const OUT_OF_CREDITS_FOR_MS: i64 = 3_600_000;

/// The gates of all keys.
#[derive(Debug, Clone)]
pub struct Gates {
    database: Database,
}

/// Why a gate is shut, under the name it is kept by; never changed once released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Key,
    Endpoint,
    Credits,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Endpoint => "endpoint",
            Self::Credits => "credits",
        }
    }
}

/// The gates that are shut for one account.
#[derive(Debug, Default)]
struct Shut {
    key: bool,
    out_of_credits: bool,
    /// What Apollo said when it forbade the endpoint that is asked for.
    forbidden: Option<String>,
}

impl Gates {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// 401: the key is no good.
    pub async fn shut_key(&self, account: AccountHash, now: Timestamp) -> Result<(), Error> {
        self.shut(account, Kind::Key, "", "", now).await
    }

    /// 403: this key may not use this endpoint. `said` is Apollo's sentence.
    pub async fn shut_endpoint(
        &self,
        account: AccountHash,
        endpoint: &str,
        said: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        self.shut(account, Kind::Endpoint, endpoint, said, now).await
    }

    /// Out of credits: paid endpoints are shut for an hour.
    pub async fn shut_paid(&self, account: AccountHash, now: Timestamp) -> Result<(), Error> {
        self.shut(account, Kind::Credits, "", "", now).await
    }

    /// Whether calls with the key of `account` may be made at all.
    ///
    /// # Errors
    /// [`Error::KeyRejected`]; the disk.
    pub async fn check_key(&self, account: AccountHash, now: Timestamp) -> Result<(), Error> {
        if self.of(account, "", now).await?.key { Err(Error::KeyRejected) } else { Ok(()) }
    }

    /// Whether a call of `account` to `endpoint` may be made. `paid`: it may cost credits.
    ///
    /// # Errors
    /// [`Error::KeyRejected`], [`Error::Forbidden`], [`Error::OutOfCredits`]; the disk.
    pub async fn check(&self, account: AccountHash, endpoint: &str, paid: bool, now: Timestamp) -> Result<(), Error> {
        let shut = self.of(account, endpoint, now).await?;
        if shut.key {
            return Err(Error::KeyRejected);
        }
        if let Some(said) = shut.forbidden {
            return Err(Error::Forbidden { endpoint: endpoint.to_owned(), said });
        }
        if paid && shut.out_of_credits { Err(Error::OutOfCredits) } else { Ok(()) }
    }

    /// Opens all gates of `account`: the key was stored again, or Apollo knows it after all.
    pub async fn reopen(&self, account: AccountHash) -> Result<(), Error> {
        self.open(account, None).await
    }

    /// Opens the gate of the key alone: Apollo knows it, and said nothing about endpoints or credits.
    pub async fn reopen_key(&self, account: AccountHash) -> Result<(), Error> {
        self.open(account, Some("kind = 'key'")).await
    }

    /// Opens what is shut for want of credits: Apollo says that there are some.
    pub async fn reopen_paid(&self, account: AccountHash) -> Result<(), Error> {
        self.open(account, Some("kind = 'credits'")).await
    }

    /// Opens what is shut for endpoints and credits, not the key: the user chose an endpoint and asks anew.
    pub async fn reopen_endpoints(&self, account: AccountHash) -> Result<(), Error> {
        self.open(account, Some("kind <> 'key'")).await
    }

    async fn shut(
        &self,
        account: AccountHash,
        kind: Kind,
        endpoint: &str,
        said: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let row = (account.to_string(), kind.name(), endpoint.to_owned(), said.to_owned(), now.as_millisecond());
        self.database
            .run(move |connection| {
                connection.execute(
                    "INSERT OR REPLACE INTO gates (account, kind, endpoint, said, shut_at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
                    row,
                )
            })
            .await?;
        Ok(())
    }

    async fn open(&self, account: AccountHash, which: Option<&'static str>) -> Result<(), Error> {
        let which = which.unwrap_or("true");
        self.database
            .run(move |connection| {
                connection.execute(&format!("DELETE FROM gates WHERE account = ?1 AND {which}"), [account.to_string()])
            })
            .await?;
        Ok(())
    }

    async fn of(&self, account: AccountHash, endpoint: &str, now: Timestamp) -> Result<Shut, Error> {
        let endpoint = endpoint.to_owned();
        self.database.run(move |connection| read(connection, account, &endpoint, now.as_millisecond())).await
    }
}

fn read(connection: &Connection, account: AccountHash, endpoint: &str, now_ms: i64) -> rusqlite::Result<Shut> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, said, shut_at_ms FROM gates WHERE account = ?1 AND (endpoint = '' OR endpoint = ?2)",
    )?;
    let mut rows = statement.query(params![account.to_string(), endpoint])?;
    let mut shut = Shut::default();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(0)?;
        if kind == Kind::Key.name() {
            shut.key = true;
        } else if kind == Kind::Endpoint.name() {
            shut.forbidden = Some(row.get(1)?);
        } else if kind == Kind::Credits.name() {
            // A clock that was set back must not keep it shut for longer than its hour either.
            let since_ms = now_ms - row.get::<_, i64>(2)?;
            shut.out_of_credits = (0..OUT_OF_CREDITS_FOR_MS).contains(&since_ms);
        }
    }
    Ok(shut)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::clock::timestamp;
    use crate::workspace::Workspaces;

    const SEARCH: &str = "mixed_people/search";
    const FREE: &str = "mixed_people/api_search";
    const NOW: i64 = 1_700_000_000_000;

    fn account(key: &str) -> AccountHash {
        AccountHash::of_key(key)
    }

    fn now() -> Timestamp {
        timestamp(NOW)
    }

    fn gates() -> (Gates, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Workspaces::open(folder.path()).unwrap().0.gates(), folder)
    }

    #[tokio::test]
    async fn a_rejected_key_is_shut_everywhere_and_another_key_is_not() {
        let (gates, _folder) = gates();
        gates.shut_key(account("old"), now()).await.unwrap();
        assert_eq!(gates.check(account("old"), FREE, false, now()).await, Err(Error::KeyRejected));
        assert_eq!(gates.check_key(account("old"), now()).await, Err(Error::KeyRejected));
        assert_eq!(gates.check(account("new"), FREE, false, now()).await, Ok(()));
        gates.reopen_endpoints(account("old")).await.unwrap();
        assert_eq!(gates.check_key(account("old"), now()).await, Err(Error::KeyRejected));
        gates.reopen(account("old")).await.unwrap();
        assert_eq!(gates.check(account("old"), FREE, false, now()).await, Ok(()));
    }

    #[tokio::test]
    async fn a_shut_gate_outlives_the_process() {
        let (gates, folder) = gates();
        gates.shut_key(account("key"), now()).await.unwrap();
        let other_process = Workspaces::open(folder.path()).unwrap().0.gates();
        assert_eq!(other_process.check(account("key"), FREE, false, now()).await, Err(Error::KeyRejected));
    }

    #[tokio::test]
    async fn a_forbidden_endpoint_is_shut_for_that_key_and_says_what_apollo_said() {
        let (gates, _folder) = gates();
        gates.shut_endpoint(account("key"), SEARCH, "free plan", now()).await.unwrap();
        let forbidden = Error::Forbidden { endpoint: SEARCH.to_owned(), said: "free plan".to_owned() };
        assert_eq!(gates.check(account("key"), SEARCH, true, now()).await, Err(forbidden.clone()));
        assert_eq!(gates.check(account("key"), FREE, false, now()).await, Ok(()));
        assert_eq!(gates.check(account("other"), SEARCH, true, now()).await, Ok(()));
        gates.reopen_key(account("key")).await.unwrap();
        assert_eq!(gates.check(account("key"), SEARCH, true, now()).await, Err(forbidden));
        gates.reopen_endpoints(account("key")).await.unwrap();
        assert_eq!(gates.check(account("key"), SEARCH, true, now()).await, Ok(()));
    }

    #[tokio::test]
    async fn an_account_without_credits_may_still_ask_what_is_free_and_is_asked_again_after_an_hour() {
        let (gates, _folder) = gates();
        gates.shut_paid(account("key"), now()).await.unwrap();
        assert_eq!(gates.check(account("key"), SEARCH, true, now()).await, Err(Error::OutOfCredits));
        assert_eq!(gates.check(account("key"), FREE, false, now()).await, Ok(()));
        let at = |ms: i64| gates.check(account("key"), SEARCH, true, timestamp(NOW + ms));
        assert_eq!(at(OUT_OF_CREDITS_FOR_MS - 1).await, Err(Error::OutOfCredits));
        assert_eq!(at(OUT_OF_CREDITS_FOR_MS).await, Ok(()));
        assert_eq!(at(-1).await, Ok(()));
    }
}
