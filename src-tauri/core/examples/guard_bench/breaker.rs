//! The breaker's cost for one call: leave asked for, confirmed when it is about to be sent, settled as healthy. Rounds are run when standard input asks, so
//! that another process can take turns with this one.

use std::hint::black_box;
use std::io::stdin;
use std::sync::Arc;
use std::time::Instant;

use foray_core::circuit_breaker::{Breakers, Outcome as Ended, Settings, SharedBreaker, breaker::Breaker};
use foray_core::clock::{Clock, SystemClock};

use super::{Outcome, Series};

/// Calls timed together, since reading the clock would cost as much as one of them.
const BATCH: u32 = 1_000;
const BATCHES: usize = 10;

const HEALTHY: Ended = Ended::Healthy { slow: false };

pub fn serve() -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let breakers = Breakers::new(Arc::clone(&clock), Settings::default());
    let shared = breakers.of("bench");
    let mut pure = Breaker::new(Settings::default());
    let mut pure_ms = 0;
    for line in stdin().lines() {
        let series = match line?.as_str() {
            "breaker" => {
                // Whoever makes a call reads the clock before and after it, to know whether it was slow.
                let ended_ms = clock.boot_ms();
                round("breaker", || call(&shared, ended_ms))?
            }
            "breaker_timed" => round("breaker_timed", || {
                black_box(clock.boot_ms());
                call(&shared, clock.boot_ms())
            })?,
            "breaker_pure" => round("breaker_pure", || {
                pure_ms += 1;
                let permit = black_box(&mut pure).admit(pure_ms).answer.map_err(|_| "the breaker opened")?;
                black_box(pure.settle(pure_ms, permit, HEALTHY, 0.5));
                Ok(())
            })?,
            unknown => return Err(format!("there is no series {unknown:?}").into()),
        };
        series.tell()?;
    }
    Ok(())
}

fn call(shared: &SharedBreaker, ended_ms: i64) -> Outcome {
    let mut permit = shared.admit()?;
    permit.confirm()?;
    permit.settle(ended_ms, HEALTHY);
    Ok(())
}

fn round(name: &'static str, mut operation: impl FnMut() -> Outcome) -> Outcome<Series> {
    let mut series = Series::new(name);
    for _ in 0..BATCHES {
        let start = Instant::now();
        for _ in 0..BATCH {
            operation()?;
        }
        series.add(start, BATCH);
    }
    Ok(series)
}
