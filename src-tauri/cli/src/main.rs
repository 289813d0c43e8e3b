//! Foray without a window: the command line of `foray-core`. This file only starts and ends the process.

mod args;
mod commands;
mod exit;
mod output;
mod quoting;
mod session;
mod table;
mod terminal;
mod under_way;

use std::ffi::OsString;
use std::panic::PanicHookInfo;
use std::process::ExitCode;

use exit::Failure;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let json = args::asks_for_json(&arguments);
    std::panic::set_hook(Box::new(move |panic| end_on_panic(panic, json)));
    match run(&arguments, json) {
        Ok(status) => status.into(),
        Err(failure) => {
            output::tell_failure(&failure, json);
            failure.exit.into()
        }
    }
}

fn run(arguments: &[OsString], json: bool) -> Result<u8, Failure> {
    let Some(cli) = args::parse(arguments)? else { return Ok(exit::DONE) };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::other("threads", format!("Foray cannot start its threads: {error}.")))?;
    let outcome = runtime.block_on(commands::run(cli, json));
    // What is left is of no use to anybody: a keyring that does not answer, the stand-in making up its people.
    runtime.shutdown_background();
    outcome
}

/// The panic's own text may hold anything, so only its place is told. Elsewhere than on the main thread a panic comes
/// back as an error to whoever waits for that thread.
fn end_on_panic(panic: &PanicHookInfo<'_>, json: bool) {
    if std::thread::current().name() != Some("main") {
        return;
    }
    let place = panic.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    let message = format!("Foray made a mistake of its own{place}. Please report it, with the command that led here.");
    let failure = Failure::other("internal", message);
    output::tell_failure(&failure, json);
    std::process::exit(failure.exit.into());
}
