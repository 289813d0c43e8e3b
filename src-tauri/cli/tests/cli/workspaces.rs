//! `workspaces`: names, ids, the reserved sample, settings, removal.

use crate::runner::Place;

#[test]
fn the_sample_workspace_is_always_there_and_its_name_is_reserved() {
    let place = Place::empty();
    let listed = place.run(&["workspaces", "list"]).ends_with(0);
    assert!(listed.out.starts_with("Sample\t") && listed.out.lines().count() == 1, "{}", listed.out);
    for name in ["sample", "SAMPLE", " Sample ", "ｓａｍｐｌｅ"] {
        let ran = place.run(&["workspaces", "add", name]).ends_with(2);
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
    place.run(&["workspaces", "remove", "sample", "--yes"]).ends_with(2);
    place.run(&["workspaces", "remove", "sample"]).ends_with(2);
    assert_eq!(place.run(&["workspaces", "list"]).out, listed.out);
}

#[test]
fn names_are_unique_after_compatibility_forms_and_case_are_folded() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "Straße"]).ends_with(0);
    for same in ["straße", "STRASSE", "Ｓtrasse"] {
        place.run(&["workspaces", "add", same]).ends_with(2);
        place.run(&["status", "--workspace", same]).ends_with(0);
    }
    assert_eq!(place.run(&["workspaces", "list"]).out.lines().count(), 2);
}

#[test]
fn a_workspace_is_named_by_name_or_id_and_never_by_path() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "Acme"]).ends_with(0);
    let listed = place.run(&["workspaces", "list"]).out;
    let row = listed.lines().find(|row| row.starts_with("Acme\t")).unwrap();
    let id = row.split('\t').nth(1).unwrap();
    place.run(&["personas", "list", "--workspace", id]).ends_with(0);
    let folder = place.file("data").join("tenants").join(id);
    for path in [folder.to_str().unwrap(), &format!("tenants/{id}"), &format!("../{id}"), "nobody", ""] {
        place.run(&["personas", "list", "--workspace", path]).ends_with(2);
        assert_eq!(
            place.run(&["status", "--json", "--workspace", path]).complaint(),
            ("bad_input".into(), "workspace".into())
        );
    }
}

#[test]
fn settings_change_and_what_is_out_of_range_does_not() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    let set = place.run(&["workspaces", "set", "ACME", "--calls-per-hour", "7", "--endpoint", "free"]).ends_with(0);
    assert!(set.out.ends_with("\t7 calls/h\tfree\n"), "{}", set.out);
    for bad in [
        &["--calls-per-hour", "0"][..],
        &["--calls-per-hour", "-3"],
        &["--calls-per-hour", "many"],
        &["--endpoint", "best"],
        &[],
    ] {
        place.run(&[&["workspaces", "set", "acme"], bad].concat()).ends_with(2);
    }
    place.run(&["workspaces", "set", "nobody", "--endpoint", "free"]).ends_with(2);
    let status = place.run(&["status", "--workspace", "acme", "--json"]).ends_with(0).answer();
    assert_eq!((&status["limiter"]["limit"], &status["endpoint"]["setting"]), (&7.into(), &"free".into()));
}

#[test]
fn removal_off_a_terminal_needs_a_yes_and_takes_the_data_along() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place.run(&["personas", "add", "Chiefs", "--title", "Chief Unicorn", "--workspace", "acme"]).ends_with(0);
    let refused = place.run(&["workspaces", "remove", "acme"]).ends_with(2);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    place.run_with_input(&["workspaces", "remove", "acme"], "acme\n").ends_with(2);
    place.run(&["personas", "show", "chiefs", "--workspace", "acme"]).ends_with(0);
    place.run(&["workspaces", "remove", "acme", "--yes"]).ends_with(0);
    place.run(&["personas", "list", "--workspace", "acme"]).ends_with(2);
    let folders = std::fs::read_dir(place.file("data").join("tenants")).unwrap().count();
    assert_eq!(folders, 0);
    place.run(&["workspaces", "remove", "acme", "--yes"]).ends_with(2);
}

#[test]
fn a_workspace_gets_another_name_and_not_one_that_is_taken() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place.run(&["workspaces", "add", "nord"]).ends_with(0);
    place.run(&["workspaces", "rename", "ACME", "Acme GmbH"]).ends_with(0);
    place.run(&["personas", "list", "--workspace", "acme gmbh"]).ends_with(0);
    for bad in ["Nord", "sample", " "] {
        place.run(&["workspaces", "rename", "acme gmbh", bad]).ends_with(2);
    }
    place.run(&["workspaces", "rename", "sample", "mine"]).ends_with(2);
    place.run(&["workspaces", "rename", "acme", "x"]).ends_with(2);
}

#[test]
fn cache_settings_have_limits_too() {
    let place = Place::empty();
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    place.run(&["workspaces", "set", "acme", "--cache-mb", "64", "--cache-hours", "12"]).ends_with(0);
    for bad in [&["--cache-mb", "0"], &["--cache-mb", "-1"], &["--cache-hours", "1000"], &["--cache-hours", "soon"]] {
        place.run(&[&["workspaces", "set", "acme"], &bad[..]].concat()).ends_with(2);
    }
}

#[test]
fn a_workspace_goes_to_another_computer_in_one_file() {
    let (here, there) = (Place::empty(), Place::empty());
    here.run(&["workspaces", "add", "acme"]).ends_with(0);
    here.run(&["personas", "add", "Chiefs", "--title", "Chief Unicorn", "--workspace", "acme"]).ends_with(0);
    let file = here.file("acme.foray-backup");
    let file = file.to_str().unwrap();
    let made = here.run(&["workspaces", "backup", "acme", "--to", file]).ends_with(0);
    assert!(made.out.contains("no key"), "{made:?}");
    let kept = here.run(&["workspaces", "backup", "acme", "--to", file]).ends_with(2);
    assert!(kept.err.contains("exists already"), "{kept:?}");
    here.run(&["workspaces", "backup", "sample", "--to", here.file("s").to_str().unwrap()]).ends_with(2);
    let again = here.run(&["workspaces", "restore", file]).ends_with(2);
    assert!(again.err.contains("here already"), "{again:?}");

    there.run(&["workspaces", "restore", file]).ends_with(0);
    assert!(
        there.run(&["personas", "show", "chiefs", "--workspace", "acme"]).ends_with(0).out.contains("Chief Unicorn")
    );
    assert_eq!(
        there.run(&["key", "status", "--workspace", "acme"]).ends_with(0).out,
        "No key is stored for this workspace.\n"
    );
    there.run(&["workspaces", "restore", "/nowhere"]).ends_with(2);
    std::fs::write(there.file("none"), "hello").unwrap();
    there.run(&["workspaces", "restore", there.file("none").to_str().unwrap()]).ends_with(2);
}
