//! `companies enrich`: nothing is paid without a yes, each company once, and what came is shown and exported.

use std::sync::Arc;

use foray_sandbox::{Faults, Plan, Sandbox};

use crate::runner::{Place, Ran, sandbox};

/// A workspace with a persona whose first page of full rows was fetched.
fn place(apollo: &Arc<Sandbox>) -> Place {
    let place = Place::acme(apollo, "credits-10000-of-a-test");
    place.run(&["personas", "add", "Money", "--workspace", "acme", "--seniority", "vp"]).ends_with(0);
    place.run(&["search", "--workspace", "acme", "--persona", "Money", "--page-size", "25", "--json"]).ends_with(0);
    place
}

fn enrich(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["companies", "enrich", "--workspace", "acme"], arguments].concat())
}

/// Calls that asked for a company.
fn asked(apollo: &Sandbox) -> usize {
    apollo.requests().iter().filter(|request| request.path.ends_with("organizations/enrich")).count()
}

#[test]
fn without_a_yes_the_price_is_told_and_nothing_is_paid() {
    let apollo = sandbox(Plan::Professional);
    let place = place(&apollo);
    let ran = enrich(&place, &["--persona", "Money"]).ends_with(2);
    assert!(ran.out.starts_with("25 people · ") && ran.out.contains(" to enrich in "), "{ran:?}");
    assert_eq!(ran.err, "Nothing was paid. Add --yes to enrich them at this price.\n");
    let estimate = enrich(&place, &["--run", "1", "--json"]).ends_with(0).answer();
    assert_eq!((&estimate["what"], &estimate["of_people"]), (&"companies".into(), &25.into()));
    assert_eq!(estimate["to_enrich"], estimate["calls"]);
    assert_eq!(asked(&apollo), 0);
}

#[test]
fn with_a_yes_each_company_is_paid_for_once_and_shown_and_exported_with_its_people() {
    let apollo = sandbox(Plan::Professional);
    let place = place(&apollo);
    let few = enrich(&place, &["--persona", "Money", "--max-credits", "2", "--yes"]).ends_with(0);
    assert!(few.out.ends_with("2 asked · 2 found · 2 credits.\n"), "{few:?}");
    let jobs = place.run(&["jobs", "list", "--workspace", "acme"]).ends_with(0).out;
    assert!(jobs.contains("\t2 of 2 companies asked for, 3 calls, 2 credits\t"), "{jobs}");
    let done = enrich(&place, &["--persona", "Money", "--yes", "--json"]).ends_with(0).answer();
    assert_eq!((&done["what"], &done["not_found"]), (&"companies".into(), &0.into()));
    let paid = asked(&apollo);
    let again = enrich(&place, &["--persona", "Money", "--yes"]).ends_with(0);
    assert!(again.out.contains("nothing to enrich") && asked(&apollo) == paid, "{again:?}");

    let people = place.run(&["people", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let employed = people["people"].as_array().unwrap().iter().find(|one| one["organization_domain"].is_string());
    let id = employed.unwrap()["id"].as_str().unwrap();
    let shown = place.run(&["people", "show", id, "--workspace", "acme"]).ends_with(0).out;
    for line in ["Company's industry: ", "Company's employees: ", "Company's country: "] {
        assert!(shown.contains(line) && shown.contains("(from an enrichment, "), "{shown}");
    }
    let file = place.file("people.csv");
    let to = ["--to", file.to_str().unwrap(), "--flavour", "import", "--company-facts"];
    place.run(&[&["people", "export", "--workspace", "acme"], &to[..]].concat()).ends_with(0);
    let head = std::fs::read_to_string(&file).unwrap().lines().next().unwrap().to_owned();
    assert!(head.contains(",fetched_at,company_industry,company_employees,"), "{head}");
    let usage = place.run(&["usage", "--workspace", "acme"]).ends_with(0).out;
    assert!(usage.contains(".example found\t1 credit charged"), "{usage}");
}

#[test]
fn domains_are_read_from_a_file_and_a_lost_answer_is_named_by_its_domain() {
    let apollo = sandbox(Plan::Professional);
    let place = place(&apollo);
    let people = place.run(&["people", "list", "--workspace", "acme", "--json"]).ends_with(0).answer();
    let domain =
        people["people"].as_array().unwrap().iter().find_map(|one| one["organization_domain"].as_str()).unwrap();
    let file = place.file("domains.txt");
    std::fs::write(&file, format!("https://www.{domain}/\n\nnowhere.example\nno domain\n")).unwrap();
    let from_file = ["--domains", file.to_str().unwrap(), "--yes"];
    apollo.set_faults("charged-5xx=1".parse().unwrap());
    let lost = enrich(&place, &from_file).ends_with(4);
    apollo.set_faults(Faults::none());
    assert!(lost.out.starts_with("3 companies · 1 without a domain · 2 to enrich in 2 calls"), "{lost:?}");
    assert!(lost.err.contains("This line is no domain: 4 “no domain”. Left out."), "{lost:?}");
    let undecided = place.run(&["people", "undecided", "list", "--workspace", "acme"]).ends_with(0).out;
    assert!(undecided.contains(domain), "{undecided}");
    for arguments in [vec![], vec!["--persona", "Money", "--run", "1"], vec!["--domains", "none.txt"]] {
        assert_eq!(enrich(&place, &arguments).ends_with(2).out, "", "{arguments:?}");
    }
}
