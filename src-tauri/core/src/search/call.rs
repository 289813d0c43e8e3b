//! One HTTP call through all that stands in front of Apollo: gate, breaker, limiter, deadline, classification. Every call
//! goes through here, so none can be made that is not counted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::RETRY_AFTER;
use serde_json::Value;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::access::{Access, Account};
use crate::apollo::Endpoint;
use crate::apollo::classify::{Shut, Verdict, classify};
use crate::apollo::client::RawAnswer;
use crate::circuit_breaker::{BreakerChange, BreakerStatus, Breakers, Gates, Outcome, Settings};
use crate::clock::Clock;
use crate::error::Error;
use crate::rate_limit::{EndpointClass, Ledger, Marked, Period, RateHeaders, Reservation, retry_after};

/// A reservation whose lease ran out is taken anew this often, before the disk is said to be too slow.
const RESERVATIONS_TRIED: u32 = 3;

/// A body to send, or none for a GET.
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
}

/// Breakers (one for each origin), gates and ledger of this process.
pub struct Gateway {
    breakers: Breakers,
    gates: Gates,
    ledger: Ledger,
    clock: Arc<dyn Clock>,
}

impl Gateway {
    pub fn new(ledger: Ledger, clock: Arc<dyn Clock>) -> Self {
        let breakers = Breakers::new(Arc::clone(&clock), Settings::default());
        Self { breakers, gates: Gates::default(), ledger, clock }
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

    /// Sends a POST below `/api/v1/`.
    pub async fn post(
        &self,
        access: &Access,
        account: &Account,
        class: EndpointClass,
        endpoint: Option<Endpoint>,
        path: &str,
        body: &Value,
    ) -> Asked {
        self.ask(access, account, class, endpoint, path, &Sending::Post(body)).await
    }

    /// Sends a GET below `/api/v1/`.
    pub async fn get(&self, access: &Access, account: &Account, class: EndpointClass, path: &str) -> Asked {
        self.ask(access, account, class, None, path, &Sending::Get).await
    }

    async fn ask(
        &self,
        access: &Access,
        account: &Account,
        class: EndpointClass,
        endpoint: Option<Endpoint>,
        path: &str,
        sending: &Sending<'_>,
    ) -> Asked {
        let mut asked = Asked { calls_spent: 0, body: Err(Error::Unreadable), notices: Vec::new() };
        asked.body = self.pass(access, account, class, endpoint, path, sending, &mut asked).await;
        asked
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all that makes up a call comes together")]
    async fn pass(
        &self,
        access: &Access,
        account: &Account,
        class: EndpointClass,
        endpoint: Option<Endpoint>,
        path: &str,
        sending: &Sending<'_>,
        spent: &mut Asked,
    ) -> Result<Vec<u8>, Error> {
        if let Some(endpoint) = endpoint {
            self.gates.check(account.hash, endpoint.path(), endpoint.credits_at_most() > 0)?;
        }
        // A permit that is dropped without a result, here or by a cancel, goes back and counts for nothing.
        let permit = self.breakers.of(&access.origin_label).admit()?;
        let reservation = self.reserve(access, account, class).await?;
        spent.calls_spent = 1;
        let began = Instant::now();
        let reply = match sending {
            Sending::Post(body) => access.client.post(&account.key, path, body).await,
            Sending::Get => access.client.get(&account.key, path).await,
        };
        let took = began.elapsed();
        let verdict = reply.as_ref().map(|raw| classify(raw.status, &raw.body));
        permit.settle(outcome(&verdict, took));
        let headers = reply.as_ref().ok().map(rate_headers);
        if let Err(error) = self.ledger.commit(&reservation, headers).await {
            spent.notices.push(format!("The call is counted, but its end could not be noted: {error}"));
        }
        let raw = reply?;
        // Apollo's words are shown; should they repeat the key, it is taken out of them.
        let verdict = classify(raw.status, &without_key(&raw.body, account));
        if verdict == Verdict::TooMany {
            return Err(Error::ApolloRateLimited { reset_at: self.pause(&reservation, &raw).await? });
        }
        if verdict == Verdict::KeyRejected {
            self.gates.shut_key(account.hash);
        }
        if let Some(endpoint) = endpoint {
            self.shut_gates(account, endpoint, &verdict);
        }
        match verdict.error(endpoint.unwrap_or(Endpoint::Free)) {
            Some(error) => Err(error),
            None => Ok(raw.body),
        }
    }

    /// Takes one of the tenant's calls and marks it as sending, on the disk, before anything is sent.
    async fn reserve(&self, access: &Access, account: &Account, class: EndpointClass) -> Result<Reservation, Error> {
        let (tenant, limit) = (access.tenant(), access.workspace.calls_per_hour);
        for _ in 0..RESERVATIONS_TRIED {
            let reservation = self.ledger.reserve(tenant, limit, Some(account.hash), class).await?;
            if self.ledger.sending(&reservation).await? == Marked::Sending {
                return Ok(reservation);
            }
        }
        Err(Error::Storage {
            what: "The call ledger".to_owned(),
            why: "the disk is too slow. Close other programs and try again".to_owned(),
        })
    }

    async fn pause(&self, reservation: &Reservation, raw: &RawAnswer) -> Result<jiff::Timestamp, Error> {
        let wait = raw
            .headers
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| retry_after(text, self.clock.now()));
        let exceeded = Period::named_in(&String::from_utf8_lossy(&raw.body));
        self.ledger.pause(reservation, wait, exceeded).await
    }

    fn shut_gates(&self, account: &Account, endpoint: Endpoint, verdict: &Verdict) {
        match verdict {
            Verdict::EndpointShut(Shut::Forbidden { said }) => {
                self.gates.shut_endpoint(account.hash, endpoint.path(), said);
            }
            Verdict::OutOfCredits => self.gates.shut_paid(account.hash),
            _ => {}
        }
    }
}

/// How the service did (`resilience.md`, breaker rule 7): a refusal is a healthy service; no network is not its fault.
fn outcome(verdict: &Result<Verdict, &Error>, took: Duration) -> Outcome {
    let slow = took.as_millis() > Settings::default().slow_over_ms as u128;
    match verdict {
        Err(Error::Offline) => Outcome::Neutral,
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
