//! Bad days of Apollo: each is an empty answer with its reason, and status 4.

use crate::runner::{KEY, Place, failing};
use foray_sandbox::Faults;

#[test]
fn answers_that_are_none_end_with_4_and_say_which_way() {
    for (faults, code) in [
        ("5xx=1", "unavailable"),
        ("5xx-html=1", "unavailable"),
        ("garbage=1", "unreadable"),
        ("drop=1", "connection_lost"),
    ] {
        let place = Place::acme(&failing(faults), KEY);
        let ran = place.search(&["--title", "CFO"]).ends_with(4);
        let answer = ran.answer();
        assert_eq!(
            (ran.err.as_str(), &answer["source"], &answer["reason"]["code"]),
            ("", &"empty".into(), &code.into()),
            "{faults}"
        );
        assert!(answer["calls_spent"].as_u64().unwrap() >= 1, "{faults}");
    }
}

#[test]
fn nobody_listening_ends_with_4() {
    let place = Place::empty().with_key(KEY);
    place.run(&["workspaces", "add", "acme"]).ends_with(0);
    let ran = place.search(&["--title", "CFO"]).ends_with(4);
    assert_eq!((ran.err.as_str(), &ran.answer()["source"]), ("", &"empty".into()));
}

#[test]
fn an_apollo_that_hangs_ends_with_4_at_the_deadline_and_the_kept_rows_still_serve() {
    let apollo = failing("");
    let place = Place::acme(&apollo, KEY);
    let kept = place.search(&["--title", "CFO"]).ends_with(0).answer();
    apollo.set_faults("hang=1".parse::<Faults>().unwrap());
    let ran = place.search(&["--title", "CEO"]).ends_with(4);
    assert_eq!((ran.err.as_str(), &ran.answer()["reason"]["code"]), ("", &"timed_out".into()));

    apollo.set_faults("5xx=1".parse::<Faults>().unwrap());
    let stale = place.search(&["--title", "CFO", "--refresh"]).ends_with(0).answer();
    assert_eq!((&stale["source"], &stale["reason"]["code"]), (&"stale".into(), &"unavailable".into()));
    assert_eq!((&stale["people"], &stale["as_of"]), (&kept["people"], &kept["as_of"]));
}
