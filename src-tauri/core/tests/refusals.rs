//! Refusals told again from memory are those that the file would tell: asked beside a ledger that was just opened, and so
//! remembers nothing, while calls, headers, pauses, clocks and another process go their random ways.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::Duration;

use foray_core::TenantId;
use foray_core::clock::ManualClock;
use foray_core::rate_limit::headers::Seen;
use foray_core::rate_limit::{
    AccountHash, EndpointClass, HOUR_MS, Haste, LEASE_MS, Ledger, Marked, Period, RateHeaders, Reservation,
};
use tempfile::TempDir;

/// 20 s into a minute, 800 s into an hour.
const BEGIN_MS: i64 = 1_700_000_000_000;
const CLASS: EndpointClass = EndpointClass::PeopleSearch;
const STEPS: usize = 2_000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn ms(&mut self, bound: i64) -> i64 {
        self.below(bound.unsigned_abs()).cast_signed()
    }
}

/// A folder in memory where the system offers one; what is proved is the same there.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn open(folder: &TempDir, clock: &Arc<ManualClock>) -> Ledger {
    Ledger::open(&folder.path().join("ledger.sqlite"), Arc::clone(clock) as _, false).unwrap().ledger
}

fn told(dice: &mut Dice) -> RateHeaders {
    let mut seen = |limits: [u32; 3]| {
        (dice.below(2) == 0).then(|| {
            let limit = limits[dice.below(3) as usize];
            Seen { limit, used: limit - dice.below(u64::from(limit.min(4)) + 1) as u32 }
        })
    };
    RateHeaders { minute: seen([0, 4, 50]), hour: seen([8, 40, 200]), day: seen([30, 400, 6_000]) }
}

/// Ends a call in one of the ways in which calls end.
async fn end(ledger: &Ledger, reservation: Reservation, dice: &mut Dice) {
    match dice.below(8) {
        0 => ledger.release(reservation).await.unwrap(),
        // Its lease runs out.
        1 => drop(reservation),
        way => {
            if ledger.sending(&reservation).await.unwrap() == Marked::LeaseRanOut {
                return;
            }
            match way {
                2 => ledger.unsent(reservation).await.unwrap(),
                3 => {
                    let wait = Duration::from_secs(dice.below(120));
                    let exceeded = [None, Some(Period::Minute)][dice.below(2) as usize];
                    ledger.pause(&reservation, Some(wait), exceeded).await.unwrap();
                }
                4 => ledger.commit(&reservation, Some(told(dice))).await.unwrap(),
                _ => ledger.commit(&reservation, None).await.unwrap(),
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_from_memory_is_the_one_that_the_file_would_tell() {
    let (folder, clock) = (folder(), Arc::new(ManualClock::at(BEGIN_MS)));
    let ledgers = [open(&folder, &clock), open(&folder, &clock)];
    let tenants = [TenantId::generate(), TenantId::generate()];
    let accounts = [None, Some(AccountHash::of_key("shared"))];
    let (mut dice, mut off_by_ms, mut under_way) = (Dice(4), 0, Vec::new());
    let (mut refused, mut admitted) = (0, 0);
    for step in 0..STEPS {
        match dice.below(12) {
            0..4 => clock.advance(dice.ms(2_000)),
            4..6 => clock.advance(dice.ms(2 * LEASE_MS)),
            6 => clock.advance(dice.ms(HOUR_MS / 4)),
            7 => {
                let off: i64 = [0, 1, -1, 30_000, -30_000, HOUR_MS, -HOUR_MS][dice.below(7) as usize];
                clock.step_wall(off - std::mem::replace(&mut off_by_ms, off));
            }
            _ => {}
        }
        let ledger = &ledgers[dice.below(2) as usize];
        let tenant = tenants[dice.below(2) as usize];
        let account = accounts[dice.below(2) as usize];
        let limit = [0, 3, 12][dice.below(3) as usize];
        let haste = [Haste::Click, Haste::LongWork][dice.below(2) as usize];
        for again in 0..4 {
            match ledger.reserve_in(haste, tenant, limit, account, CLASS).await {
                Ok(reservation) => {
                    admitted += 1;
                    under_way.push(reservation);
                    break;
                }
                Err(error) => {
                    refused += 1;
                    let anew = open(&folder, &clock).reserve_in(haste, tenant, limit, account, CLASS).await;
                    assert_eq!(anew.err(), Some(error), "step {step}, asked {again} times before");
                }
            }
            // Nobody writes in between, so that only time and the clocks may end the refusal.
            let ms = [0, 1, 5_000, 40_000][dice.below(4) as usize];
            clock.advance(ms);
            let jitter = [0, 0, 1, -1, 20_000, -20_000][dice.below(6) as usize];
            off_by_ms += jitter;
            clock.step_wall(jitter);
        }
        if !under_way.is_empty() && dice.below(3) == 0 {
            let reservation = under_way.swap_remove(dice.below(under_way.len() as u64) as usize);
            end(&ledgers[dice.below(2) as usize], reservation, &mut dice).await;
        }
    }
    println!("{refused} refused, {admitted} admitted");
    assert!(refused > STEPS / 4 && admitted > STEPS / 20, "{refused} refused, {admitted} admitted: a dull run");
}
