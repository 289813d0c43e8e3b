//! The exact log against a ten-line list of timestamps: in memory, then through the ledger's file on a virtual clock,
//! with leases, releases and restarts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use foray_core::clock::{Clock as _, ManualClock};
use foray_core::rate_limit::log::Log;
use foray_core::rate_limit::{EndpointClass, HOUR_MS, LEASE_MS, Ledger, Marked, Reservation};
use foray_core::{Error, TenantId};
use proptest::prelude::*;

/// The ten lines.
#[derive(Default)]
struct List(Vec<i64>);

impl List {
    fn held(&self, now_ms: i64) -> usize {
        self.0.iter().filter(|at| **at > now_ms - HOUR_MS).count()
    }

    fn ask(&mut self, now_ms: i64, limit: usize, cost: usize) -> bool {
        let fits = self.held(now_ms) + cost <= limit;
        self.0.extend(std::iter::repeat_n(now_ms, if fits { cost } else { 0 }));
        fits
    }

    /// The first moment at which one more fits.
    fn reset(&self, now_ms: i64, limit: usize) -> i64 {
        let moments = std::iter::once(now_ms).chain(self.0.iter().map(|at| at + HOUR_MS));
        moments.filter(|at| *at >= now_ms && self.held(*at) < limit).min().unwrap()
    }
}

/// Steps in time that often land on the edge of the window.
fn step() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0..3_i64, 4 => 0..60_000_i64, 1 => 0..HOUR_MS, 1 => HOUR_MS - 2..HOUR_MS + 2]
}

proptest! {
    #[test]
    fn the_log_decides_as_a_list_of_timestamps_does(
        limit in 1..12_u32,
        asked in prop::collection::vec((step(), 1..4_u32), 1..200),
    ) {
        let (mut log, mut list, mut now_ms) = (Log::default(), List::default(), 1_000_000);
        for (step_ms, cost) in asked {
            now_ms += step_ms;
            let decision = log.admit(now_ms, limit, cost);
            prop_assert_eq!(decision.success, list.ask(now_ms, limit as usize, cost as usize));
            prop_assert_eq!(decision.remaining as usize, limit as usize - list.held(now_ms));
            prop_assert_eq!(decision.reset_ms, list.reset(now_ms, limit as usize));
        }
    }

    #[test]
    fn a_log_whose_time_goes_back_never_frees_a_call(
        steps in prop::collection::vec(-2 * HOUR_MS..HOUR_MS, 1..200),
    ) {
        let (mut log, mut list, mut now_ms, mut latest_ms) = (Log::default(), List::default(), 0, i64::MIN);
        for step_ms in steps {
            now_ms += step_ms;
            latest_ms = latest_ms.max(now_ms);
            prop_assert_eq!(log.admit(now_ms, 3, 1).success, list.ask(latest_ms, 3, 1));
        }
    }
}

/// `SplitMix64`: the same sequence for the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound.unsigned_abs()).cast_signed()
    }
}

#[test]
fn a_million_events_are_decided_as_a_list_of_timestamps_does() {
    let mut dice = Dice(4);
    for limit in [1_u32, 2, 7, 20, 100] {
        let (mut log, mut list, mut now_ms, mut admitted) = (Log::default(), List::default(), 0, 0);
        for event in 0..200_000 {
            now_ms += match dice.below(40) {
                0..14 => 0,
                14..30 => dice.below(2 * HOUR_MS / i64::from(limit) / 3),
                30..39 => dice.below(3),
                _ => [HOUR_MS / 4, HOUR_MS - 1, HOUR_MS, HOUR_MS + 1][dice.below(4) as usize] / i64::from(limit.min(5)),
            };
            let cost = if dice.below(8) == 0 { dice.below(4) as u32 } else { 1 };
            let decision = log.admit(now_ms, limit, cost);
            list.0.retain(|at| *at > now_ms - HOUR_MS);
            let place = format!("limit {limit}, event {event}");
            assert_eq!(decision.success, list.ask(now_ms, limit as usize, cost as usize), "{place}");
            assert_eq!(decision.remaining as usize, limit as usize - list.held(now_ms), "{place}");
            let reset_ms = if list.0.len() < limit as usize { now_ms } else { list.0[0] + HOUR_MS };
            assert_eq!(decision.reset_ms, reset_ms, "{place}");
            admitted += usize::from(decision.success);
        }
        assert!((20_000..180_000).contains(&admitted), "limit {limit}: {admitted} admitted, a dull run");
    }
}

/// What may happen to a ledger. Numbers choose among the reservations that are open.
#[derive(Debug, Clone)]
enum Act {
    Pass(i64),
    SetWallClock(i64),
    Reserve(usize),
    Send(usize),
    Commit(usize),
    Release(usize),
    Forget(usize),
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => prop_oneof![0..3_i64, 0..LEASE_MS, LEASE_MS - 1..LEASE_MS + 2, 0..HOUR_MS].prop_map(Act::Pass),
        1 => (-2 * HOUR_MS..2 * HOUR_MS).prop_map(Act::SetWallClock),
        12 => (0..2_usize).prop_map(Act::Reserve),
        6 => (0..9_usize).prop_map(Act::Send),
        3 => (0..9_usize).prop_map(Act::Commit),
        2 => (0..9_usize).prop_map(Act::Release),
        2 => (0..9_usize).prop_map(Act::Forget),
        1 => Just(Act::Restart),
    ]
}

/// A counted call as the list sees it.
#[derive(Clone, Copy)]
struct Counted {
    tenant: usize,
    at_ms: i64,
    sent: bool,
}

impl Counted {
    fn leaves_ms(self) -> i64 {
        self.at_ms + if self.sent { HOUR_MS } else { LEASE_MS }
    }
}

const LIMIT: u32 = 4;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_decides_as_a_list_of_timestamps_does(acts in prop::collection::vec(act(), 1..150)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(through_the_ledger(acts));
    }
}

async fn through_the_ledger(acts: Vec<Act>) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(1_700_000_000_000));
    let open = || {
        let opened = Ledger::open(&folder.path().join("ledger.sqlite"), Arc::clone(&clock) as _, false).unwrap();
        assert_eq!(opened.notice, None);
        opened.ledger
    };
    let tenants = [TenantId::generate(), TenantId::generate()];
    let mut ledger = open();
    let mut counted: Vec<Counted> = Vec::new();
    let mut held: Vec<(Reservation, usize)> = Vec::new();
    for act in acts {
        let now_ms = clock.read().boot_ms;
        let pick = |number: usize| (!held.is_empty()).then(|| number % held.len());
        match act {
            Act::Pass(ms) => clock.advance(ms),
            Act::SetWallClock(ms) => clock.step_wall(ms),
            Act::Restart => ledger = open(),
            Act::Reserve(tenant) => {
                let mut leaving: Vec<i64> = counted
                    .iter()
                    .filter(|call| call.tenant == tenant && call.leaves_ms() > now_ms)
                    .map(|call| call.leaves_ms())
                    .collect();
                leaving.sort_unstable();
                match ledger.reserve(tenants[tenant], LIMIT, None, EndpointClass::PeopleSearch).await {
                    Ok(reservation) => {
                        assert!(leaving.len() < LIMIT as usize, "over the limit");
                        assert_eq!(reservation.remaining() as usize, LIMIT as usize - leaving.len() - 1);
                        held.push((reservation, counted.len()));
                        counted.push(Counted { tenant, at_ms: now_ms, sent: false });
                    }
                    Err(Error::RateLimited { reset_at }) => {
                        assert_eq!(leaving.len(), LIMIT as usize, "refused too early");
                        let wait_ms = reset_at.as_millisecond() - clock.now().as_millisecond();
                        assert_eq!(wait_ms, leaving[0] - now_ms);
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }
            Act::Send(number) => {
                if let Some(index) = pick(number) {
                    let (reservation, call) = &held[index];
                    let marked = ledger.sending(reservation).await.unwrap();
                    let call = &mut counted[*call];
                    if call.sent || call.leaves_ms() <= now_ms {
                        assert_eq!(marked, Marked::LeaseRanOut);
                    } else {
                        assert_eq!(marked, Marked::Sending);
                        (call.sent, call.at_ms) = (true, now_ms);
                    }
                }
            }
            Act::Commit(number) => {
                if let Some(index) = pick(number) {
                    ledger.commit(&held[index].0, None).await.unwrap();
                }
            }
            Act::Release(number) => {
                if let Some(index) = pick(number) {
                    let (reservation, call) = held.swap_remove(index);
                    ledger.release(reservation).await.unwrap();
                    if !counted[call].sent {
                        counted[call].at_ms = i64::MIN / 2;
                    }
                }
            }
            Act::Forget(number) => {
                if let Some(index) = pick(number) {
                    drop(held.swap_remove(index));
                }
            }
        }
    }
}
