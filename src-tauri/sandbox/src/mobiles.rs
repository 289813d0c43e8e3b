//! Mobile numbers, which come later than the rest: an enrichment asks for them, `webhook_result` is polled for them. They
//! are paid for when they are asked for, whether anybody polls or not. Must never call a webhook: nothing leaves this
//! machine.

use crate::{
    accounts::Credits,
    answers::mobile,
    caller::Caller,
    kept::Kept,
    options::Fault,
    orders::{Orders, Polled},
    random::hash_text,
    reply::Reply,
    server::now_ms,
    world::profile::Profile,
};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What a mobile costs on top of the person, in hundredths of a credit.
pub const MOBILE_PRICE: u64 = 800;

/// The results on their way, under their key: a team sees its own only.
#[derive(Default)]
pub struct Mobiles {
    results: Mutex<HashMap<u64, Orders>>,
    /// Where orders are kept beyond this stand-in.
    kept: Option<Kept>,
}

impl Mobiles {
    /// With orders that are kept in a file, if one is named, and else end with the stand-in.
    pub fn new(kept: Option<Kept>) -> Self {
        Self { results: Mutex::default(), kept }
    }

    /// Orders the mobiles of these people under the first id that is free, and answers it. `credits` is where the key stands.
    pub fn order(&self, key: &str, credits: Credits, id: impl Fn(u64) -> i64, people: &[u32]) -> i64 {
        let place = |orders: &mut Orders| orders.place(&id, people, now_ms());
        let number = hash_text(key);
        let kept = self.kept.as_ref().and_then(|kept| kept.change(number, credits, |of| place(&mut of.orders)).ok());
        kept.unwrap_or_else(|| place(self.results().entry(number).or_default()))
    }

    /// Counts one poll. `None` for an id of nobody's.
    fn poll(&self, key: &str, credits: Credits, request_id: i64, pending: u32) -> Option<Polled> {
        let poll = |orders: &mut Orders| orders.poll(request_id, pending, now_ms());
        let number = hash_text(key);
        let kept = self.kept.as_ref().and_then(|kept| {
            // Whoever ordered nothing gets no file for having asked.
            kept.read(number).ok()??;
            kept.change(number, credits, |of| poll(&mut of.orders)).ok()?
        });
        kept.or_else(|| poll(self.results().get_mut(&number)?))
    }

    fn results(&self) -> MutexGuard<'_, HashMap<u64, Orders>> {
        self.results.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET webhook_result/{request_id}`.
pub fn webhook_result(caller: &Caller<'_>, request_id: &str) -> Reply {
    let refused = |status, code: &str| Reply::json(status, &json!({ "error_code": code }));
    let Ok(request_id) = request_id.parse::<i64>() else {
        return refused(400, "invalid_request_id");
    };
    let options = &caller.service.options;
    let polled = caller.service.mobiles.poll(caller.key, caller.credits(), request_id, options.pending_polls);
    match polled {
        None => refused(404, "request_id_unknown"),
        Some(_) if caller.fault == Some(Fault::Expired) => refused(410, "request_id_expired"),
        Some(Polled::Pending) => {
            let wait = options.poll_again.as_secs();
            Reply::json(404, &json!({ "error_code": "result_pending", "retry_after_seconds": wait }))
        }
        Some(Polled::Delivered(people)) => {
            let people = people.into_iter().filter_map(|number| caller.world().profile(number)).collect::<Vec<_>>();
            Reply::json(200, &mobile::result(request_id, &people))
        }
    }
}

/// In hundredths of a credit; other numbers of a person are free.
pub fn price(person: Profile<'_>) -> u64 {
    if person.direct_phone().is_some_and(|phone| phone.is_mobile) { MOBILE_PRICE } else { 0 }
}
