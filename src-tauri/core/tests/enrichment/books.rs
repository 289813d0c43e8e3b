//! Hundreds of paid requests, a crash or a lost answer around many of them: the stand-in's log against the books.

use std::collections::HashMap;

use foray_core::apollo::classify::{Verdict, classify};
use foray_core::apollo::enrichment::{BULK_MATCH, Clue, Reveal, bulk_body, path, read_bulk};
use foray_core::apollo::usage::{CREDIT_USAGE, read_credit_usage};
use foray_core::credits::Credits;
use foray_core::enrich::EnrichWhat;
use foray_core::enrich::look_up::{Figures, LookedUp, look_up};
use foray_core::enrich::paid::{Event, Request, State};
use foray_core::enrich::plan::Plan;
use foray_core::enrich::standing::{Knowledge, Known, Wish};
use serde_json::json;

use super::Desk;

/// A journal as a runner keeps it: what the disk holds survives a crash, what memory holds does not.
struct Journal {
    disk: Vec<(Request, Vec<Clue>)>,
}

impl Journal {
    fn step(&mut self, place: usize, event: Event) -> Option<usize> {
        let stepped = self.disk[place].0.step(event).unwrap();
        self.disk[place].0 = stepped.request;
        stepped.again.map(|again| {
            let clues = self.disk[place].1.clone();
            self.disk.push((again, clues));
            self.disk.len() - 1
        })
    }

    fn booked(&self) -> (Credits, Credits) {
        let booked = self.disk.iter().map(|(request, _)| request.booked());
        booked.fold((Credits::NONE, Credits::NONE), |(charged, unknown), booked| {
            (charged + booked.charged, unknown + booked.unknown)
        })
    }
}

fn charged_by_the_stand_in(desk: &Desk) -> Credits {
    let hundredths: u64 = desk.sandbox.requests().iter().map(|request| request.charged_hundredths).sum();
    Credits::from_thousandths(hundredths * 10)
}

async fn consumed(desk: &Desk) -> Credits {
    desk.set_faults("");
    let answer = desk.post(CREDIT_USAGE, &json!({})).await.unwrap();
    read_credit_usage(&answer.body).unwrap().lead().consumed.unwrap()
}

/// Sends a journalled request and says what came of it; none for a crash before the answer was noted.
async fn send(desk: &Desk, clues: &[Clue], crashes: bool) -> Option<Event> {
    let answer = desk.post(&path(BULK_MATCH, Reveal::default()), &bulk_body(clues)).await;
    if crashes {
        return None;
    }
    Some(match answer {
        Err(error) => Event::of(&error),
        Ok(answer) => match classify(answer.status, &answer.body) {
            Verdict::Good => match read_bulk(clues, &answer.body) {
                Ok(read) => Event::Answered(read.credits),
                Err(error) => Event::of(&error),
            },
            Verdict::TooMany => Event::Refused,
            verdict => Event::of(&verdict.error("people/bulk_match").unwrap()),
        },
    })
}

/// What goes wrong with each request, over and over.
const DAYS: [&str; 11] =
    ["", "charged-5xx=1", "", "drop=1", "5xx=1", "garbage=1", "charged-hang=1", "429=1", "no-credits=1", "401=1", ""];

#[tokio::test]
async fn whatever_goes_wrong_the_books_hold_and_nobody_is_paid_for_twice_without_the_users_word() {
    let desk = Desk::new().await;
    let mut selected = Vec::new();
    for page in 1..=7 {
        selected.extend(desk.clues(page).await);
    }
    let known = Known::Person(Knowledge::default());
    let selected = selected.into_iter().map(|clue| (Some(clue), known));
    let plan = Plan::of(EnrichWhat::People, selected, Wish::default());
    assert!(plan.calls() > 55 && plan.counts.repeated > 10, "pages overlap: {:?}", plan.counts);
    let mut journal = Journal { disk: Vec::new() };
    let (mut words, mut unknown_once, mut retried) = (HashMap::new(), 0, 0);
    for (number, batch) in plan.batches.iter().enumerate() {
        journal.disk.push((Request::planned(plan.next_at_most().times(batch.len() as u64)), batch.clone()));
        let mut place = journal.disk.len() - 1;
        let mut attempts = 0;
        loop {
            let before = consumed(&desk).await;
            journal.step(place, Event::Journalled);
            let (crash_before, crash_after) = (number % 7 == 3 && attempts == 0, number % 5 == 2 && attempts == 0);
            desk.set_faults(if attempts == 0 { DAYS[number % DAYS.len()] } else { "" });
            if !crash_before {
                let batch = journal.disk[place].1.clone();
                if let Some(event) = send(&desk, &batch, crash_after).await {
                    journal.step(place, event);
                }
            }
            // Opened again, or going on: the journal alone says where things stand.
            journal.step(place, Event::FoundAfterCrash);
            let (charged, unknown) = journal.booked();
            let paid = charged_by_the_stand_in(&desk);
            assert!(charged <= paid && paid <= charged + unknown, "{charged} ≤ {paid} ≤ {charged} + {unknown}");
            if journal.disk[place].0.state != State::MayBeCharged {
                break;
            }
            unknown_once += 1;
            if number % 3 == 0 {
                for clue in batch {
                    *words.entry(clue.clone()).or_insert(0_usize) += 1;
                }
                retried += 1;
                let before_retry = place;
                place = journal.step(place, Event::UserRetries).unwrap();
                attempts += 1;
                // The first try is looked up all the same, before the next one goes out.
                settle(&desk, &mut journal, before_retry, before).await;
                continue;
            }
            settle(&desk, &mut journal, place, before).await;
            break;
        }
    }
    assert!(unknown_once > 20 && retried > 5, "{unknown_once} {retried}");
    let (charged, unknown) = journal.booked();
    assert_eq!((charged, unknown), (charged_by_the_stand_in(&desk), Credits::NONE));

    let mut times = HashMap::new();
    for id in desk.sandbox.requests().into_iter().flat_map(|request| request.charged_for) {
        *times.entry(Clue::Id(id)).or_insert(0_usize) += 1;
    }
    for (clue, times) in times {
        assert!(times <= 1 + words.get(&clue).copied().unwrap_or_default(), "{clue:?} was paid for {times} times");
    }
}

/// Asks Apollo's own figure what an undecided request cost.
async fn settle(desk: &Desk, journal: &mut Journal, place: usize, before: Credits) {
    let figures = Figures { before, now: consumed(desk).await, settled: Credits::NONE };
    match look_up(&[journal.disk[place].0.at_most], figures) {
        LookedUp::Decided(prices) => drop(journal.step(place, Event::LookedUp(prices[0]))),
        other => panic!("nobody else uses this key: {other:?}"),
    }
}
