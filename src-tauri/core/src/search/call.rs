//! One HTTP call through all that stands in front of Apollo: gate, breaker, limiter, deadline, classification. Every call
//! goes through here, so none can be made that is not counted.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{DATE, RETRY_AFTER};
use serde_json::Value;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::access::{Access, Account};
use crate::apollo::Endpoint;
use crate::apollo::classify::{Shut, Verdict, classify};
use crate::apollo::client::RawAnswer;
use crate::circuit_breaker::{BreakerChange, BreakerStatus, Breakers, Gates, Outcome, Settings};
use crate::clock::{Clock, timestamp};
use crate::enrich::FreeCall;
use crate::error::Error;
use crate::rate_limit::{
    AccountHash, EndpointClass, LEASE_MS, Ledger, Marked, Period, RateHeaders, Reservation, retry_after,
};

/// A reservation whose lease ran out is taken anew this often, before the disk is said to be too slow.
const RESERVATIONS_TRIED: u32 = 3;

/// What may be shut for a key: an endpoint by its path, and whether it costs credits.
#[derive(Debug, Clone, Copy)]
struct Gate<'a> {
    endpoint: &'a str,
    paid: bool,
}

/// A body to send, or none for a GET.
#[derive(Clone, Copy)]
enum Sending<'a> {
    Post(&'a Value),
    Get,
}

/// What became of one call.
#[derive(Debug)]
pub struct Asked {
    /// 1 once a request went out, whatever came back.
    pub calls_spent: u32,
    /// Body of a success.
    pub body: Result<Vec<u8>, Error>,
    /// Troubles that did not spoil the answer.
    pub notices: Vec<String>,
    /// How long Apollo asked to wait before the same is asked again.
    pub retry_after: Option<Duration>,
}

impl Asked {
    /// What was kept from being sent.
    pub fn not_sent(error: Error) -> Self {
        Self { calls_spent: 0, body: Err(error), notices: Vec::new(), retry_after: None }
    }
}

/// Which try of a question a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    First,
    /// Repeats one that failed: made only if the retry budget holds it.
    Again,
}

/// One call, before it is made.
#[derive(Clone, Copy)]
struct Call<'a> {
    class: EndpointClass,
    /// None for what finds out whether a gate may be opened.
    gate: Option<Gate<'a>>,
    path: &'a str,
    sending: Sending<'a>,
    which: Try,
    /// Whether it stands in the journal of paid requests, as all that may cost credits does; what is free is noted here.
    journalled: bool,
}

/// Breakers (one for each origin), gates and ledger of this process.
pub struct Gateway {
    breakers: Breakers,
    gates: Gates,
    ledger: Ledger,
    clock: Arc<dyn Clock>,
    /// Accounts that were answered: nothing is said of how Apollo takes a key before.
    answered: Mutex<HashSet<AccountHash>>,
}

impl Gateway {
    pub fn new(ledger: Ledger, gates: Gates, clock: Arc<dyn Clock>) -> Self {
        let breakers = Breakers::new(Arc::clone(&clock), Settings::default());
        Self { breakers, gates, ledger, clock, answered: Mutex::default() }
    }

    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub fn gates(&self) -> &Gates {
        &self.gates
    }

    /// State changes of all breakers, with their reasons.
    pub fn changes(&self) -> broadcast::Receiver<BreakerChange> {
        self.breakers.subscribe()
    }

    pub fn breaker_status(&self, access: &Access) -> BreakerStatus {
        self.breakers.of(&access.origin_label).status()
    }

    /// Whether Apollo has answered a call of this account since the process started, whatever it said.
    pub fn has_answered(&self, account: AccountHash) -> bool {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).contains(&account)
    }

    /// Asks a search endpoint.
    pub async fn search(
        &self,
        access: &Access,
        account: &Account,
        endpoint: Endpoint,
        body: &Value,
        which: Try,
    ) -> Asked {
        let call = Call {
            class: EndpointClass::PeopleSearch,
            gate: Some(Gate { endpoint: endpoint.path(), paid: endpoint.credits_at_most() > 0 }),
            path: endpoint.path(),
            sending: Sending::Post(body),
            which,
            journalled: access.may_cost(endpoint),
        };
        self.ask(access, account, call).await
    }

    /// Sends a GET below `/api/v1/`. It passes no gate: it is how the user finds out whether one may be opened.
    pub async fn get(&self, access: &Access, account: &Account, class: EndpointClass, path: &str) -> Asked {
        let call = Call { class, gate: None, path, sending: Sending::Get, which: Try::First, journalled: false };
        self.ask(access, account, call).await
    }

    /// Sends a POST as [`Self::get`] does.
    pub async fn post(
        &self,
        access: &Access,
        account: &Account,
        class: EndpointClass,
        path: &str,
        body: &Value,
    ) -> Asked {
        let call = Call { class, gate: None, path, sending: Sending::Post(body), which: Try::First, journalled: false };
        self.ask(access, account, call).await
    }

    /// Sends what costs credits, once: posts the body, or gets where there is none. It stands in the journal of paid requests by
    /// now. `path` may have a query; the gate is that of the endpoint before it.
    pub async fn pay(
        &self,
        access: &Access,
        account: &Account,
        class: EndpointClass,
        path: &str,
        body: Option<&Value>,
    ) -> Asked {
        let endpoint = path.split('?').next().unwrap_or(path);
        let gate = Some(Gate { endpoint, paid: true });
        let sending = body.map_or(Sending::Get, Sending::Post);
        let call = Call { class, gate, path, sending, which: Try::First, journalled: true };
        self.ask(access, account, call).await
    }

    async fn ask(&self, access: &Access, account: &Account, call: Call<'_>) -> Asked {
        let mut asked = Asked::not_sent(Error::Unreadable);
        asked.body = self.pass(access, account, call, &mut asked).await;
        if asked.calls_spent > 0 && !call.journalled {
            self.note_free(access, call.path, asked.body.as_ref().err());
        }
        asked
    }

    /// For the ledger of credits; nobody waits for it.
    fn note_free(&self, access: &Access, path: &str, failed: Option<&Error>) {
        let endpoint = path.split('?').next().unwrap_or(path);
        // The number of a request is no endpoint.
        let endpoint = endpoint.trim_end_matches(|end: char| end.is_ascii_digit() || end == '-').trim_end_matches('/');
        let free = FreeCall {
            at: self.clock.now(),
            job: access.job,
            title: access.title.clone().unwrap_or_default(),
            endpoint: endpoint.to_owned(),
            why: failed.map(Error::code),
        };
        free.note(access.tenant(), &access.files.people);
    }

    async fn pass(
        &self,
        access: &Access,
        account: &Account,
        call: Call<'_>,
        spent: &mut Asked,
    ) -> Result<Vec<u8>, Error> {
        let now = self.clock.now();
        if let Some(Gate { endpoint, paid }) = call.gate {
            self.gates.check(account.hash, endpoint, paid, now).await?;
        }
        // A permit that is dropped without a result, here or by a cancel, goes back and counts for nothing.
        let mut permit = self.breakers.of(&access.origin_label).admit()?;
        let reservation = self.reserve(access, account, call).await?;
        // The ledger may have let it wait for long.
        if let Err(error) = permit.confirm() {
            self.ledger.unsent(reservation).await?;
            return Err(error);
        }
        spent.calls_spent = 1;
        let began_ms = self.clock.boot_ms();
        let reply = match call.sending {
            Sending::Post(body) => access.client.post(&account.key, call.path, body).await,
            Sending::Get => access.client.get(&account.key, call.path).await,
        };
        let ended_ms = self.clock.boot_ms();
        let verdict = reply.as_ref().map(|raw| classify(raw.status, &raw.body));
        let outcome = outcome(&verdict, ended_ms - began_ms);
        permit.settle(ended_ms, outcome);
        if matches!(outcome, Outcome::Healthy { .. }) {
            self.answered.lock().unwrap_or_else(PoisonError::into_inner).insert(account.hash);
        }
        let raw = match reply {
            Ok(raw) => raw,
            Err(error) => return Err(self.nothing_came(reservation, error, spent).await),
        };
        // Apollo's words are shown; should they repeat the key, it is taken out of them.
        let verdict = classify(raw.status, &without_key(&raw.body, account));
        if verdict == Verdict::TooMany {
            return Err(self.pause(&reservation, &raw, spent).await);
        }
        spent.retry_after = self.wait_asked_for(&raw);
        if let Err(error) = self.ledger.commit(&reservation, Some(rate_headers(&raw))).await {
            spent.notices.push(not_noted(&error));
        }
        if let Err(error) = self.shut_gates(account, call.gate, &verdict).await {
            spent.notices.push(format!("What this key may not do could not be remembered: {error}"));
        }
        match verdict.error(call.gate.map_or(call.path, |gate| gate.endpoint)) {
            Some(error) => Err(error),
            None => Ok(raw.body),
        }
    }

    /// Takes one of the tenant's calls and marks it as sending, on the disk, before anything is sent.
    async fn reserve(&self, access: &Access, account: &Account, call: Call<'_>) -> Result<Reservation, Error> {
        let (tenant, limit) = (access.tenant(), access.workspace.calls_per_hour);
        let hash = Some(account.hash);
        for _ in 0..RESERVATIONS_TRIED {
            let reservation = match call.which {
                Try::First => self.ledger.reserve_in(access.haste, tenant, limit, hash, call.class).await?,
                Try::Again => {
                    let fits = self.ledger.reserve_retry(tenant, limit, hash, call.class).await?;
                    fits.ok_or(Error::RateLimited { reset_at: self.clock.now() })?
                }
            };
            let marking_ms = self.clock.boot_ms();
            let marked = self.ledger.sending(&reservation).await?;
            // A computer that slept between the mark and the sending would send a call of another hour.
            if marked == Marked::Sending {
                if self.clock.boot_ms() - marking_ms < LEASE_MS {
                    return Ok(reservation);
                }
                self.ledger.unsent(reservation).await?;
            }
        }
        Err(Error::Storage {
            what: "The call ledger".to_owned(),
            why: "the disk is too slow. Close other programs and try again".to_owned(),
        })
    }

    /// Settles a call without an answer. What certainly never left this computer is no call; all else counts.
    async fn nothing_came(&self, reservation: Reservation, error: Error, spent: &mut Asked) -> Error {
        let never_left = matches!(error, Error::Offline | Error::Unreachable | Error::Barred { .. });
        let noted = if never_left {
            self.ledger.unsent(reservation).await
        } else {
            self.ledger.commit(&reservation, None).await
        };
        match noted {
            Ok(()) if never_left => spent.calls_spent = 0,
            Ok(()) => {}
            Err(trouble) => spent.notices.push(not_noted(&trouble)),
        }
        error
    }

    /// 429: the account's calls of this kind pause. That they do is told also when it could not be written down.
    async fn pause(&self, reservation: &Reservation, raw: &RawAnswer, spent: &mut Asked) -> Error {
        let wait = self.wait_asked_for(raw);
        let exceeded = Period::named_in(&String::from_utf8_lossy(&raw.body));
        match self.ledger.pause(reservation, wait, exceeded).await {
            Ok(reset_at) => Error::ApolloRateLimited { reset_at },
            Err(error) => {
                spent.notices.push(not_noted(&error));
                let wait = wait
                    .unwrap_or(Duration::from_millis(exceeded.unwrap_or(Period::Minute).length_ms().unsigned_abs()));
                Error::ApolloRateLimited {
                    reset_at: timestamp(self.clock.now().as_millisecond() + wait.as_millis() as i64),
                }
            }
        }
    }

    /// `Retry-After`. A date in it is one of Apollo's clock, so it is held against the answer's own date where it has one.
    fn wait_asked_for(&self, raw: &RawAnswer) -> Option<Duration> {
        let text = |name| raw.headers.get(name).and_then(|value| value.to_str().ok());
        let answered = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
        let now = answered.and_then(|date| Timestamp::try_from(date).ok()).unwrap_or_else(|| self.clock.now());
        retry_after(text(RETRY_AFTER)?, now)
    }

    async fn shut_gates(&self, account: &Account, gate: Option<Gate<'_>>, verdict: &Verdict) -> Result<(), Error> {
        let now = self.clock.now();
        match (verdict, gate) {
            (Verdict::KeyRejected, _) => self.gates.shut_key(account.hash, now).await,
            (Verdict::EndpointShut(Shut::Forbidden { said, .. }), Some(gate)) => {
                self.gates.shut_endpoint(account.hash, gate.endpoint, said, now).await
            }
            (Verdict::OutOfCredits, Some(_)) => self.gates.shut_paid(account.hash, now).await,
            _ => Ok(()),
        }
    }
}

fn not_noted(error: &Error) -> String {
    format!("The call is counted, but its end could not be noted: {error}")
}

/// How the service did (`resilience.md`, breaker rule 7): a refusal is a healthy service; no network is not its fault.
fn outcome(verdict: &Result<Verdict, &Error>, took_ms: i64) -> Outcome {
    let slow = took_ms > Settings::default().slow_over_ms;
    match verdict {
        Err(Error::Offline) => Outcome::Offline,
        Err(_) | Ok(Verdict::Failing { .. }) => Outcome::Failure { slow },
        Ok(_) => Outcome::Healthy { slow },
    }
}

fn without_key(body: &[u8], account: &Account) -> Vec<u8> {
    let key = account.key.expose().as_bytes();
    if !body.windows(key.len()).any(|window| window == key) {
        return body.to_vec();
    }
    String::from_utf8_lossy(body).replace(account.key.expose(), "…").into_bytes()
}

fn rate_headers(raw: &RawAnswer) -> RateHeaders {
    RateHeaders::read(|name| raw.headers.get(name).and_then(|value| value.to_str().ok()))
}

/// A random number in 0..1, from the system's generator.
pub fn random() -> f64 {
    // 53 bits are what a float holds.
    (Uuid::new_v4().as_u128() >> 75) as f64 / (1_u64 << 53) as f64
}
