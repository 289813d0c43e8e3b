//! `people`: whom a workspace has, where each fact came from, and a file of them; all of it without a call.

use std::collections::BTreeSet;

use foray_sandbox::Plan;
use serde_json::Value;

use crate::runner::{KEY, Place, Ran, keys, sandbox};

/// A workspace with the people of two questions, and how many calls they took.
fn place(plan: Plan) -> (Place, usize) {
    let apollo = sandbox(plan);
    let place = Place::acme(&apollo, KEY);
    place.run(&["personas", "add", "Money", "--workspace", "acme", "--title", "CFO"]).ends_with(0);
    place.run(&["search", "--workspace", "acme", "--persona", "Money", "--page-size", "100", "--json"]).ends_with(0);
    place.search(&["--seniority", "vp", "--location", "Germany", "--page-size", "50"]).ends_with(0);
    let calls = apollo.requests().len();
    (place, calls)
}

fn people(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["people"], arguments, &["--workspace", "acme"]].concat())
}

fn list(place: &Place, arguments: &[&str]) -> Value {
    people(place, &[&["list", "--json", "--limit", "1000"], arguments].concat()).ends_with(0).answer()
}

fn ids(list: &Value) -> Vec<String> {
    list["people"].as_array().unwrap().iter().map(|person| person["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn everybody_who_was_fetched_is_listed_once_with_source_and_day() {
    let (place, _) = place(Plan::Professional);
    let all = list(&place, &[]);
    assert_eq!(keys(&all), ["offset", "people", "total"]);
    let different: BTreeSet<String> = ids(&all).into_iter().collect();
    assert_eq!((all["total"].as_u64().unwrap() as usize, ids(&all).len()), (different.len(), different.len()));
    let first = &all["people"][0];
    assert_eq!(first["source"], "search");
    assert!(first["fetched_at"].as_str().unwrap().ends_with('Z'));
    assert_eq!(keys(first).len(), 23, "a person of the contract, who told it, when, and a change of jobs");
    let text = people(&place, &["list", "--limit", "3", "--skip", "1"]).ends_with(0);
    assert!(
        text.out.starts_with("Name") && text.out.contains(&format!("2 to 4 of {} people.", different.len())),
        "{text:?}"
    );
}

#[test]
fn filters_personas_and_runs_narrow_the_list_and_it_is_sorted_as_a_whole() {
    let (place, _) = place(Plan::Professional);
    let by_persona = ids(&list(&place, &["--persona", "Money"]));
    assert!(!by_persona.is_empty() && (by_persona.len() as u64) < list(&place, &[])["total"].as_u64().unwrap());
    let runs = people(&place, &["runs", "--json"]).ends_with(0).answer();
    let run = runs["runs"].as_array().unwrap().iter().find(|run| run["filters"]["titles"][0] == "CFO").unwrap();
    assert_eq!((&run["pages"], &run["calls_spent"]), (&1.into(), &1.into()));
    assert_eq!((&run["people"], &run["rows"]), (&by_persona.len().into(), &by_persona.len().into()));
    assert_eq!(ids(&list(&place, &["--run", &run["number"].to_string()])), by_persona);
    let german = list(&place, &["--location", "Germany", "--seniority", "vp", "--sort", "-name"]);
    let names: Vec<String> = german["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|person| person["name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.len() > 10 && names.is_sorted_by(|one, next| one.chars().next() >= next.chars().next()), "{names:?}");
    assert!(german["people"].as_array().unwrap().iter().all(|person| person["seniority"] == "vp"));
    assert_eq!(list(&place, &["--changed-jobs-since", "2026-01-01"])["total"], 0);
}

#[test]
fn the_list_is_searched_by_beginnings_of_words_and_sorted_by_several_columns() {
    let (place, _) = place(Plan::Professional);
    let all = list(&place, &["--sort", "seniority", "--sort", "-company"]);
    let key = |person: &Value| (person["seniority"].as_str().unwrap().to_owned(), person["organization_name"].clone());
    let keys: Vec<_> = all["people"].as_array().unwrap().iter().map(key).collect();
    let ranks =
        ["owner", "founder", "c_suite", "partner", "vp", "head", "director", "manager", "senior", "entry", "intern"];
    let rank = |seniority: &str| ranks.iter().position(|one| *one == seniority);
    assert!(keys.len() > 50 && keys.is_sorted_by_key(|(seniority, _)| rank(seniority)), "{keys:?}");
    let (seniority, company) = &keys[0];
    let first_of = |other: &&(String, Value)| other.0 == *seniority;
    let letter = |name: &Value| name.as_str().and_then(|name| name.to_lowercase().chars().next());
    assert!(keys.iter().filter(first_of).all(|(_, other)| letter(other) <= letter(company)), "{keys:?}");

    let person = &all["people"][7];
    let words: Vec<&str> = person["name"].as_str().unwrap().split(' ').collect();
    let typed = format!("{} {}", words[0].to_uppercase(), words[1].chars().take(2).collect::<String>());
    let found = list(&place, &["--search", &typed, "--sort", "name"]);
    assert!(ids(&found).contains(&person["id"].as_str().unwrap().to_owned()), "{typed}: {found:?}");
    assert_eq!(list(&place, &["--search", "xqzw"])["total"], 0);
}

#[test]
fn people_are_narrowed_by_what_they_work_in_and_a_file_may_tell_it() {
    let (place, _) = place(Plan::Professional);
    let (sales, finance) = (list(&place, &["--function", "sales"]), list(&place, &["--function", "finance"]));
    let both = list(&place, &["--function", "Sales", "finance", "--sort", "name"]);
    let count = |list: &Value| list["total"].as_u64().unwrap();
    assert!(count(&sales) > 0 && count(&finance) > 0, "{sales:?} {finance:?}");
    assert_eq!(count(&both), count(&sales) + count(&finance), "in the stand-in everybody works in one");
    let text = people(&place, &["show", &ids(&sales)[0]]).ends_with(0).out;
    assert!(text.contains("Works in: sales (from Apollo's full search, 20"), "{text}");

    let path = place.file("both.csv");
    let whom = ["export", "--function", "sales", "finance", "--sort", "name", "--with-functions"];
    people(&place, &[&whom[..], &["--to", path.to_str().unwrap()]].concat()).ends_with(0);
    let mut reader = csv::Reader::from_path(&path).unwrap();
    assert_eq!(reader.headers().unwrap().iter().next_back(), Some("functions"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), ids(&both));
    assert!(rows.iter().all(|row| ["sales", "finance"].contains(&&row[17])), "{rows:?}");
    let receipt = std::fs::read_to_string(path.with_extension("receipt.json")).unwrap();
    assert!(receipt.contains("\"functions\": true") && receipt.contains("\"function\""), "{receipt}");
}

#[test]
fn an_export_takes_all_who_are_found_but_those_left_out() {
    let (place, _) = place(Plan::Professional);
    let found = ids(&list(&place, &["--search", "chief", "--sort", "name"]));
    assert!(found.len() > 3, "{found:?}");
    let file = place.file("chiefs.csv");
    let whom = ["export", "--search", "chief", "--sort", "name", "--except", &found[1], &found[2]];
    people(&place, &[&whom[..], &["--to", file.to_str().unwrap()]].concat()).ends_with(0);
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let written: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    let wanted: Vec<String> = [&found[..1], &found[3..]].concat();
    assert_eq!(written, wanted);
    let receipt = std::fs::read_to_string(file.with_extension("receipt.json")).unwrap();
    assert!(receipt.contains("\"search\": \"chief\"") && receipt.contains(&found[2]), "{receipt}");
}

#[test]
fn a_person_is_shown_with_the_source_and_day_of_each_fact() {
    let (place, _) = place(Plan::Professional);
    let id = ids(&list(&place, &[]))[0].clone();
    let details = people(&place, &["show", &id, "--json"]).ends_with(0).answer();
    assert_eq!(keys(&details), ["answered_for", "company", "facts", "jobs", "person"]);
    let facts = details["facts"].as_array().unwrap();
    let title = facts.iter().find(|fact| fact["fact"] == "title").unwrap();
    assert_eq!((&title["value"], &title["source"]), (&details["person"]["title"], &"search".into()));
    assert_eq!(title["told_at"], details["person"]["fetched_at"]);
    assert_eq!(details["jobs"][0]["sources"], serde_json::json!(["search"]));
    let text = people(&place, &["show", &id]).ends_with(0).out;
    assert!(text.contains("Title: ") && text.contains("(from Apollo's full search, 20"), "{text}");
}

#[test]
fn stubs_are_told_as_what_they_are() {
    let (place, _) = place(Plan::Basic);
    let all = list(&place, &[]);
    assert!(
        all["people"].as_array().unwrap().iter().all(|person| person["source"] == "stub" && person["email"].is_null())
    );
    let text = people(&place, &["show", &ids(&all)[0]]).ends_with(0).out;
    assert!(text.contains("Last name, shortened: ") && text.contains("(from Apollo's free search, "), "{text}");
}

#[test]
fn what_can_not_be_is_said_with_its_field() {
    let (place, _) = place(Plan::Professional);
    for (arguments, field) in [
        (vec!["show", "nobody"], "id"),
        (vec!["list", "--run", "99"], "run"),
        (vec!["list", "--run", "-1"], "run"),
        (vec!["list", "--persona", "Nobody"], "persona"),
        (vec!["list", "--persona", "Money", "--run", "1"], "run"),
        (vec!["list", "--sort", "shoe_size"], "sort"),
        (vec!["list", "--sort", "--name"], "sort"),
        (vec!["list", "--limit", "many"], "limit"),
        (vec!["list", "--seniority", "king"], "seniorities"),
        (vec!["list", "--function", "selling"], "function"),
        (vec!["list", "--changed-jobs-since", "March"], "changed_jobs_since"),
        (vec!["export", "--to", "list.txt"], "path"),
        (vec!["export", "--to", "list.csv", "--flavour", "sour"], "flavour"),
    ] {
        let ran = people(&place, &[&arguments[..], &["--json"]].concat());
        if arguments[0] == "export" {
            assert_eq!(ran.status, 2, "{arguments:?}");
            continue;
        }
        assert_eq!(ran.ends_with(2).complaint(), ("bad_input".to_owned(), field.to_owned()), "{arguments:?}");
    }
    let unknown = place.run(&["people", "list", "--workspace", "nobody"]);
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""));
}

#[test]
fn a_file_of_stored_people_holds_each_once_and_costs_no_call() {
    let (place, _) = place(Plan::Professional);
    let path = place.file("all.csv");
    let to = path.to_str().unwrap();
    let ran = people(&place, &["export", "--to", to, "--sort", "company", "--flavour", "import"]).ends_with(0);
    let all = list(&place, &["--sort", "company"]);
    assert!(ran.out.contains(&format!("Exported {} people to ", all["total"])), "{ran:?}");
    let mut reader = csv::Reader::from_path(&path).unwrap();
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), foray_core::export::DEFAULT_COLUMNS);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), ids(&all));
    for (row, person) in rows.iter().zip(all["people"].as_array().unwrap()) {
        for (cell, name) in [
            (3, "name"),
            (4, "title"),
            (13, "organization_name"),
            (14, "organization_domain"),
            (15, "source"),
            (16, "fetched_at"),
        ] {
            assert_eq!(&row[cell], person[name].as_str().unwrap_or_default(), "{name} of {person}");
        }
    }
    assert!(rows.iter().any(|row| !row[14].is_empty()));
    let receipt = std::fs::read_to_string(path.with_extension("receipt.json")).unwrap();
    assert!(receipt.contains("\"sha256\"") && receipt.contains("\"workspace\": \"acme\""), "{receipt}");
}

#[test]
fn the_same_export_again_takes_the_place_of_the_file_and_another_keeps_it() {
    let (place, _) = place(Plan::Professional);
    let path = place.file("all.csv");
    let export =
        |more: &[&str]| people(&place, &[&["export", "--to", path.to_str().unwrap()], more].concat()).ends_with(0).err;
    assert_eq!((export(&[]), export(&[])), (String::new(), String::new()));
    assert!(export(&["--seniority", "vp"]).contains("it is kept as “"));
    std::fs::write(&path, "mine").unwrap();
    assert!(export(&["--seniority", "vp"]).contains("it is kept as “"));
    let kept = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let names = kept.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let kept: Vec<String> = names.filter(|name| name.contains(".kept-")).collect();
    let receipts = kept.iter().filter(|name| name.ends_with(".receipt.json")).count();
    assert_eq!((kept.len() - receipts, receipts), (2, 2), "each with its receipt: {kept:?}");
}

#[test]
fn nothing_of_this_makes_a_call_or_needs_a_key() {
    let (apollo_place, calls) = place(Plan::Professional);
    let place = Place::empty();
    assert_eq!(place.run(&["people", "list", "--workspace", "sample"]).ends_with(0).out, "Nobody.\n");
    place.run(&["search", "--workspace", "sample", "--title", "CFO", "--json"]).ends_with(0);
    let listed = place.run(&["people", "list", "--workspace", "sample", "--json"]).ends_with(0).answer();
    assert_eq!(listed["total"], 50);
    let shown = place.run(&["people", "show", &ids(&listed)[0], "--workspace", "sample"]).ends_with(0).out;
    assert!(shown.contains("(made up, ") && !shown.contains("from Apollo"), "{shown}");
    list(&apollo_place, &[]);
    people(&apollo_place, &["runs"]).ends_with(0);
    assert_eq!(apollo_place.apollo_calls(), calls);
}
