//! `personas`: saved, found by name, searched with, removed.

use crate::runner::{KEY, Place, sandbox};
use foray_sandbox::Plan;

fn acme() -> Place {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place
}

#[test]
fn a_persona_is_saved_shown_listed_and_removed() {
    let place = acme();
    let add = [
        "personas",
        "add",
        "Sales chiefs",
        "--title",
        "VP Sales",
        "Head of Sales",
        "--seniority",
        "vp",
        "--industry",
        "computer software",
        "--location",
        "Germany",
        "--company-size",
        "51,200",
        "10001",
        "--keywords",
        "saas",
        "--workspace",
        "acme",
    ];
    place.run(&add).ends_with(0);
    let shown = place.run(&["personas", "show", "SALES CHIEFS", "--workspace", "acme"]).ends_with(0).out;
    for value in
        ["Sales chiefs", "Head of Sales; VP Sales", "vp", "computer software", "Germany", "10001; 51,200", "saas"]
    {
        assert!(shown.contains(value), "{value} in {shown}");
    }
    let listed = place.run(&["personas", "list", "--workspace", "acme"]).ends_with(0).out;
    assert!(listed.starts_with("Sales chiefs\t") && listed.lines().count() == 1, "{listed}");
    place.run(&["personas", "remove", "sales chiefs", "--workspace", "acme"]).ends_with(2);
    place.run(&["personas", "remove", "sales chiefs", "--yes", "--workspace", "acme"]).ends_with(0);
    assert_eq!(place.run(&["personas", "list", "--workspace", "acme"]).ends_with(0).out, "");
}

#[test]
fn unknown_duplicate_and_empty_personas_are_bad_input() {
    let place = acme();
    place.run(&["personas", "add", "Chiefs", "--title", "CEO", "--workspace", "acme"]).ends_with(0);
    for bad in [
        &["add", "CHIEFS", "--title", "CFO"][..],
        &["add", "Everybody"],
        &["add", "Everybody", "--title", " "],
        &["add", "", "--title", "CFO"],
        &["add", "Wrong", "--seniority", "boss"],
        &["show", "nobody"],
        &["remove", "nobody", "--yes"],
    ] {
        let ran = place.run(&[&["personas"], bad, &["--workspace", "acme"]].concat()).ends_with(2);
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
}

#[test]
fn a_personas_name_never_hides_another_personas_id() {
    let place = acme();
    place.run(&["personas", "add", "Chiefs", "--title", "CEO", "--workspace", "acme"]).ends_with(0);
    let shown = place.run(&["personas", "show", "Chiefs", "--workspace", "acme"]).ends_with(0).out;
    let id = shown.split_whitespace().find(|word| word.len() == 36).unwrap();
    place.run(&["personas", "add", id, "--title", "CTO", "--workspace", "acme"]).ends_with(2);
    let found = place.run(&["personas", "show", &id.to_uppercase(), "--workspace", "acme"]).ends_with(0).out;
    assert_eq!(found, shown);
}

#[test]
fn personas_belong_to_one_workspace() {
    let place = acme();
    place.run(&["workspaces", "add", "other"]).ends_with(0);
    place.run(&["personas", "add", "Chiefs", "--title", "CEO", "--workspace", "acme"]).ends_with(0);
    place.run(&["personas", "show", "Chiefs", "--workspace", "other"]).ends_with(2);
    place.run(&["personas", "add", "Chiefs", "--title", "CFO", "--workspace", "other"]).ends_with(0);
}

#[test]
fn a_search_takes_a_persona_or_filters_and_not_both() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    place
        .run(&["personas", "add", "Chiefs", "--title", "CFO", "--seniority", "c_suite", "--workspace", "acme"])
        .ends_with(0);
    let by_persona = place.search(&["--persona", "chiefs"]).ends_with(0).answer();
    let by_filters = place.search(&["--title", "CFO", "--seniority", "c_suite"]).ends_with(0).answer();
    assert_eq!((&by_persona["source"], &by_filters["source"]), (&"live".into(), &"cached".into()));
    assert_eq!(by_persona["people"], by_filters["people"]);
    assert_eq!(
        place.search(&["--persona", "chiefs", "--title", "CFO"]).ends_with(2).complaint(),
        ("bad_input".into(), "persona".into())
    );
    assert_eq!(place.search(&["--persona", "nobody"]).ends_with(2).complaint(), ("bad_input".into(), "persona".into()));
}

#[test]
fn a_persona_is_shared_as_a_text_and_imported_under_a_free_name() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place
        .run(&["personas", "add", "Chiefs", "--title", "CFO", "--location", "Köln", "--workspace", "sample"])
        .ends_with(0);
    let text = place.run(&["personas", "share", "chiefs", "--workspace", "sample"]).ends_with(0).out;
    place.run_with_input(&["personas", "import", "--workspace", "acme"], &text).ends_with(0);
    let file = place.file("chiefs.json");
    std::fs::write(&file, &text).unwrap();
    let second = place.run(&["personas", "import", file.to_str().unwrap(), "--workspace", "acme"]).ends_with(0);
    assert!(second.out.contains("“Chiefs 2”"), "{second:?}");
    let listed = place.run(&["personas", "list", "--workspace", "acme"]).out;
    assert!(listed.lines().count() == 2 && listed.contains("Köln"), "{listed}");
    for bad in ["", "{}", "no json", &text.replace("titles", "titels")] {
        place.run_with_input(&["personas", "import", "--workspace", "acme"], bad).ends_with(2);
    }
    place.run(&["personas", "import", "/nowhere.json", "--workspace", "acme"]).ends_with(2);
}
