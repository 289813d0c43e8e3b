//! What a job came to, wherever it stands: what is left of it, what it paid so far, and what was decided about it afterwards.

use foray_core::Error;
use foray_core::credits::Credits;
use foray_core::enrich::{Booked, EnrichDone, EnrichInput};
use foray_core::jobs::{Agreed, Ended, Job, JobResult};
use foray_core::workspace::CreditCaps;

use super::office::Office;
use super::paying::everybody;

async fn found(office: &Office, job: &Job) -> Job {
    office.foray.jobs(office.tenant).await.unwrap().get(job.id).await.unwrap()
}

fn done(job: &Job) -> EnrichDone {
    match &job.result {
        Some(JobResult::Enrich(done)) => done.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whom_another_enrichment_saw_to_is_not_priced_not_counted_and_named_in_the_receipt() {
    let office = Office::new().await;
    office.search(1).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    let first = office.add(&everybody()).await;
    jobs.cancel(first.id).await.unwrap();
    assert_eq!(office.enrich(&EnrichInput { max_credits: Some(10), ..everybody() }).await.asked, 10);

    let price = jobs.price(first.id).await.unwrap();
    assert_eq!((price.people, price.calls_at_most, price.credits_at_most), (Some(15), 2, 15));
    let agreed = Agreed { calls: None, credits: 14 };
    assert!(matches!(jobs.resume(first.id, Some(agreed)).await, Err(Error::NotConfirmed { .. })));
    jobs.resume(first.id, Some(Agreed { credits: 15, ..agreed })).await.unwrap();
    assert!(matches!(office.run(&first).await, Ended::Done(_)));
    let ended = found(&office, &first).await;
    let (progress, done) = (&ended.progress, done(&ended));
    assert_eq!((progress.rows, progress.people_total, progress.left_out), (15, Some(15), 10));
    assert_eq!(progress.booked, Some(Booked { charged: done.charged, unknown: Credits::NONE }));
    assert_eq!((done.asked, done.left_out), (15, 10));
    let said = " · 10 asked for by another enrichment meanwhile, and not again · ";
    assert!(done.sentence.contains(said), "{}", done.sentence);
}

#[tokio::test]
async fn a_job_that_asked_nobody_says_why() {
    let office = Office::new().await;
    office.search(1).await;
    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    let job = office.add(&everybody()).await;
    jobs.pause(job.id).await.unwrap();
    office.enrich(&everybody()).await;
    assert_eq!(jobs.price(job.id).await.unwrap().calls_at_most, 0);
    jobs.resume(job.id, None).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&job).await else { panic!() };
    assert_eq!(done.sentence, "0 asked · 25 asked for by another enrichment meanwhile, and not again · 0 credits");
}

#[tokio::test]
async fn a_job_that_a_cap_stopped_tells_what_it_paid() {
    let office = Office::new().await;
    office.search(1).await;
    office.cap(CreditCaps { day: Some(14), ..CreditCaps::default() }).await;
    let job = office.add(&everybody()).await;
    assert!(matches!(office.run(&job).await, Ended::Held(_)));
    let job = found(&office, &job).await;
    let so_far = office.foray.enriched_so_far(&job).await.unwrap().unwrap();
    assert_eq!((so_far.charged, so_far.unknown), (office.charged(), Credits::NONE), "{}", so_far.sentence);
    assert_eq!(job.progress.booked, Some(Booked { charged: office.charged(), unknown: Credits::NONE }));
    assert!(so_far.asked > 0 && so_far.asked == job.progress.rows, "{so_far:?}");
}

#[tokio::test]
async fn the_receipt_of_a_job_that_is_done_says_what_a_look_up_told_of_it_later() {
    let office = Office::new().await;
    office.search(1).await;
    office.set_faults("charged-5xx=1");
    let job = office.add(&EnrichInput { max_credits: Some(3), ..everybody() }).await;
    assert!(matches!(office.run(&job).await, Ended::Done(_)));
    office.set_faults("");
    assert_eq!(done(&found(&office, &job).await).unknown, Credits::whole(3));

    office.clock.advance(61_000);
    let lost = office.foray.undecided(office.tenant).await.unwrap().remove(0);
    office.foray.accept_undecided(office.tenant, lost.number).await.unwrap();
    office.foray.accept_undecided(office.tenant, lost.number).await.unwrap();
    let told = office.foray.look_up_undecided(office.tenant, lost.number).await.unwrap();
    assert_eq!(told.decided, [lost.number], "{}", told.sentence);
    let job = found(&office, &job).await;
    let done = done(&job);
    assert_eq!((done.charged, done.unknown), (office.charged(), Credits::NONE), "{}", done.sentence);
    assert!(!done.sentence.contains("may have been charged"), "{}", done.sentence);
    assert_eq!(job.progress.booked, Some(Booked { charged: office.charged(), unknown: Credits::NONE }));

    let settled = office.foray.accept_undecided(office.tenant, lost.number).await;
    let Err(Error::BadInput { violations }) = settled else { panic!("{settled:?}") };
    assert!(violations[0].message.contains("There is nothing to accept"), "{violations:?}");
}
