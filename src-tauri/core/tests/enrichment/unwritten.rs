//! An answer that was paid for and that the disk does not take.

use foray_core::enrich::EnrichInput;
use foray_core::jobs::{Ended, JobResult, JobState, Manner};
use foray_core::workspace::CreditCaps;
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::everybody;

#[tokio::test]
async fn what_is_paid_for_and_in_memory_alone_is_counted_and_told_until_it_is_written() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&EnrichInput { max_credits: Some(5), ..everybody() }).await;
    let file = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let on_disk = |sql: &str| rusqlite::Connection::open(&file).unwrap().execute_batch(sql).unwrap();
    // Neither the answer nor that the job waits.
    on_disk(
        "CREATE TRIGGER full BEFORE UPDATE ON paid_people BEGIN SELECT RAISE(ABORT, 'no room'); END;
         CREATE TRIGGER mute BEFORE UPDATE ON jobs WHEN NEW.state = 'waiting' BEGIN SELECT RAISE(ABORT, 'no room'); END;",
    );
    let mut changes = office.foray.job_changes();
    let stop = CancellationToken::new();
    let run = office.foray.run_job(office.tenant, job.id, Manner::AtOnce, &stop, |_| ());
    let look = async {
        let is_unwritten = |code: &str| code == "unwritten";
        while !changes.recv().await.unwrap().reason.is_some_and(|reason| is_unwritten(&reason.code)) {}
        let listed = office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().remove(0);
        assert_eq!(listed.state, JobState::Waiting, "{listed:?}");
        assert!(listed.reason.is_some_and(|reason| is_unwritten(&reason.code)));
        let held = office.foray.paid_in_memory();
        on_disk("DROP TRIGGER full; DROP TRIGGER mute;");
        // Whatever changes in a workspace wakes its jobs.
        office.cap(CreditCaps { day: Some(1_000), ..CreditCaps::default() }).await;
        held
    };
    let (ended, held) = tokio::join!(run, look);
    let Ended::Done(JobResult::Enrich(done)) = ended.unwrap() else { panic!() };
    assert_eq!((held, office.foray.paid_in_memory()), (done.found, 0), "{}", done.sentence);
    assert_eq!((done.asked, done.charged), (5, office.charged()));
    let listed = office.foray.jobs(office.tenant).await.unwrap().list().await.unwrap().remove(0);
    assert_eq!((listed.state, listed.reason), (JobState::Done, None), "it is told no more");
}
