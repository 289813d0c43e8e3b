//! A disk that fills up in the middle of an export, made by the system's limit on the size of a process's files.

use std::process::Command;

use foray_core::jobs::JobState;

use crate::processes::{Process, runtime};
use crate::{RUN_MS, ask_for, committed, empty_journal, job_now, open, script, unbroken};

#[test]
fn a_full_disk_pauses_the_export_with_a_sentence_and_it_goes_on_without_asking_again() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let options = foray_sandbox::Options { people: 24_000, ..foray_sandbox::Options::default() };
    let sandbox = runtime.block_on(foray_sandbox::start(options)).unwrap();
    let whole = runtime.block_on(unbroken(folder.path(), &sandbox.origin()));
    let needed = sandbox.requests().len();
    let target = folder.path().join("narrow.csv");
    let asked = runtime.block_on(ask_for(folder.path(), &sandbox.origin(), "Narrow", &target));
    let orders = script(&sandbox.origin(), &asked);
    // A journal that is larger than the limit from the start would leave no room even for saying so.
    empty_journal(folder.path(), asked.workspace);
    let mut narrow = Command::new("sh");
    // So many blocks of 512 or 1,024 bytes hold the databases, but not the file. Without the trap the system would kill the
    // process.
    let blocks = whole.len() / 1_024 / 2;
    narrow.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
    narrow.arg(std::env::current_exe().unwrap());
    let mut process = Process::run(narrow, "run jobs", folder.path(), &orders);
    while let Some(line) = process.hear() {
        println!("{line}");
    }
    drop(process);

    let paused = runtime.block_on(job_now(folder.path(), &sandbox.origin(), &asked));
    assert_eq!(paused.state, JobState::Paused, "{paused:?}");
    assert!(paused.reason.unwrap().message.starts_with("The disk is full"));
    assert!(committed(folder.path(), asked.workspace) > 0 && !target.exists());

    // Somebody made room.
    runtime.block_on(async {
        let foray = open(folder.path(), &sandbox.origin(), "Narrow", RUN_MS).await;
        foray.jobs(asked.workspace).await.unwrap().resume(asked.id, None).await.unwrap();
    });
    let mut process = Process::start("run jobs", folder.path(), &orders);
    while process.hear().is_some() {}
    assert!(std::fs::read(&target).unwrap() == whole);
    assert_eq!(sandbox.requests().len(), 2 * needed, "no page was asked for twice");
}
