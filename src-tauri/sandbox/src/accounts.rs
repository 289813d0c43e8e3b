//! What the stand-in keeps about each key: credits spent, calls made, also in the present minute, hour and day.
//! Keeps a number made from the key, never the key. Refuses nothing by itself: limits are told, not enforced.

use crate::{kept::Kept, keys, options::Plan, random::hash_text, routes::Endpoint};
use serde::{Deserialize, Serialize};
use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

/// Credits are counted in hundredths, since Apollo charges 1.01 now and then.
pub const ONE_CREDIT: u64 = 100;

/// Credits of one key in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credits {
    pub limit: u64,
    pub consumed: u64,
}

impl Credits {
    pub fn left(self) -> u64 {
        self.limit.saturating_sub(self.consumed)
    }
}

/// Limit and calls of one fixed window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub limit: u64,
    pub consumed: u64,
}

impl Usage {
    /// Never below 0, since limits are not enforced.
    pub fn left(self) -> u64 {
        self.limit.saturating_sub(self.consumed)
    }
}

/// The three windows of one endpoint: minute, hour, day.
pub type Windows = [Usage; 3];

const WINDOW_SECONDS: [u64; 3] = [60, 3600, 86_400];

/// Every key that was seen, and what it used.
#[derive(Default)]
pub struct Accounts {
    books: Mutex<Books>,
    /// Where credits are kept beyond this stand-in.
    kept: Option<Kept>,
}

#[derive(Default)]
struct Books {
    credits: HashMap<u64, Credits>,
    /// Keys that were asked about before.
    met: HashSet<u64>,
    calls: HashMap<(u64, Endpoint), [(u64, u64); 3]>,
    /// Since the beginning, whatever the endpoint.
    calls_ever: HashMap<u64, u64>,
}

impl Accounts {
    /// With credits that are kept in a file, if one is named, and else end with the stand-in.
    pub fn new(kept: Option<Kept>) -> Self {
        Self { books: Mutex::default(), kept }
    }

    /// Counts one call and tells where the three windows stand after it.
    pub fn count(&self, key: &str, plan: Plan, endpoint: Endpoint, now_ms: u64) -> Windows {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        *books.calls_ever.entry(hash_text(key)).or_default() += 1;
        let windows = books.calls.entry((hash_text(key), endpoint)).or_default();
        for (window, seconds) in windows.iter_mut().zip(WINDOW_SECONDS) {
            let present = now_ms / 1000 / seconds;
            *window = if window.0 == present { (present, window.1 + 1) } else { (present, 1) };
        }
        usages(plan, endpoint, windows, now_ms)
    }

    /// How many calls were counted, of all endpoints and times.
    pub fn calls_ever(&self, key: &str) -> u64 {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.calls_ever.get(&hash_text(key)).copied().unwrap_or_default()
    }

    /// Where the windows stand, without counting.
    pub fn windows(&self, key: &str, plan: Plan, endpoint: Endpoint, now_ms: u64) -> Windows {
        let books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let windows = books.calls.get(&(hash_text(key), endpoint)).copied().unwrap_or_default();
        usages(plan, endpoint, &windows, now_ms)
    }

    pub fn credits(&self, key: &str, plan: Plan) -> Credits {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        self.known(&mut books, hash_text(key), credit_limit(key, plan))
    }

    /// Takes up to `hundredths` from the key's credits and answers what was really taken.
    pub fn charge(&self, key: &str, plan: Plan, hundredths: u64) -> u64 {
        let take = |credits: &mut Credits| {
            let taken = hundredths.min(credits.left());
            credits.consumed += taken;
            (*credits, taken)
        };
        let number = hash_text(key);
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = self.known(&mut books, number, credit_limit(key, plan));
        let kept =
            self.kept.as_ref().and_then(|kept| kept.change(number, known, |account| take(&mut account.credits)).ok());
        let (credits, taken) = kept.unwrap_or_else(|| take(&mut known));
        books.credits.insert(number, credits);
        taken
    }

    /// Where a key stands: by the file, else by what this stand-in knows itself. A file that can't be used is as none: these
    /// credits are made up, and nothing may fail for them.
    fn known(&self, books: &mut Books, number: u64, bought: u64) -> Credits {
        let is_new = books.met.insert(number);
        let kept = self.kept.as_ref().and_then(|kept| {
            let credits = kept.read(number).ok()??.credits;
            if !is_new || credits.left() >= bought / 2 {
                return Some(credits);
            }
            // Nobody can buy any, so they must not run out for good.
            let buy = |credits: &mut Credits| {
                credits.limit += bought;
                *credits
            };
            kept.change(number, credits, |account| buy(&mut account.credits)).ok()
        });
        let itself = books.credits.get(&number).copied();
        let credits = kept.or(itself).unwrap_or(Credits { limit: bought, consumed: 0 });
        books.credits.insert(number, credits);
        credits
    }
}

/// The lead credits of a key at the start: what the key says itself, else by plan; all invented.
fn credit_limit(key: &str, plan: Plan) -> u64 {
    let by_plan = match plan {
        Plan::Professional | Plan::Basic => 1000,
        Plan::Free => 100,
    };
    keys::credits(key).unwrap_or(by_plan).saturating_mul(ONE_CREDIT)
}

fn usages(plan: Plan, endpoint: Endpoint, windows: &[(u64, u64); 3], now_ms: u64) -> Windows {
    let limits = endpoint.limits(plan);
    std::array::from_fn(|place| {
        let (present, calls) = windows[place];
        let current = present == now_ms / 1000 / WINDOW_SECONDS[place];
        Usage { limit: limits[place], consumed: if current { calls } else { 0 } }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_window_begins_anew_at_its_fixed_edge() {
        let accounts = Accounts::default();
        let endpoint = Endpoint::FreeSearch;
        accounts.count("key", Plan::Free, endpoint, 59_000);
        let [minute, hour, _] = accounts.count("key", Plan::Free, endpoint, 59_999);
        assert_eq!((minute.consumed, hour.consumed), (2, 2));
        let [minute, hour, day] = accounts.count("key", Plan::Free, endpoint, 60_000);
        assert_eq!((minute.consumed, hour.consumed, day.consumed), (1, 3, 3));
    }

    #[test]
    fn one_key_never_uses_up_what_belongs_to_another() {
        let accounts = Accounts::default();
        accounts.count("one", Plan::Basic, Endpoint::Match, 0);
        assert_eq!(accounts.windows("other", Plan::Basic, Endpoint::Match, 0)[0].consumed, 0);
        assert_eq!(accounts.charge("one", Plan::Free, 1_000_000), 100 * ONE_CREDIT);
        assert_eq!(accounts.credits("other", Plan::Free).left(), 100 * ONE_CREDIT);
    }

    #[test]
    fn kept_credits_are_one_account_for_all_stand_ins_and_never_run_out_for_good() {
        let folder = std::env::temp_dir().join(format!("foray-kept-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let open = || Accounts::new(Some(Kept::new(folder.join("credits.json"))));
        let (window, beside) = (open(), open());
        assert_eq!(window.credits("key", Plan::Basic).left(), 1000 * ONE_CREDIT);
        assert!(!folder.join("credits.json").exists(), "looking at it writes nothing");
        window.charge("key", Plan::Basic, 3 * ONE_CREDIT);
        beside.charge("key", Plan::Basic, 4 * ONE_CREDIT);
        for accounts in [&window, &beside, &open()] {
            assert_eq!(
                accounts.credits("key", Plan::Basic),
                Credits { limit: 1000 * ONE_CREDIT, consumed: 7 * ONE_CREDIT }
            );
        }
        assert_eq!(window.charge("key", Plan::Basic, 5000 * ONE_CREDIT), 993 * ONE_CREDIT, "within a run they do");
        assert_eq!(beside.credits("key", Plan::Basic).left(), 0);
        assert_eq!(
            open().credits("key", Plan::Basic),
            Credits { limit: 2000 * ONE_CREDIT, consumed: 1000 * ONE_CREDIT }
        );
        std::fs::write(folder.join("credits.json"), "{\"1\": {\"li").unwrap();
        assert_eq!(open().credits("key", Plan::Basic).consumed, 0, "a file that breaks off begins anew");
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            window.charge("other", Plan::Basic, ONE_CREDIT),
            ONE_CREDIT,
            "without its folder it counts by itself"
        );
    }

    #[test]
    fn a_file_of_before_orders_were_kept_is_read_and_one_with_orders_is_read_by_what_knows_of_none() {
        let file = std::env::temp_dir().join(format!("foray-kept-before-{}.json", std::process::id()));
        let number = hash_text("key");
        std::fs::write(&file, format!(r#"{{"{number}":{{"limit":100000,"consumed":700}}}}"#)).unwrap();
        let kept = Kept::new(file.clone());
        let accounts = Accounts::new(Some(kept.clone()));
        let credits = accounts.credits("key", Plan::Basic);
        assert_eq!(credits.consumed, 7 * ONE_CREDIT);
        kept.change(number, credits, |account| account.orders.place(|_| -5, &[1], 0)).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let of_before: HashMap<String, Credits> = serde_json::from_str(&text).unwrap();
        assert_eq!(of_before.get(&number.to_string()), Some(&credits), "{text}");
        assert!(text.contains("-5") && !text.contains("key"), "{text}");
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn what_is_left_of_a_limit_never_falls_below_zero() {
        assert_eq!(Usage { limit: 1, consumed: 5 }.left(), 0);
    }
}
