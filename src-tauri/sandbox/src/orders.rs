//! The mobiles that one key has ordered and nobody has forgotten. Pure: the time is told. Must never hold anything of a person
//! but their number in the made-up world.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const DAY_MS: u64 = 86_400_000;
/// Whoever has not fetched them by then does not wait for them any more. Apollo does not say how long it keeps a result.
const KEPT_MS: u64 = 30 * DAY_MS;
/// What was delivered is answered once more to whoever died before it was written down.
const KEPT_DELIVERED_MS: u64 = DAY_MS;

/// Orders by their request id.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Orders(BTreeMap<i64, Order>);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    /// Numbers of the people, in a world of the same seed.
    people: Vec<u32>,
    polls: u32,
    forgotten_at_ms: u64,
}

/// Where an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    Pending,
    /// These people's.
    Delivered(Vec<u32>),
}

impl Orders {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes an order under the first id that is free, and answers it: each stand-in begins to count its requests anew, so an
    /// id may be that of an order of before.
    pub fn place(&mut self, id: impl Fn(u64) -> i64, people: &[u32], now_ms: u64) -> i64 {
        self.forget(now_ms);
        let mut attempt = 0;
        while self.0.contains_key(&id(attempt)) {
            attempt += 1;
        }
        let order = Order { people: people.to_vec(), polls: 0, forgotten_at_ms: now_ms.saturating_add(KEPT_MS) };
        self.0.insert(id(attempt), order);
        id(attempt)
    }

    /// Counts one poll, of which the first `pending` find nothing yet. `None` for an id of nobody's.
    pub fn poll(&mut self, request_id: i64, pending: u32, now_ms: u64) -> Option<Polled> {
        self.forget(now_ms);
        let order = self.0.get_mut(&request_id)?;
        if order.polls < pending {
            order.polls += 1;
            return Some(Polled::Pending);
        }
        order.forgotten_at_ms = order.forgotten_at_ms.min(now_ms.saturating_add(KEPT_DELIVERED_MS));
        Some(Polled::Delivered(order.people.clone()))
    }

    fn forget(&mut self, now_ms: u64) {
        self.0.retain(|_, order| now_ms < order.forgotten_at_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_waits_for_a_month_and_a_day_more_once_it_is_delivered() {
        let mut orders = Orders::default();
        assert_eq!(orders.place(|_| 7, &[1, 2], 0), 7);
        assert_eq!(orders.place(|_| 8, &[3], 0), 8);
        assert_eq!(orders.poll(7, 0, 0), Some(Polled::Delivered(vec![1, 2])));
        assert_eq!(orders.poll(7, 0, KEPT_DELIVERED_MS - 1), Some(Polled::Delivered(vec![1, 2])));
        assert_eq!(orders.poll(7, 0, KEPT_DELIVERED_MS), None, "asking again does not keep it longer");
        assert_eq!(orders.poll(8, 1, KEPT_MS - 1), Some(Polled::Pending));
        assert_eq!(orders.poll(8, 1, KEPT_MS), None);
        assert!(orders.is_empty());
    }

    #[test]
    fn an_id_that_is_taken_is_given_to_nobody_else() {
        let mut orders = Orders::default();
        let id = |attempt| 7 + attempt as i64;
        assert_eq!([1, 2, 3].map(|person| orders.place(id, &[person], 0)), [7, 8, 9]);
        assert_eq!(orders.poll(7, 0, 0), Some(Polled::Delivered(vec![1])));
    }
}
