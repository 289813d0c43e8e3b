//! Companies as a job: which are paid for, what lands in the store, what is remembered, and what becomes of a request that
//! was lost.

use std::collections::HashSet;

use foray_core::Error;
use foray_core::credits::Credits;
use foray_core::enrich::{EnrichInput, EnrichTerms, EnrichWhat, EnrichWhom, EntryState};
use foray_core::export::Flavour;
use foray_core::jobs::{Agreed, Ended, JobResult};
use foray_core::people::fact::FactSource;
use foray_core::people::{
    Among, CompanyFact, Facet, PeopleFile, PeopleQuery, PeopleSelection, PeopleSet, PeopleView, PersonDetails,
};
use foray_core::workspace::CreditCaps;
use foray_sandbox::Plan;

use super::office::Office;

/// An office whose searches bring full rows, with the domains of those who work there.
async fn with_full_rows() -> Office {
    let office = Office::with("credits-100000-of-an-office", Plan::Professional).await;
    office.search(1).await;
    // A page that may have cost a credit is not of the same moment as a count of credits.
    office.clock.advance(1_000);
    office
}

fn of(whom: EnrichWhom) -> EnrichInput {
    let terms = EnrichTerms::default();
    let agreed = Agreed { calls: None, credits: 10_000 };
    EnrichInput { what: EnrichWhat::Companies, whom, terms, max_credits: None, agreed, people: None }
}

fn of_everybody() -> EnrichInput {
    of(EnrichWhom::Selected { selection: Box::new(PeopleSelection::of(PeopleSet::Everybody)) })
}

fn domains(domains: &[&str]) -> EnrichInput {
    of(EnrichWhom::Domains { domains: domains.iter().map(|domain| (*domain).to_owned()).collect() })
}

/// What the stand-in charged for companies, and how many it was asked for.
fn charged_for_companies(office: &Office) -> (Credits, usize) {
    let requests = office.sandbox.requests();
    let asked = requests.iter().filter(|request| request.path.ends_with("organizations/enrich"));
    let hundredths: u64 = asked.clone().map(|request| request.charged_hundredths).sum();
    (Credits::from_thousandths(hundredths * 10), asked.count())
}

/// Everybody in the store with all that is known of them.
async fn everybody(office: &Office) -> Vec<PersonDetails> {
    let query = PeopleQuery::of(Among::Everybody);
    let people = office.foray.people(office.tenant, query, 0, 500).await.unwrap().people;
    let mut everybody = Vec::new();
    for one in people {
        everybody.push(office.foray.person(office.tenant, &one.person.id).await.unwrap());
    }
    everybody
}

fn domains_of(people: &[PersonDetails]) -> HashSet<String> {
    people.iter().filter_map(|one| one.person.person.organization_domain.clone()).collect()
}

#[tokio::test]
async fn each_company_of_the_selected_people_is_paid_for_once_and_told_of_all_its_people() {
    let office = with_full_rows().await;
    let people = everybody(&office).await;
    let (companies, employed) = (domains_of(&people).len() as u64, people.len() as u64);
    let estimate = office.foray.enrich_estimate(office.tenant, &of_everybody()).await.unwrap();
    assert_eq!((estimate.of_people, estimate.selected, estimate.to_enrich), (Some(employed), companies, companies));
    assert_eq!((estimate.calls, estimate.credits_at_most), (companies, Credits::whole(companies)));
    assert_eq!(charged_for_companies(&office), (Credits::NONE, 0), "an estimate pays nothing");

    let done = office.enrich(&of_everybody()).await;
    assert_eq!((done.what, done.asked, done.found), (EnrichWhat::Companies, companies, companies));
    assert_eq!(done.sentence, format!("{companies} asked · {companies} found · {companies} credits"));
    assert_eq!(charged_for_companies(&office), (Credits::whole(companies), companies as usize));
    for person in everybody(&office).await.iter().filter(|one| one.person.person.organization_domain.is_some()) {
        let told = |fact| person.company.iter().find(|told| told.fact == fact).unwrap();
        assert!(told(CompanyFact::Employees).value.parse::<u64>().unwrap() > 0);
        let industry = told(CompanyFact::Industry);
        assert_eq!(industry.source, FactSource::Enrichment);
        assert!(!industry.value.is_empty() && !told(CompanyFact::Country).value.is_empty());
    }
    let again = office.foray.enrich_estimate(office.tenant, &of_everybody()).await.unwrap();
    assert_eq!((again.known, again.to_enrich), (companies, 0));
    let refused = office.foray.add_enrichment(office.tenant, "x", &of_everybody(), false).await;
    assert!(matches!(refused, Err(Error::BadInput { .. })), "there is nothing left to pay for");
}

#[tokio::test]
async fn stubs_have_no_company_to_ask_for_until_they_are_enriched_themselves() {
    let office = Office::new().await;
    office.search(1).await;
    let estimate = office.foray.enrich_estimate(office.tenant, &of_everybody()).await.unwrap();
    let said = "25 people · 0 companies · 25 people have no company domain yet · nothing to enrich";
    assert_eq!((estimate.people_without_domain, estimate.sentence.as_str()), (25, said));
}

#[tokio::test]
async fn what_comes_with_enriched_people_is_not_paid_for_again_unless_it_is_wished_for_in_full() {
    let office = Office::new().await;
    office.search(1).await;
    office.enrich(&EnrichInput { what: EnrichWhat::People, ..of_everybody() }).await;
    let people = everybody(&office).await;
    let companies = domains_of(&people).len() as u64;
    let known = people.iter().find(|one| !one.company.is_empty()).unwrap();
    let facts: Vec<CompanyFact> = known.company.iter().map(|told| told.fact).collect();
    assert!(facts.contains(&CompanyFact::Industry) && facts.contains(&CompanyFact::Employees), "{facts:?}");
    assert!(!facts.contains(&CompanyFact::AnnualRevenue), "{facts:?}");
    let estimate = office.foray.enrich_estimate(office.tenant, &of_everybody()).await.unwrap();
    assert_eq!((estimate.selected, estimate.known, estimate.to_enrich), (companies, companies, 0));
    let in_full = EnrichInput { terms: EnrichTerms { in_full: true, ..EnrichTerms::default() }, ..of_everybody() };
    let done = office.enrich(&EnrichInput { max_credits: Some(1), ..in_full.clone() }).await;
    assert_eq!((done.found, charged_for_companies(&office).0), (1, Credits::whole(1)));
    let revenues = async || {
        let told = |one: &PersonDetails| one.company.iter().any(|told| told.fact == CompanyFact::AnnualRevenue);
        everybody(&office).await.iter().filter(|one| told(one)).count()
    };
    assert!(revenues().await > 0);
    let left = office.foray.enrich_estimate(office.tenant, &in_full).await.unwrap();
    assert_eq!((left.known, left.to_enrich), (1, companies - 1), "what was paid for is known in full");

    office.set_faults("charged-5xx=1");
    office.run(&office.add(&EnrichInput { max_credits: Some(1), ..in_full }).await).await;
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap().remove(0);
    let agreed = Agreed { calls: None, credits: 1 };
    let again = office.foray.retry_undecided(office.tenant, lost.number, agreed, false).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&again).await else { panic!() };
    assert_eq!(
        (done.found, done.left_out),
        (1, 0),
        "asked again, it is asked for in full as before: {}",
        done.sentence
    );
}

#[tokio::test]
async fn named_domains_are_asked_for_as_they_are_compared_and_an_unknown_one_costs_nothing() {
    let office = with_full_rows().await;
    let known = domains_of(&everybody(&office).await).into_iter().next().unwrap();
    let link = format!("https://www.{}/about", known.to_uppercase());
    let input = domains(&[&known, &link, "nowhere.example", "", "no domain"]);
    let estimate = office.foray.enrich_estimate(office.tenant, &input).await.unwrap();
    assert_eq!(
        estimate.sentence.split(" · at most").next().unwrap(),
        "5 companies · 2 without a domain · 1 selected twice · 2 to enrich in 2 calls + 1 free call"
    );
    let done = office.enrich(&input).await;
    assert_eq!(done.sentence, "2 asked · 1 found · 1 not found · 1 credit");
    assert_eq!(charged_for_companies(&office), (Credits::whole(1), 2));
    let again = office.foray.enrich_estimate(office.tenant, &input).await.unwrap();
    assert_eq!((again.known, again.not_found_before, again.to_enrich), (1, 1, 0), "{}", again.sentence);
    let told_to = EnrichInput { terms: EnrichTerms { not_found_again: true, ..EnrichTerms::default() }, ..input };
    assert_eq!(office.foray.enrich_estimate(office.tenant, &told_to).await.unwrap().to_enrich, 1);
    let people = EnrichInput { what: EnrichWhat::People, ..domains(&[&known]) };
    let refused = office.foray.enrich_estimate(office.tenant, &people).await;
    assert!(matches!(refused, Err(Error::BadInput { .. })), "domains name no people");
}

#[tokio::test]
async fn another_company_than_was_asked_for_is_counted_and_nothing_of_it_is_believed_of_the_one_that_was() {
    let office = with_full_rows().await;
    let known = domains_of(&everybody(&office).await).into_iter().next().unwrap();
    office.set_faults("wrong-person=1");
    let done = office.enrich(&domains(&[&known])).await;
    office.set_faults("");
    assert_eq!(done.sentence, "1 asked · 0 found · 1 answered with another company, which is kept as such · 1 credit");
    assert_eq!(charged_for_companies(&office).0, Credits::whole(1), "it was charged, and is in the books");
    // Whom the other company employs is told of it; nobody of the one that was asked for is.
    let everybody = everybody(&office).await;
    let mut employed = everybody.iter().filter(|one| one.person.person.organization_domain.as_ref() == Some(&known));
    assert!(employed.all(|one| one.company.is_empty()));
    let again = office.foray.enrich_estimate(office.tenant, &domains(&[&known])).await.unwrap();
    assert_eq!((again.not_found_before, again.to_enrich), (1, 0));
    let line = office.foray.usage(office.tenant).await.unwrap().entries.into_iter().find(|line| line.company.is_some());
    assert_eq!(line.map(|line| (line.found, line.elsewhere)), Some((Some(0), 1)));
    let own = own_domain_of_the_other(&office, &known);
    let of_the_other = office.foray.enrich_estimate(office.tenant, &domains(&[&own])).await.unwrap();
    assert_eq!((of_the_other.known, of_the_other.to_enrich), (1, 0), "what was paid for is not paid for again");
}

/// The domain under which the file has the company that came instead.
fn own_domain_of_the_other(office: &Office, asked: &str) -> String {
    let path = office.folder.path().join("data/tenants").join(office.tenant.to_string()).join("people.sqlite");
    let sql = "SELECT domain FROM companies WHERE id = (SELECT person FROM paid_people WHERE clue = 'company:' || ?1)";
    rusqlite::Connection::open(path).unwrap().query_row(sql, [asked], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn caps_hold_companies_like_people() {
    let office = with_full_rows().await;
    let few = office.enrich(&EnrichInput { max_credits: Some(3), ..of_everybody() }).await;
    assert_eq!((few.asked, charged_for_companies(&office).0), (3, Credits::whole(3)));
    let unsettled = EnrichInput { agreed: Agreed { calls: None, credits: 2 }, ..of_everybody() };
    let refused = office.foray.add_enrichment(office.tenant, "x", &unsettled, false).await;
    assert!(matches!(refused, Err(Error::NotConfirmed { .. })));
    let job = office.add(&of_everybody()).await;
    let usage = office.foray.usage(office.tenant).await.unwrap();
    let spent = u32::try_from((usage.charged + usage.unknown).ceil()).unwrap();
    office.cap(CreditCaps { workspace: Some(spent + 2), ..CreditCaps::default() }).await;
    let Ended::Held(reason) = office.run(&job).await else { panic!("a cap holds") };
    assert_eq!((reason.code.as_str(), charged_for_companies(&office).0), ("capped", Credits::whole(5)));
}

#[tokio::test]
async fn a_lost_answer_waits_for_the_users_word_and_is_named_by_its_domain() {
    let office = with_full_rows().await;
    let known = domains_of(&everybody(&office).await).into_iter().next().unwrap();
    let job = office.add(&domains(&[&known])).await;
    // The count before it is asked for in peace.
    let stop = tokio_util::sync::CancellationToken::new();
    let run = office.foray.run_job(office.tenant, job.id, foray_core::jobs::Manner::AtOnce, &stop, |job| {
        if job.progress.calls_spent == 1 {
            office.set_faults("drop=1");
        }
    });
    drop(run.await.unwrap());
    office.set_faults("");
    let lost = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!((lost.len(), lost[0].company.as_deref(), lost[0].people), (1, Some(known.as_str()), 1));
    let estimate = office.foray.enrich_estimate(office.tenant, &domains(&[&known])).await.unwrap();
    assert_eq!((estimate.undecided, estimate.to_enrich), (1, 0), "it is not asked for again by itself");

    office.clock.advance(120_000);
    let told = office.foray.look_up_undecided(office.tenant, lost[0].number).await.unwrap();
    assert_eq!(told.decided, [lost[0].number], "{}", told.sentence);
    let charged = office.foray.undecided(office.tenant).await.unwrap();
    assert_eq!(charged[0].charged, Some(Credits::whole(1)), "charged, and the answer is lost");
    let agreed = Agreed { calls: None, credits: 1 };
    let again = office.foray.retry_undecided(office.tenant, lost[0].number, agreed, false).await.unwrap();
    let Ended::Done(JobResult::Enrich(done)) = office.run(&again).await else { panic!() };
    assert_eq!((done.what, done.found), (EnrichWhat::Companies, 1));
    assert_eq!(charged_for_companies(&office), (Credits::whole(2), 2), "by the user's word");
    let usage = office.foray.usage(office.tenant).await.unwrap();
    let of_company = usage.entries.iter().filter(|entry| entry.company.is_some());
    let states: Vec<(EntryState, u32)> = of_company.map(|entry| (entry.state, entry.attempt)).collect();
    assert_eq!(states, [(EntryState::Charged, 2), (EntryState::Charged, 1)]);
}

#[tokio::test]
async fn companies_known_by_their_facts_narrow_a_view_and_stand_in_an_export() {
    let office = with_full_rows().await;
    office.enrich(&of_everybody()).await;
    let view = PeopleView::of(PeopleSet::Everybody);
    let facets = office.foray.people_facets(office.tenant, &view, None).await.unwrap();
    for facet in [Facet::Industry, Facet::Headcount] {
        let counts = facets.facets.iter().find(|counts| counts.facet == facet).unwrap();
        let known: u64 = counts.values.iter().filter(|count| count.value.is_some()).map(|count| count.people).sum();
        let employed =
            everybody(&office).await.iter().filter(|one| one.person.person.organization_domain.is_some()).count();
        assert_eq!(known, employed as u64, "{facet:?}");
    }
    let path = office.folder.path().join("people.csv");
    let text = async |company: Vec<CompanyFact>| {
        let file = PeopleFile { path: path.display().to_string(), flavour: Flavour::Import, functions: false, company };
        let query = PeopleQuery::of(Among::Everybody);
        let done = office.foray.people_export(office.tenant, query, &file).await.unwrap();
        (std::fs::read_to_string(&path).unwrap(), done.kept.len())
    };
    let (plain, _) = text(Vec::new()).await;
    let (with, kept) = text(vec![CompanyFact::Industry, CompanyFact::City, CompanyFact::Employees]).await;
    assert_eq!(kept, 1, "a file with other columns is another export");
    let [plain_head, with_head] = [&plain, &with].map(|text| text.lines().next().unwrap().to_owned());
    assert!(plain_head.ends_with(",source,fetched_at"), "{plain_head}");
    assert_eq!(with_head, format!("{plain_head},company_industry,company_city,company_employees"));
    // Behind the heads, each record begins as in the file without companies.
    for (plain, with) in plain.lines().zip(with.lines()).skip(1) {
        let behind = with.strip_prefix(plain).unwrap();
        assert!(behind == ",,," || behind.rsplit(',').next().unwrap().parse::<u64>().is_ok(), "{behind}");
    }
}
