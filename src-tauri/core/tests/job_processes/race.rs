//! Several processes that want the same job.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use foray_core::jobs::JobState;

use crate::processes::Process;
use crate::{ask_for, job_now, runtime, script, unbroken};

#[test]
fn of_several_processes_one_runs_the_job_and_another_takes_it_over_when_it_dies() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = runtime();
    let options = foray_sandbox::Options { people: 6_000, ..foray_sandbox::Options::default() };
    let sandbox = runtime.block_on(foray_sandbox::start(options)).unwrap();
    let whole = runtime.block_on(unbroken(folder.path(), &sandbox.origin()));
    let needed = sandbox.requests().len();
    let target = folder.path().join("race.csv");
    let asked = runtime.block_on(ask_for(folder.path(), &sandbox.origin(), "Race", &target));
    let orders = script(&sandbox.origin(), &asked);

    // Whoever comes to the third page is killed there, once; the others look for what is left behind.
    let killed = AtomicUsize::new(0);
    let compete = || {
        let mut process = Process::start("run jobs", folder.path(), &orders);
        while let Some(line) = process.hear() {
            if line == "running 3" && killed.fetch_add(1, Ordering::SeqCst) == 0 {
                return;
            }
            if line.starts_with("done") {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let first = scope.spawn(compete);
        let second = scope.spawn(compete);
        first.join().and(second.join()).unwrap();
    });
    let job = runtime.block_on(job_now(folder.path(), &sandbox.origin(), &asked));
    assert_eq!(job.state, JobState::Done);
    assert!(killed.into_inner() > 0, "somebody was killed");
    assert!(std::fs::read(&target).unwrap() == whole);
    let asked_for = sandbox.requests().len() - needed;
    assert!((needed..=needed + 1).contains(&asked_for), "{asked_for} calls where {needed} are needed");
}
