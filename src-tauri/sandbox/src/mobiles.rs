//! Mobile numbers, which come later than the rest: an enrichment asks for them, `webhook_result` is polled for them. They
//! are paid for when they are asked for, whether anybody polls or not. Must never call a webhook: nothing leaves this
//! machine.

use crate::{
    answers::mobile, caller::Caller, options::Fault, random::hash_text, reply::Reply, world::profile::Profile,
};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// What a mobile costs on top of the person, in hundredths of a credit.
pub const MOBILE_PRICE: u64 = 800;

/// The results on their way, under key and request id: a team sees its own only.
#[derive(Default)]
pub struct Mobiles(Mutex<HashMap<(u64, i64), Pending>>);

struct Pending {
    people: Vec<u32>,
    polls: u32,
}

impl Mobiles {
    pub fn ask_for(&self, key: &str, request_id: i64, people: Vec<u32>) {
        let mut results = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        results.insert((hash_text(key), request_id), Pending { people, polls: 0 });
    }

    /// Counts one poll; answers the people asked about and how many polls there were before. `None` for an id of nobody's.
    fn poll(&self, key: &str, request_id: i64) -> Option<(Vec<u32>, u32)> {
        let mut results = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pending = results.get_mut(&(hash_text(key), request_id))?;
        pending.polls += 1;
        Some((pending.people.clone(), pending.polls - 1))
    }
}

/// `GET webhook_result/{request_id}`.
pub fn webhook_result(caller: &Caller<'_>, request_id: &str) -> Reply {
    let refused = |status, code: &str| Reply::json(status, &json!({ "error_code": code }));
    let Ok(request_id) = request_id.parse::<i64>() else {
        return refused(400, "invalid_request_id");
    };
    let Some((people, polls)) = caller.service.mobiles.poll(caller.key, request_id) else {
        return refused(404, "request_id_unknown");
    };
    if caller.fault == Some(Fault::Expired) {
        return refused(410, "request_id_expired");
    }
    let options = &caller.service.options;
    if polls < options.pending_polls {
        let wait = options.poll_again.as_secs();
        return Reply::json(404, &json!({ "error_code": "result_pending", "retry_after_seconds": wait }));
    }
    let people = people.into_iter().filter_map(|number| caller.world().profile(number)).collect::<Vec<_>>();
    Reply::json(200, &mobile::result(request_id, &people))
}

/// In hundredths of a credit; other numbers of a person are free.
pub fn price(person: Profile<'_>) -> u64 {
    if person.direct_phone().is_some_and(|phone| phone.is_mobile) { MOBILE_PRICE } else { 0 }
}
