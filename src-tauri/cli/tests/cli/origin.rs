//! `--apollo-url`: scheme, host and port, https or this computer.

use crate::runner::{KEY, Place, finish, sandbox};
use foray_sandbox::Plan;

#[test]
fn a_path_or_plain_http_to_elsewhere_is_bad_input() {
    let place = Place::empty();
    for origin in [
        "http://127.0.0.1:1/api/v1",
        "https://api.apollo.io/api",
        "https://api.apollo.io/?x",
        "http://api.apollo.io",
        "http://10.0.0.1",
        "ftp://127.0.0.1",
        "api.apollo.io",
        "https://key@api.apollo.io",
        "",
    ] {
        let ran = place
            .run(&["--apollo-url", origin, "search", "--workspace", "sample", "--title", "x", "--json"])
            .ends_with(2);
        assert_eq!(ran.complaint(), ("bad_input".into(), "apollo_url".into()), "{origin}");
    }
}

#[test]
fn a_bad_origin_in_the_environment_spoils_only_what_would_use_it() {
    let place = Place::acme(&sandbox(Plan::Professional), KEY);
    for (workspace, status) in [("sample", 0), ("acme", 2)] {
        let mut command = place.command(&["search", "--workspace", workspace, "--title", "x", "--json"]);
        command.env("FORAY_APOLLO_URL", "http://api.apollo.io");
        finish(command).ends_with(status);
    }
}

#[test]
fn the_option_wins_over_the_environment_and_an_empty_variable_is_none() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    let mut command =
        place.command(&["search", "--workspace", "acme", "--title", "x", "--json", "--apollo-url", &apollo.origin()]);
    command.env("FORAY_APOLLO_URL", "http://127.0.0.1:1");
    finish(command).ends_with(0);
    assert_eq!(apollo.requests()[0].path, "/api/v1/mixed_people/search");
    let mut command = place.command(&["workspaces", "list"]);
    command.env("FORAY_APOLLO_URL", "");
    finish(command).ends_with(0);
}

#[test]
fn the_folder_option_wins_over_the_environment() {
    let place = Place::empty();
    let elsewhere = place.file("elsewhere");
    place.run(&["workspaces", "add", "acme", "--data-dir", elsewhere.to_str().unwrap()]).ends_with(0);
    assert!(elsewhere.join("workspaces.sqlite").is_file() && !place.file("data").exists());
}
