//! Accesses to the keyring: off the async threads, one at a time, each within a deadline. A keyring may wait for a password
//! that nobody types; whoever gives up on it stops nobody else, and what was given up changes nothing later.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use super::{ApiKey, KeyStore, keyring_error};
use crate::error::Error;
use crate::tenant::TenantId;

/// Time for the user to find the keyring's question and to type a password; past it, the keyring is told as waiting.
const PATIENCE: Duration = Duration::from_secs(30);
/// More time for an access that has begun to write, since nobody could say whether it did.
const LAST_STEP: Duration = Duration::from_secs(10);
/// Accesses given up that may still wait for an answer, before a new one is refused at once: each may be a question on
/// the user's screen.
const MOST_WAITING: usize = 3;

/// Keys in a store, reached in turn.
#[derive(Clone)]
pub struct Secrets {
    store: Arc<dyn KeyStore>,
    patience: Duration,
    one_at_a_time: Arc<tokio::sync::Mutex<()>>,
    at_work: Arc<AtomicUsize>,
}

impl Secrets {
    pub fn new(store: Arc<dyn KeyStore>) -> Self {
        Self::with_patience(store, PATIENCE)
    }

    /// [`Self::new`] with another deadline for one access.
    pub fn with_patience(store: Arc<dyn KeyStore>, patience: Duration) -> Self {
        Self { store, patience, one_at_a_time: Arc::default(), at_work: Arc::default() }
    }

    /// # Errors
    /// [`Error::Keyring`]; nothing is stored then, nor later.
    pub async fn set(&self, tenant: TenantId, key: ApiKey) -> Result<(), Error> {
        self.run(move |store, stage| {
            store.prepare()?;
            stage.begin_writing()?;
            store.set(tenant, &key)
        })
        .await
    }

    /// # Errors
    /// [`Error::Keyring`].
    pub async fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
        self.run(move |store, _| store.get(tenant)).await
    }

    /// # Errors
    /// [`Error::Keyring`]; the key is then still there, also later.
    pub async fn clear(&self, tenant: TenantId) -> Result<(), Error> {
        self.run(move |store, stage| {
            store.prepare()?;
            stage.begin_writing()?;
            store.clear(tenant)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        access: impl FnOnce(&dyn KeyStore, &Stage) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let in_turn = tokio::time::timeout(self.patience, self.one_at_a_time.lock());
        // Held here and not by the access: one that hangs gives its turn back with the caller's patience.
        let _turn = in_turn.await.map_err(|_| waiting())?;
        if self.at_work.load(Ordering::Relaxed) >= MOST_WAITING {
            return Err(waiting());
        }
        let stage = Arc::new(Stage::default());
        let mut work = tokio::task::spawn_blocking({
            let (store, stage) = (Arc::clone(&self.store), Arc::clone(&stage));
            let counted = AtWork::new(&self.at_work);
            move || {
                let answer = access(store.as_ref(), &stage);
                drop(counted);
                answer
            }
        });
        let answer = match tokio::time::timeout(self.patience, &mut work).await {
            Ok(answer) => answer,
            Err(_) if stage.give_up() => return Err(waiting()),
            Err(_) => tokio::time::timeout(LAST_STEP, work).await.map_err(|_| unknown())?,
        };
        answer.map_err(|_| keyring_error("Its access broke off.", "Try again."))?
    }
}

/// How far an access that writes has come: it is either given up or begins to write, never both.
#[derive(Debug, Default)]
struct Stage(AtomicU8);

const WRITING: u8 = 1;
const GIVEN_UP: u8 = 2;

impl Stage {
    fn begin_writing(&self) -> Result<(), Error> {
        self.leave_start(WRITING).then_some(()).ok_or_else(waiting)
    }

    /// False when it has begun to write.
    fn give_up(&self) -> bool {
        self.leave_start(GIVEN_UP)
    }

    fn leave_start(&self, next: u8) -> bool {
        self.0.compare_exchange(0, next, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// Counts an access for as long as its thread is busy with it.
struct AtWork(Arc<AtomicUsize>);

impl AtWork {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn waiting() -> Error {
    keyring_error(
        "It does not answer: it may be waiting for its password in a window of its own, perhaps behind others.",
        "Unlock it there, or log out and in again, and then try again. Nothing was changed.",
    )
}

fn unknown() -> Error {
    keyring_error("It stopped answering while the key was on its way.", "Look at the key's state, then try again.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::super::MemoryKeys;
    use super::*;

    /// A store that is locked until it is told otherwise, for each access by itself.
    struct Locked {
        unlock: Mutex<Receiver<()>>,
        done: Sender<()>,
        keys: MemoryKeys,
    }

    impl KeyStore for Locked {
        fn prepare(&self) -> Result<(), Error> {
            // The end of the test counts as unlocking, so that no thread stays.
            self.unlock.lock().unwrap().recv().ok();
            self.done.send(()).ok();
            Ok(())
        }
        fn set(&self, tenant: TenantId, key: &ApiKey) -> Result<(), Error> {
            self.keys.set(tenant, key)
        }
        fn get(&self, tenant: TenantId) -> Result<Option<ApiKey>, Error> {
            self.keys.get(tenant)
        }
        fn clear(&self, tenant: TenantId) -> Result<(), Error> {
            self.keys.clear(tenant)
        }
    }

    struct Desk {
        secrets: Secrets,
        unlock: Sender<()>,
        unlocked: Receiver<()>,
    }

    fn locked(patience: Duration) -> Desk {
        let (unlock, waits) = channel();
        let (done, unlocked) = channel();
        let store = Locked { unlock: Mutex::new(waits), done, keys: MemoryKeys::default() };
        Desk { secrets: Secrets::with_patience(Arc::new(store), patience), unlock, unlocked }
    }

    fn key() -> ApiKey {
        ApiKey::parse("some-key-0123456789").unwrap()
    }

    const SOON: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn a_keyring_that_waits_for_its_password_is_given_up_in_words() {
        let desk = locked(SOON);
        let error = desk.secrets.set(TenantId::SAMPLE, key()).await.unwrap_err();
        assert!(error.to_string().contains("waiting for its password"), "{error}");
    }

    #[tokio::test]
    async fn a_keyring_unlocked_in_time_keeps_the_key() {
        let desk = locked(LONG);
        desk.unlock.send(()).unwrap();
        desk.secrets.set(TenantId::SAMPLE, key()).await.unwrap();
        assert_eq!(desk.secrets.get(TenantId::SAMPLE).await.unwrap(), Some(key()));
    }

    #[tokio::test]
    async fn what_was_given_up_is_not_stored_when_the_keyring_is_unlocked_later() {
        let desk = locked(SOON);
        desk.secrets.set(TenantId::SAMPLE, key()).await.unwrap_err();
        desk.unlock.send(()).unwrap();
        desk.unlocked.recv_timeout(LONG).unwrap();
        // Its thread ends after it would have stored the key.
        while desk.secrets.at_work.load(Ordering::Relaxed) > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(desk.secrets.get(TenantId::SAMPLE).await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_access_that_hangs_keeps_no_other_waiting_and_many_are_refused_at_once() {
        let desk = locked(SOON);
        for _ in 0..MOST_WAITING - 1 {
            desk.secrets.set(TenantId::SAMPLE, key()).await.unwrap_err();
        }
        assert_eq!(desk.secrets.get(TenantId::SAMPLE).await.unwrap(), None, "reading goes on");
        desk.secrets.set(TenantId::SAMPLE, key()).await.unwrap_err();
        let patient = Secrets { patience: LONG, ..desk.secrets.clone() };
        let refused = tokio::time::timeout(Duration::from_secs(30), patient.get(TenantId::SAMPLE)).await;
        assert!(refused.unwrap().is_err());
    }
}
