//! An enrichment that is cancelled while mobiles are on their way: Apollo charges them whether or not anybody fetches them.

use foray_core::credits::Credits;
use foray_core::jobs::{Ended, Job, JobState, Manner, Wish};
use tokio_util::sync::CancellationToken;

use super::office::Office;
use super::paying::with_mobiles;

async fn found(office: &Office, job: &Job) -> Job {
    office.foray.jobs(office.tenant).await.unwrap().get(job.id).await.unwrap()
}

async fn wait_for_it(office: &Office, job: &Job, heard: impl FnMut(&Job) + Send) -> Ended {
    let stop = CancellationToken::new();
    office.foray.run_job(office.tenant, job.id, Manner::Patient, &stop, heard).await.unwrap()
}

#[tokio::test]
async fn mobiles_that_are_paid_for_come_before_a_cancelled_enrichment_ends() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&with_mobiles()).await;
    assert!(matches!(office.run(&job).await, Ended::Held(reason) if reason.code == "not_ready"));
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    let told = jobs.cancel(job.id).await.unwrap();
    assert_eq!((told.state, told.wish, told.by_itself), (JobState::Queued, Some(Wish::Cancel), true), "{told:?}");
    assert!(matches!(wait_for_it(&office, &job, |_| ()).await, Ended::Wished(Wish::Cancel)));
    let ended = found(&office, &job).await;
    let so_far = office.foray.enriched_so_far(&ended).await.unwrap().unwrap();
    assert_eq!((ended.state, ended.wish), (JobState::Cancelled, None));
    assert!(!ended.needs_consent, "there is nothing to go on with");
    assert!(so_far.mobiles > 0 && so_far.unknown.is_none(), "{}", so_far.sentence);
    assert_eq!(so_far.charged, office.charged());
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_more_is_paid_for_once_it_is_cancelled() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&with_mobiles()).await;
    let (mut told, mut last) = (false, None);
    let heard = |heard: &Job| {
        last = heard.progress.booked;
        if heard.progress.rows < 10 || std::mem::replace(&mut told, true) {
            return;
        }
        let cancel = async {
            office.foray.jobs(office.tenant).await.unwrap().cancel(job.id).await.unwrap();
        };
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(cancel));
    };
    assert!(matches!(wait_for_it(&office, &job, heard).await, Ended::Wished(Wish::Cancel)));
    let ended = found(&office, &job).await;
    assert_eq!((office.paid_calls(), ended.progress.rows), (1, 10));
    assert_eq!(ended.progress.booked.unwrap().unknown, Credits::NONE, "its mobiles came all the same");
    assert_eq!(last, ended.progress.booked, "which the window hears");
}

#[tokio::test]
async fn what_is_owed_keeps_no_workspace_from_being_removed_and_no_job_from_being_resumed() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&with_mobiles()).await;
    office.run(&job).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    jobs.cancel(job.id).await.unwrap();
    let resumed = jobs.resume(job.id, None).await.unwrap();
    assert_eq!((resumed.state, resumed.wish), (JobState::Queued, None));
    jobs.cancel(job.id).await.unwrap();
    jobs.end_all().await.unwrap();
    assert_eq!(found(&office, &job).await.state, JobState::Paused);
}
