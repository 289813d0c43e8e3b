//! What may be typed, as the contract has it. Values are checked by the core.

mod companies;
mod jobs;
mod numbers;
mod people;
mod question;
mod reading;
mod workspaces;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use numbers::{ANY, PORT, number};

pub use companies::{Companies, EnrichCompanies};
pub use jobs::{Jobs, NamedJob};
pub use people::{Enrich, Facts, NamedRequest, Payment, People, Undecided, Whom};
pub use question::{Cache, Export, Forget, Personas, Search, Wanted};
pub use reading::{asks_for_json, parse};
pub use workspaces::{Account, Key, Status, Usage, Workspaces};

/// Foray on the command line: personas in, people and CSV out.
///
/// Environment: FORAY_DATA_DIR and FORAY_APOLLO_URL stand in for the options of these names; FORAY_APOLLO_KEY, when set,
/// is the API key of this run and is stored nowhere.
///
/// Exit status: 0 rows, be they live, cached or stale; 1 anything else; 2 bad input, or a price that nobody agreed to; 3 a limit
/// (the hour's calls, Apollo's 429, a cap of credits), or what comes later, such as mobiles; 4 Apollo unavailable; 5 key or plan.
#[derive(Debug, Parser)]
#[command(name = "foray-cli", version)]
#[expect(clippy::doc_markdown, reason = "this is the help text, where backticks would be shown")]
pub struct Cli {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Command,
}

/// Where data and Apollo are.
#[derive(Debug, Args)]
pub struct Place {
    /// Folder of Foray's data
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Apollo's scheme, host and port: https, or http on this computer
    #[arg(long, global = true, value_name = "ORIGIN")]
    pub apollo_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Workspaces, one for each client; `sample` is always there
    #[command(subcommand)]
    Workspaces(Workspaces),
    /// The Apollo API key of a workspace, kept in this computer's keyring
    #[command(subcommand)]
    Key(Key),
    /// Saved personas of a workspace
    #[command(subcommand)]
    Personas(Personas),
    /// Everybody ever fetched in a workspace: looking costs nothing, enriching pays Apollo
    #[command(subcommand)]
    People(People),
    /// The companies that people of a workspace work at; enriching them pays Apollo
    #[command(subcommand)]
    Companies(Companies),
    /// One page of people
    Search(Search),
    /// All people of a search as a CSV file
    Export(Export),
    /// Long work of a workspace: exports, re-runs and enrichments, under way, waiting and over
    #[command(subcommand)]
    Jobs(Jobs),
    /// Credits that were paid, when and for what, and what may have been paid
    Usage(Usage),
    /// What an Apollo account allows; costs no credits
    #[command(subcommand)]
    Account(Account),
    /// Calls left, circuit breaker, kept answers, endpoint in use
    Status(Status),
    /// Answers kept so that nothing is asked twice
    #[command(subcommand)]
    Cache(Cache),
    /// How things stand, as text to send to whoever helps: no key, no people, no questions
    Diagnostics(Target),
    /// Runs the stand-in for Apollo until Ctrl-C; its address is the first line of the output
    Sandbox(Sandbox),
}

/// The workspace a command is about.
#[derive(Debug, Args)]
pub struct Target {
    /// Name or id of the workspace
    #[arg(long)]
    pub workspace: String,
}

#[derive(Debug, Args)]
pub struct Sandbox {
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = number::<u16>(PORT))]
    pub port: u16,
    /// How many people there are
    #[arg(long, value_name = "N", default_value_t = 100_000, allow_negative_numbers = true, value_parser = number::<u32>(ANY))]
    pub people: u32,
    /// The same seed gives the same people
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true, value_parser = number::<u64>(ANY))]
    pub seed: u64,
    /// professional, basic or free
    #[arg(long, value_name = "P", default_value = "professional")]
    pub plan: String,
    /// KIND=RATE with KIND one of 429, 5xx, 5xx-html, 401, no-credits, hang, charged-hang, charged-5xx, slow, drop,
    /// garbage, hostile, 422, 422-wall, wrong-person, shell, 410
    #[arg(long, value_name = "KIND=RATE", num_args = 1..)]
    pub fault: Vec<String>,
}
