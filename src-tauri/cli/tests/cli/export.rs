//! `export`: the file, its price, how it stops and goes on.

use std::fs;
use std::path::Path;

use crate::runner::{KEY, Place, Ran, sandbox, small, start};
use foray_sandbox::{Options, Plan};

const HEADER: &str = "apollo_person_id,first_name,last_name,name,title,seniority,email,email_status,phone,linkedin_url,city,state,country,company,company_domain,source,fetched_at";

fn export(place: &Place, workspace: &str, file: &str, arguments: &[&str]) -> Ran {
    let to = place.file(file);
    let to = to.to_str().unwrap();
    place.run(&[&["export", "--workspace", workspace, "--to", to], arguments].concat())
}

/// Ids in the file, in their order.
fn ids(file: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|record| record.unwrap()[0].to_owned()).collect()
}

#[test]
fn the_sample_workspace_exports_everybody_once_and_asks_for_no_yes() {
    let place = Place::empty();
    let ran = export(&place, "sample", "cfos.csv", &["--title", "CFO"]).ends_with(0);
    let search = place.run(&["search", "--workspace", "sample", "--title", "CFO", "--json"]).ends_with(0).answer();
    let total = search["total_entries"].as_u64().unwrap();
    let mut ids = ids(&place.file("cfos.csv"));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len() as u64, total);
    assert!(ran.out.starts_with(&format!("Exported {total} of {total} people to ")), "{}", ran.out);
    assert_eq!((ran.err.as_str(), ran.out.lines().count()), ("", 1));
    assert!(!place.file("cfos.partial.csv").exists());
}

#[test]
fn the_excel_flavour_is_the_default_and_import_leaves_out_the_byte_order_mark() {
    let place = Place::empty();
    for (file, arguments, mark) in [
        ("a.csv", &[][..], "\u{feff}"),
        ("b.csv", &["--flavour", "excel"], "\u{feff}"),
        ("c.csv", &["--flavour", "import"], ""),
    ] {
        export(&place, "sample", file, &[&["--title", "CFO", "--max-rows", "5"], arguments].concat()).ends_with(0);
        let text = fs::read_to_string(place.file(file)).unwrap();
        assert!(text.starts_with(&format!("{mark}{HEADER}\r\n")), "{text}");
        assert_eq!(ids(&place.file(file)).len(), 5, "max-rows counts people");
    }
}

#[test]
fn an_export_that_may_cost_credits_names_its_bound_and_needs_a_yes() {
    let apollo = sandbox(Plan::Professional);
    let place = Place::acme(&apollo, KEY);
    let refused = export(&place, "acme", "cfos.csv", &["--title", "CFO"]).ends_with(2);
    assert!(refused.err.contains("500 credits") && refused.err.contains("--yes"), "{}", refused.err);
    assert!(apollo.requests().is_empty() && !place.file("cfos.csv").exists());
    let done = export(&place, "acme", "cfos.csv", &["--title", "CFO", "--yes"]).ends_with(0);
    assert!(done.err.contains("up to 500 credits"), "{}", done.err);
    assert!(done.out.contains("Exported "), "{}", done.out);
}

#[test]
fn an_account_on_the_free_endpoint_needs_no_yes() {
    let place = Place::acme(&sandbox(Plan::Basic), KEY);
    place.search(&["--title", "CEO"]).ends_with(0);
    export(&place, "acme", "cfos.csv", &["--title", "CFO", "--max-rows", "3"]).ends_with(0);
}

#[test]
fn what_can_not_be_exported_is_bad_input() {
    let place = Place::empty();
    for (file, arguments) in [
        ("cfos.txt", &["--title", "CFO"][..]),
        ("no/such/folder.csv", &["--title", "CFO"]),
        ("cfos.csv", &[]),
        ("cfos.csv", &["--title", "CFO", "--max-rows", "0"]),
        ("cfos.csv", &["--title", "CFO", "--max-rows", "-1"]),
        ("cfos.csv", &["--title", "CFO", "--flavour", "xlsx"]),
        ("cfos.csv", &["--persona", "nobody"]),
    ] {
        let ran = export(&place, "sample", file, arguments).ends_with(2);
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
    assert!(!place.file("cfos.csv").exists() && !place.file("cfos.partial.csv").exists());
}

#[cfg(unix)]
#[test]
fn out_of_calls_the_partial_file_stays_and_the_printed_command_goes_on() {
    let apollo = start(Options { plan: Plan::Basic, ..small() });
    let place = Place::acme(&apollo, KEY);
    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "4"]).ends_with(0);
    place.search(&["--title", "sales manager"]).ends_with(0);
    let arguments = ["--seniority", "manager", "--keywords", "o'clock \"$x\""];
    // The keywords match nobody: this only shows that the question itself costs a call.
    drop(export(&place, "acme", "none.csv", &arguments).ends_with(0));

    let stopped = export(&place, "acme", "all.csv", &["--seniority", "manager"]).ends_with(3);
    assert!(stopped.out.is_empty() && stopped.err.contains("frees at"), "{stopped:?}");
    let partial = place.file("all.partial.csv");
    assert_eq!(ids(&partial).len(), 100);
    assert!(!place.file("all.csv").exists());

    place.run(&["workspaces", "set", "acme", "--calls-per-hour", "100"]).ends_with(0);
    let asked = apollo.requests().len();
    let before = fs::read_to_string(&partial).unwrap();
    go_on(&place, &stopped.err);
    let after = fs::read_to_string(place.file("all.csv")).unwrap();
    assert!(after.starts_with(&before), "going on changes nothing that was written");
    assert!(!partial.exists());
    let pages: Vec<_> = apollo.requests()[asked..].iter().map(|request| request.body["page"].clone()).collect();
    assert_eq!(pages[0], 2, "page 1 was not asked again");
}

/// Pastes the last line's command into another shell, which knows the key and nothing else of this one's variables.
#[cfg(unix)]
fn go_on(place: &Place, told: &str) {
    let line = told.lines().last().unwrap();
    let command = line.strip_prefix("Go on with: ").unwrap();
    let cli = place.command(&[]);
    let environment = cli.get_envs().filter_map(|(name, value)| Some((name, value?)));
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", command]).envs(environment).env_remove("FORAY_DATA_DIR").env_remove("FORAY_APOLLO_URL");
    shell.env("HOME", place.file("another-home")).env_remove("XDG_DATA_HOME");
    crate::runner::finish(shell).ends_with(0);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_an_export_cleanly() {
    use std::time::{Duration, Instant};

    let mut options = Options { slow: Duration::from_mins(1), ..small() };
    options.faults = "slow=1".parse().unwrap();
    let apollo = start(options);
    let place = Place::acme(&apollo, KEY);
    let to = place.file("cfos.csv");
    let arguments = ["export", "--workspace", "acme", "--title", "CFO", "--yes", "--to", to.to_str().unwrap()];
    let child = place.command(&arguments).spawn().unwrap();
    let patience = Instant::now() + Duration::from_secs(20);
    while apollo.requests().is_empty() && Instant::now() < patience {
        std::thread::yield_now();
    }
    let signalled = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(signalled.success());
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("Cancelled") && told.contains("cfos.partial.csv") && told.contains("Go on with: "), "{told}");
    assert!(place.file("cfos.partial.csv").exists() && !to.exists());
}

#[test]
fn a_file_that_is_not_this_export_is_kept_under_a_dated_name() {
    let place = Place::empty();
    let target = place.file("list.csv");
    let export = |title: &str| {
        let arguments = ["export", "--workspace", "sample", "--title", title, "--max-rows", "5", "--to"];
        place.run(&[&arguments[..], &[target.to_str().unwrap()]].concat()).ends_with(0)
    };
    let kept = || {
        let beside = std::fs::read_dir(target.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        beside.filter(|path| path.to_string_lossy().contains(".kept-")).collect::<Vec<_>>()
    };
    std::fs::write(&target, "my,own,notes\n").unwrap();
    assert!(export("CFO").err.contains("is kept as"));
    assert_eq!(std::fs::read_to_string(&kept()[0]).unwrap(), "my,own,notes\n");
    assert_eq!(export("CFO").err, "", "the same export again replaces itself");
    assert_eq!(kept().len(), 1);
    let cfos = std::fs::read(&target).unwrap();
    export("CTO");
    assert!(kept().iter().any(|path| std::fs::read(path).unwrap() == cfos));
}

#[test]
fn another_size_flavour_or_workspace_is_another_export_and_its_receipt_stays_with_its_file() {
    let place = Place::empty();
    let (target, receipt) = (place.file("list.csv"), place.file("list.receipt.json"));
    let export = |more: &[&str]| {
        let arguments = ["export", "--workspace", "sample", "--title", "CFO", "--to", target.to_str().unwrap()];
        place.run(&[&arguments[..], more].concat()).ends_with(0).err
    };
    let kept = |ending: &str| {
        let beside = std::fs::read_dir(target.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
        let ours = |path: &std::path::PathBuf| path.to_string_lossy().contains(".kept-");
        beside.filter(ours).filter(|path| path.to_string_lossy().ends_with(ending)).collect::<Vec<_>>()
    };
    std::fs::write(&receipt, "my own notes").unwrap();
    export(&[]);
    assert_eq!(std::fs::read_to_string(&kept(".json")[0]).unwrap(), "my own notes");
    let (everybody, told) = (std::fs::read(&target).unwrap(), std::fs::read(&receipt).unwrap());
    assert!(export(&["--max-rows", "5"]).contains("is kept as"));
    assert!(kept(".csv").iter().any(|path| std::fs::read(path).unwrap() == everybody));
    assert!(kept(".receipt.json").iter().any(|path| std::fs::read(path).unwrap() == told));
    assert!(export(&["--max-rows", "5", "--flavour", "import"]).contains("is kept as"));
    assert_eq!(export(&["--max-rows", "5", "--flavour", "import"]), "", "the same again replaces itself");
    assert_eq!(kept(".csv").len(), 2);
}

#[test]
fn what_stands_in_a_growing_file_and_is_not_this_exports_is_kept_or_refused() {
    let place = Place::empty();
    let target = place.file("list.csv");
    let export = |target: &std::path::Path| {
        let arguments = ["export", "--workspace", "sample", "--title", "CFO", "--max-rows", "5", "--to"];
        place.run(&[&arguments[..], &[target.to_str().unwrap()]].concat())
    };
    std::fs::write(place.file("list.partial.csv"), "rows,of,another\n").unwrap();
    assert!(export(&target).ends_with(0).err.contains("is kept as"));
    let mut beside = std::fs::read_dir(target.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let kept = beside.find(|path| path.to_string_lossy().contains(".kept-")).unwrap();
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "rows,of,another\n");
    assert!(export(&place.file("more.partial.csv")).ends_with(2).err.contains("Choose another"));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_growing_file_leads_nowhere() {
    let place = Place::empty();
    let precious = place.file("precious.txt");
    std::fs::write(&precious, "precious").unwrap();
    std::os::unix::fs::symlink(&precious, place.file("list.partial.csv")).unwrap();
    let target = place.file("list.csv");
    let arguments = ["export", "--workspace", "sample", "--title", "CFO", "--to", target.to_str().unwrap()];
    assert!(place.run(&arguments).ends_with(2).err.contains("in the way"));
    assert_eq!(std::fs::read_to_string(&precious).unwrap(), "precious");
}

#[test]
fn what_an_interrupted_export_of_another_question_wrote_is_kept() {
    let place = Place::empty();
    place.run(&["workspaces", "set", "sample", "--calls-per-hour", "1"]).ends_with(0);
    let target = place.file("list.csv");
    let export = |title: &str| {
        place.run(&["export", "--workspace", "sample", "--seniority", title, "--to", target.to_str().unwrap()])
    };
    export("vp").ends_with(3);
    let partial = std::fs::read(place.file("list.partial.csv")).unwrap();
    export("director").ends_with(3);
    let mut beside = std::fs::read_dir(target.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let kept = beside.find(|path| path.to_string_lossy().contains(".kept-")).unwrap();
    assert_eq!(std::fs::read(kept).unwrap(), partial);
}
