//! Whom an enrichment that is under way sees to: they are told as such, wait for nobody's word, and are never asked for twice.

use foray_core::jobs::{Ended, Manner};
use tokio_util::sync::CancellationToken;

use super::known::{estimate, named};
use super::office::Office;
use super::paying::{everybody, with_mobiles};

#[tokio::test]
async fn whom_a_job_in_line_will_ask_for_is_in_it_and_waits_for_no_word() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    let beside = estimate(&office, &everybody()).await;
    assert_eq!((beside.under_way, beside.undecided, beside.to_enrich), (25, 0, 0), "{}", beside.sentence);
    assert_eq!(beside.sentence, "25 selected · 25 in an enrichment that is under way · nothing to enrich");
    assert_eq!(beside.left_out[0].why, "asked for there, and not twice");
    let refused = office.foray.add_enrichment(office.tenant, "Once more", &everybody(), false).await;
    assert!(refused.is_err(), "{refused:?}");

    let jobs = office.foray.jobs(office.tenant).await.unwrap();
    jobs.pause(job.id).await.unwrap();
    assert_eq!(estimate(&office, &everybody()).await.to_enrich, 25, "one that was paused may never go on");
    let other = office.add(&everybody()).await;
    jobs.resume(job.id, None).await.unwrap();
    for job in [&other, &job] {
        assert!(matches!(office.run(job).await, Ended::Done(_)));
    }
    assert!(office.times_charged().values().all(|times| *times == 1), "the first leaves out whom the other brought");
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_request_on_its_way_asks_for_is_in_it_until_it_is_known_to_be_lost() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&everybody()).await;
    office.set_faults("charged-5xx=1");
    let mut seen = Vec::new();
    let heard = |_: &foray_core::jobs::Job| {
        let everybody = everybody();
        let look = estimate(&office, &everybody);
        let beside = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(look));
        seen.push((beside.under_way, beside.undecided));
    };
    let stop = CancellationToken::new();
    let ended = office.foray.run_job(office.tenant, job.id, Manner::AtOnce, &stop, heard).await.unwrap();
    assert!(matches!(ended, Ended::Held(_)), "{ended:?}");
    assert!(seen.first() == Some(&(25, 0)) && seen.iter().all(|(under_way, undecided)| under_way + undecided >= 10));
    let after = estimate(&office, &everybody()).await;
    assert_eq!((after.undecided, after.under_way, after.to_enrich), (10, 0, 15), "{}", after.sentence);
}

#[tokio::test]
async fn whose_mobile_is_on_its_way_waits_for_no_word() {
    let office = Office::new().await;
    office.search(1).await;
    let job = office.add(&with_mobiles()).await;
    let ended = office.run(&job).await;
    assert!(matches!(&ended, Ended::Held(reason) if reason.code == "not_ready"), "{ended:?}");
    let beside = estimate(&office, &with_mobiles()).await;
    assert!(beside.under_way > 0 && beside.undecided == 0, "{}", beside.sentence);
    assert_eq!(office.foray.undecided(office.tenant).await.unwrap(), []);
}

#[tokio::test]
async fn somebody_in_line_is_the_same_one_however_their_address_is_written() {
    let office = Office::new().await;
    office.add(&named(["Ana.Keel@Org.example".to_owned()])).await;
    let beside = estimate(&office, &named([" ana.keel@org.example".to_owned()])).await;
    assert_eq!((beside.under_way, beside.to_enrich), (1, 0), "{}", beside.sentence);
}
