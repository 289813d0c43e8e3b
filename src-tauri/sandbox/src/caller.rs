//! Whoever makes a request: their key, their credits, and what this request has in store. Every charge goes through here,
//! so that credits, usage figures and log always tell the same.

use crate::{
    accounts::Credits,
    options::{Fault, Plan},
    reply::Reply,
    server::{OUT_OF_CREDITS, Service},
    world::World,
};

/// One request of one key.
pub struct Caller<'a> {
    pub service: &'a Service,
    pub key: &'a str,
    /// Its number in the log.
    pub sequence: u64,
    /// The fault that hits it, for those that change what is answered.
    pub fault: Option<Fault>,
}

impl<'a> Caller<'a> {
    pub fn plan(&self) -> Plan {
        self.service.options.plan
    }

    pub fn world(&self) -> &'a World {
        self.service.world()
    }

    /// Where the key stands.
    pub fn credits(&self) -> Credits {
        self.service.accounts.credits(self.key, self.plan())
    }

    /// The 422 of an endpoint that costs credits, when there are none left.
    pub fn out_of_credits(&self) -> Option<Reply> {
        (self.credits().left() == 0 || self.fault == Some(Fault::NoCredits)).then(|| Reply::error(422, OUT_OF_CREDITS))
    }

    /// Takes what these ids cost, in hundredths of a credit, as far as there is credit; notes it in the log and answers it.
    pub fn charge(&self, prices: impl IntoIterator<Item = (String, u64)>) -> u64 {
        let paid = prices.into_iter().filter(|(_, price)| *price > 0).collect::<Vec<_>>();
        let cost = paid.iter().map(|(_, price)| price).sum();
        let taken = self.service.accounts.charge(self.key, self.plan(), cost);
        self.service.log.charged(self.sequence, taken, paid.into_iter().map(|(id, _)| id));
        taken
    }
}
