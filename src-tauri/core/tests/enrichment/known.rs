//! Whoever is known is known by every clue: nobody is paid for again because they are called differently.

use foray_core::enrich::{EnrichEstimate, EnrichInput, EnrichWhom};
use foray_core::people::{Among, PeopleQuery, Person};
use foray_core::secrets::ApiKey;
use foray_sandbox::Plan;

use super::office::Office;
use super::paying::everybody;

pub fn named(people: impl IntoIterator<Item = String>) -> EnrichInput {
    EnrichInput { whom: EnrichWhom::People { people: people.into_iter().collect() }, ..everybody() }
}

pub async fn estimate(office: &Office, input: &EnrichInput) -> EnrichEstimate {
    office.foray.enrich_estimate(office.tenant, input).await.unwrap()
}

/// Twenty-five people of whom everything is known to somebody else, who uses another key.
pub async fn people_known_elsewhere(office: &Office) -> Vec<Person> {
    let elsewhere = office.foray.workspaces().add("Elsewhere").await.unwrap().id;
    office.foray.set_key(elsewhere, ApiKey::parse("credits-100000-of-another").unwrap()).await.unwrap();
    office.foray.search(elsewhere, &Office::request(1)).await.unwrap();
    let job = office.foray.add_enrichment(elsewhere, "Theirs", &everybody(), false).await.unwrap();
    office.run_in(elsewhere, &job).await;
    let query = PeopleQuery::of(Among::Everybody);
    let people = office.foray.people(elsewhere, query, 0, 25).await.unwrap().people;
    let is_full = |person: &Person| {
        let fields = [&person.email, &person.linkedin_url, &person.name, &person.organization_domain];
        fields.into_iter().all(Option::is_some)
    };
    people.into_iter().map(|stored| stored.person).filter(is_full).collect()
}

/// A profile's link as people paste it, which is not how Apollo writes it.
fn pasted(person: &Person) -> String {
    let url = person.linkedin_url.as_deref().unwrap();
    let name = url.trim_end_matches('/').rsplit('/').next().unwrap();
    format!("https://DE.linkedin.com/in/{}/?trk=people", name.to_uppercase())
}

fn name_at(person: &Person) -> String {
    format!(
        "{}, WWW.{}",
        person.name.as_deref().unwrap().to_uppercase(),
        person.organization_domain.as_deref().unwrap()
    )
}

#[tokio::test]
async fn somebody_in_the_store_is_known_by_a_link_of_another_spelling_and_by_name_and_company() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&everybody()).await;
    let somebody = people_known_elsewhere(&office).await.remove(0);
    for clue in [pasted(&somebody), name_at(&somebody), somebody.email.clone().unwrap().to_uppercase()] {
        let found = estimate(&office, &named([clue.clone()])).await;
        assert_eq!((found.known, found.to_enrich), (1, 0), "{clue}: {}", found.sentence);
    }
}

#[tokio::test]
async fn one_person_is_asked_for_once_however_the_link_is_written() {
    let office = Office::new().await;
    let somebody = people_known_elsewhere(&office).await.remove(0);
    let twice = named([pasted(&somebody), somebody.linkedin_url.clone().unwrap()]);
    let found = estimate(&office, &twice).await;
    assert_eq!((found.repeated, found.to_enrich), (1, 1), "{}", found.sentence);
}

#[tokio::test]
async fn whom_an_earlier_request_of_the_same_job_found_is_not_paid_for_under_another_clue() {
    let office = Office::new().await;
    let people = people_known_elsewhere(&office).await;
    let charged_before = office.times_charged();
    let ids = people[..10].iter().map(|person| person.id.clone());
    let other_clues = [pasted(&people[0]), people[1].email.clone().unwrap(), name_at(&people[2])];
    let input = named(ids.chain(other_clues));
    assert_eq!(estimate(&office, &input).await.to_enrich, 13, "nobody is in this store yet");
    let done = office.enrich(&input).await;
    assert_eq!((done.asked, done.found), (10, 10), "{}", done.sentence);
    for (id, times) in office.times_charged() {
        assert!(times <= 1 + charged_before.get(&id).copied().unwrap_or_default(), "{id}");
    }
}

#[tokio::test]
async fn whoever_waits_for_the_users_word_waits_under_every_clue() {
    let office = Office::with("credits-100000-of-an-office", Plan::Professional).await;
    let people = people_known_elsewhere(&office).await;
    office.set_faults("charged-5xx=1");
    let job = office.add(&named([pasted(&people[0]), name_at(&people[1])])).await;
    office.run(&job).await;
    office.set_faults("");
    let by_id = named(people[..3].iter().map(|person| person.id.clone()));
    assert_eq!(estimate(&office, &by_id).await.to_enrich, 3, "of ids alone nobody can tell who they are");
    office.search(1).await;
    let found = estimate(&office, &by_id).await;
    assert_eq!((found.undecided, found.to_enrich), (2, 1), "{}", found.sentence);
    let again = named([people[0].linkedin_url.clone().unwrap(), people[1].email.clone().unwrap()]);
    let found = estimate(&office, &again).await;
    assert_eq!(found.undecided, 1, "of the second the address is not known here: {}", found.sentence);
}
