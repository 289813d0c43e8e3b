//! An answer that was paid for and that the disk does not take.

use std::sync::atomic::{AtomicU64, Ordering};

use foray_core::enrich::EnrichInput;
use foray_core::jobs::{Ended, Job, JobResult, JobState, Manner};
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::everybody;

#[tokio::test]
async fn what_is_paid_for_and_in_memory_alone_is_counted_until_it_is_written() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&EnrichInput { max_credits: Some(5), ..everybody() }).await;
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let on_disk = |sql: &str| rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    on_disk("CREATE TRIGGER full BEFORE UPDATE ON paid_people BEGIN SELECT RAISE(ABORT, 'no room'); END");
    let held = AtomicU64::new(0);
    let heard = |job: &Job| {
        if job.reason.as_ref().is_some_and(|reason| reason.code == "unwritten") {
            assert_eq!(job.state, JobState::Waiting);
            held.store(office.foray.paid_in_memory(), Ordering::Relaxed);
            on_disk("DROP TRIGGER full");
            office.clock.advance(60_000);
        }
    };
    let ended = office.foray.run_job(office.tenant, job.id, Manner::AtOnce, &CancellationToken::new(), heard).await;
    let Ended::Done(JobResult::Enrich(done)) = ended.unwrap() else { panic!() };
    assert_eq!((held.into_inner(), office.foray.paid_in_memory()), (done.found, 0), "{}", done.sentence);
    assert_eq!((done.asked, done.charged), (5, office.charged()));
}
