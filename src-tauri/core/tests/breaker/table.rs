//! The table of docs/circuit-breaker.md, row by row. Each case plays its row and tells what it saw; the row's words for state,
//! state after and event told have to say the same. A row without a case fails, and so does a case without a row.

use foray_core::circuit_breaker::breaker::{Change, Permit};
use foray_core::circuit_breaker::{Outcome, State};

use crate::{Bench, FAILED, OK, SLOW, TIMED_OUT};

const PAGE: &str = include_str!("../../../../docs/circuit-breaker.md");

/// One row of the page, as far as a case can tell.
#[derive(Debug, PartialEq)]
struct Row {
    id: String,
    before: String,
    after: String,
    told: String,
}

fn rows() -> Vec<Row> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let table = PAGE.lines().skip_while(|line| !line.starts_with("| id |")).take_while(|line| line.starts_with('|'));
    table
        .skip(2)
        .map(|line| match <[String; 7]>::try_from(cells(line)) {
            Ok([id, before, _event, _condition, _effect, after, told]) => Row { id, before, after, told },
            Err(cells) => panic!("{} cells instead of 7: {line}", cells.len()),
        })
        .collect()
}

/// What a case saw of its one event.
struct Seen {
    before: State,
    after: State,
    told: Option<Change>,
}

impl Seen {
    fn row(&self, id: &str) -> Row {
        let told = self.told.as_ref().map_or("—".to_owned(), |change| {
            assert_eq!((change.from, change.to), (self.before, self.after), "{id}");
            let verb = match change.to {
                State::Closed => "closed",
                State::Open => "opened",
                State::HalfOpen => "half-opened",
            };
            format!("{verb}: {}", change.reason)
        });
        Row { id: id.to_owned(), before: word(self.before), after: word(self.after), told }
    }
}

fn word(state: State) -> String {
    match state {
        State::Closed => "closed",
        State::Open => "open",
        State::HalfOpen => "half-open",
    }
    .to_owned()
}

impl Bench {
    /// Plays the event of a row, `after_ms` later.
    fn see(&mut self, after_ms: i64, event: impl FnOnce(&mut Self) -> Option<Change>) -> Seen {
        let before = self.state();
        self.wait(after_ms);
        let told = event(self);
        Seen { before, after: self.state(), told }
    }

    /// [`Self::see`] for an event that has to leave the breaker as it is.
    fn see_nothing(&mut self, after_ms: i64, event: impl FnOnce(&mut Self) -> Option<Change>) -> Seen {
        // Time passes all the same, and may end nothing here.
        self.breaker.tick(self.now_ms + after_ms);
        let untouched = self.breaker.clone();
        let seen = self.see(after_ms, event);
        assert_eq!(self.breaker, untouched, "it was touched");
        seen
    }

    /// A call asks and has to be refused until `until_ms` from now on.
    fn refused(&mut self, until_ms: i64) -> Option<Change> {
        let asked = self.ask();
        assert_eq!(asked.answer.unwrap_err().retry_at_ms, self.now_ms + until_ms);
        asked.change
    }

    /// A call asks and has to become the probe; the next is refused for the length of the lease.
    fn becomes_probe(&mut self) -> Option<Change> {
        let asked = self.ask();
        assert!(asked.answer.unwrap().is_probe());
        assert_eq!(self.refused(15_000), None);
        asked.change
    }

    /// A call goes out and has to be the probe; the next is refused for the length of the lease.
    fn goes_out_as_probe(&mut self, permit: Permit) -> Option<Change> {
        let asked = self.goes_out(permit);
        assert!(asked.answer.unwrap().is_probe());
        assert_eq!(self.refused(15_000), None);
        asked.change
    }

    fn probed() -> (Self, Permit) {
        let mut bench = Self::half_opened();
        let probe = bench.admit().unwrap();
        assert!(probe.is_probe());
        (bench, probe)
    }

    /// With a permit of before it opened.
    fn opened_with_a_call_under_way() -> (Self, Permit) {
        let mut bench = Self::new();
        let late = bench.admit().unwrap();
        bench.calls(&[FAILED; 5]);
        (bench, late)
    }

    /// Its window has to be empty: four failures do not open it, five do.
    fn has_an_empty_window(&mut self) {
        self.calls(&[FAILED; 4]);
        assert_eq!(self.state(), State::Closed);
        self.call(FAILED);
        assert_eq!(self.state(), State::Open);
    }
}

/// A bench whose calls have ended thus, and the event: one more that does.
fn ends_after(outcomes: &[Outcome], last: Outcome) -> Seen {
    let mut bench = Bench::new();
    bench.calls(outcomes);
    bench.see(0, |bench| bench.call(last))
}

const ANY_RESULT: [Outcome; 6] = [OK, SLOW, FAILED, TIMED_OUT, Outcome::Neutral, Outcome::Offline];

/// Plays an event for each result there is; all of them have to look the same.
fn for_any_result(play: fn(Outcome) -> Seen) -> Seen {
    let mut all = ANY_RESULT.map(play).into_iter();
    let first = all.next().unwrap();
    for other in all {
        assert_eq!((other.before, other.after, &other.told), (first.before, first.after, &first.told));
    }
    first
}

type Case = fn() -> Seen;

const CASES: [(&str, Case); 38] = [
    ("C1", || {
        Bench::new().see_nothing(0, |bench| {
            let generation = bench.breaker.closed_generation().unwrap();
            let asked = bench.ask();
            let permit = asked.answer.unwrap();
            assert_eq!((permit.is_probe(), permit.generation()), (false, generation));
            asked.change
        })
    }),
    ("C2", || ends_after(&[FAILED; 4], OK)),
    ("C3", || ends_after(&[OK, OK, SLOW, SLOW], SLOW)),
    ("C4", || ends_after(&[OK, SLOW, SLOW, SLOW], SLOW)),
    ("C5", || ends_after(&[FAILED, FAILED, FAILED, FAILED], SLOW)),
    ("C6", || ends_after(&[OK, OK, OK, FAILED], FAILED)),
    ("C7", || ends_after(&[OK, OK, OK, OK, OK, OK, FAILED, FAILED, FAILED, FAILED], FAILED)),
    ("C8", || ends_after(&[FAILED, OK, FAILED, OK, OK], FAILED)),
    ("C9", || ends_after(&[OK, SLOW, SLOW, SLOW], TIMED_OUT)),
    ("C10", || {
        let mut bench = Bench::new();
        bench.calls(&[FAILED; 4]);
        let seen = bench.see_nothing(0, |bench| bench.call(Outcome::Neutral));
        assert_eq!(bench.call(FAILED).unwrap().reason, "The last 5 calls failed.");
        seen
    }),
    ("C11", || {
        let mut bench = Bench::new();
        bench.calls(&[FAILED; 4]);
        let seen = bench.see(0, |bench| bench.call(Outcome::Offline));
        let since = bench.status().offline_since_ms;
        assert_eq!(since, Some(bench.now_ms));
        bench.wait(10_000).call(Outcome::Offline);
        assert_eq!(bench.status().offline_since_ms, since, "since the first one");
        assert_eq!(bench.call(FAILED).unwrap().reason, "The last 5 calls failed.");
        assert_eq!(bench.status().offline_since_ms, None);
        seen
    }),
    ("C12", || {
        for_any_result(|outcome| {
            let (mut bench, late) = Bench::opened_with_a_call_under_way();
            bench.wait(30_000).call(OK);
            bench.see_nothing(0, |bench| bench.settle(late, outcome))
        })
    }),
    ("C13", || {
        let mut bench = Bench::half_opened();
        bench.call(FAILED);
        bench.now_ms = bench.status().retry_at_ms.unwrap();
        bench.call(OK);
        let seen = bench.see(60_000, |bench| bench.call(OK));
        bench.calls(&[FAILED; 4]);
        assert_eq!(bench.open_for_ms(), 30_000, "not the 60 s it had grown to, and nothing of it random");
        seen
    }),
    ("C14", || Bench::new().see_nothing(1_000_000, Bench::tick)),
    ("C15", || {
        let mut bench = Bench::new();
        let permit = bench.admit().unwrap();
        bench.see_nothing(1_000_000, |bench| {
            assert_eq!(bench.breaker.closed_generation(), Some(permit.generation()));
            bench.goes_out(permit).change
        })
    }),
    ("C16", || {
        let (mut bench, late) = Bench::opened_with_a_call_under_way();
        bench.wait(30_000).call(OK);
        let seen = bench.see_nothing(0, |bench| {
            assert_ne!(bench.breaker.closed_generation(), Some(late.generation()));
            let asked = bench.goes_out(late);
            assert_eq!(
                bench.breaker.closed_generation(),
                Some(asked.answer.unwrap().generation()),
                "it has a say again"
            );
            asked.change
        });
        bench.has_an_empty_window();
        seen
    }),
    ("O1", || Bench::opened().see_nothing(29_999, |bench| bench.refused(1))),
    ("O2", || Bench::opened().see(30_000, Bench::becomes_probe)),
    ("O3", || {
        for_any_result(|outcome| {
            let (mut bench, late) = Bench::opened_with_a_call_under_way();
            bench.see_nothing(29_999, |bench| bench.settle(late, outcome))
        })
    }),
    ("O4", || {
        for_any_result(|outcome| {
            let (mut bench, late) = Bench::opened_with_a_call_under_way();
            let seen = bench.see(30_000, |bench| bench.settle(late, outcome));
            assert_eq!(bench.breaker, Bench::half_opened().breaker, "as if only time had passed");
            seen
        })
    }),
    ("O5", || Bench::opened().see_nothing(29_999, Bench::tick)),
    ("O6", || Bench::opened().see(30_000, Bench::tick)),
    ("O7", || {
        let (mut bench, late) = Bench::opened_with_a_call_under_way();
        bench.see_nothing(29_999, |bench| {
            assert_eq!(bench.breaker.closed_generation(), None);
            let asked = bench.goes_out(late);
            assert_eq!(asked.answer.unwrap_err().retry_at_ms, bench.now_ms + 1);
            asked.change
        })
    }),
    ("O8", || {
        let (mut bench, late) = Bench::opened_with_a_call_under_way();
        bench.see(30_000, |bench| bench.goes_out_as_probe(late))
    }),
    ("H1", || Bench::half_opened().see(100_000, Bench::becomes_probe)),
    ("H2", || Bench::probed().0.see_nothing(14_999, |bench| bench.refused(1))),
    ("H3", || {
        let (mut bench, before) = Bench::probed();
        let seen = bench.see(15_000, Bench::becomes_probe);
        let untouched = bench.breaker.clone();
        assert_eq!(bench.settle(before, OK), None);
        assert_eq!(bench.breaker, untouched);
        seen
    }),
    ("H4", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(100, |bench| bench.settle(probe, OK));
        bench.has_an_empty_window();
        seen
    }),
    ("H5", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(9_000, |bench| bench.settle(probe, SLOW));
        bench.has_an_empty_window();
        seen
    }),
    ("H6", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(100, |bench| bench.settle(probe, TIMED_OUT));
        assert_eq!(bench.open_for_ms(), 45_000, "half of 60 s, and of the other half what the random number says");
        seen
    }),
    ("H7", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(100, |bench| bench.settle(probe, Outcome::Neutral));
        assert!(bench.admit().unwrap().is_probe());
        seen
    }),
    ("H8", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(100, |bench| bench.settle(probe, Outcome::Offline));
        assert_eq!(bench.status().offline_since_ms, Some(bench.now_ms));
        assert!(bench.admit().unwrap().is_probe());
        seen
    }),
    ("H9", || {
        for_any_result(|outcome| {
            let (mut bench, late) = Bench::opened_with_a_call_under_way();
            let lost = bench.wait(30_000).admit().unwrap();
            let next = bench.wait(15_000).admit().unwrap();
            bench.see_nothing(0, |bench| bench.settle(late, outcome));
            let seen = bench.see_nothing(0, |bench| bench.settle(lost, outcome));
            assert_eq!(bench.refused(15_000), None, "it freed nothing either");
            bench.settle(next, OK);
            assert_eq!(bench.state(), State::Closed);
            seen
        })
    }),
    ("H10", || {
        Bench::half_opened().see_nothing(1_000_000, Bench::tick);
        Bench::probed().0.see_nothing(14_999, Bench::tick)
    }),
    ("H11", || {
        let (mut bench, _lost) = Bench::probed();
        let seen = bench.see(15_000, Bench::tick);
        assert!(bench.admit().unwrap().is_probe());
        seen
    }),
    ("H12", || {
        let (mut bench, probe) = Bench::probed();
        let seen = bench.see(14_999, |bench| bench.goes_out_as_probe(probe));
        assert_eq!(bench.wait(14_999).refused(1), None, "it holds the breaker for the length of a lease from then on");
        seen
    }),
    ("H13", || {
        let (mut bench, given_up) = Bench::probed();
        bench.wait(15_000).tick();
        bench.see(0, |bench| bench.goes_out_as_probe(given_up));
        let (mut bench, late) = Bench::opened_with_a_call_under_way();
        bench.wait(30_000).tick();
        bench.see(0, |bench| bench.goes_out_as_probe(late))
    }),
    ("H14", || {
        let (mut bench, late) = Bench::opened_with_a_call_under_way();
        let _probe = bench.wait(30_000).admit().unwrap();
        bench.see_nothing(14_999, |bench| {
            let asked = bench.goes_out(late);
            assert_eq!(asked.answer.unwrap_err().retry_at_ms, bench.now_ms + 1);
            asked.change
        })
    }),
];

#[test]
fn each_row_of_the_page_is_what_the_breaker_does() {
    let rows = rows();
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, CASES.map(|(id, _)| id), "rows of the page, cases of this file");
    for (row, (id, play)) in rows.iter().zip(CASES) {
        assert_eq!(*row, play().row(id));
    }
}
