//! Workspaces, their keys, accounts and how they stand.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Target;
use super::numbers::{ANY, number};

#[derive(Debug, Subcommand)]
pub enum Workspaces {
    /// Name, id, calls an hour and endpoint of each, separated by tabs
    List,
    /// Makes a workspace
    Add { name: String },
    /// Changes settings
    Set {
        name: String,
        /// Calls to Apollo in any hour
        #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
        calls_per_hour: Option<i64>,
        /// auto, full or free
        #[arg(long, value_name = "ENDPOINT")]
        endpoint: Option<String>,
        /// The most that kept answers take on the disk
        #[arg(long, value_name = "MB", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
        cache_mb: Option<i64>,
        /// How long an answer counts as fresh
        #[arg(long, value_name = "HOURS", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
        cache_hours: Option<i64>,
        /// The most credits of one job (an enrichment, an export, a re-run), or none for no cap
        #[arg(long, value_name = "N|none", allow_negative_numbers = true, alias = "credits-per-run")]
        credits_per_job: Option<String>,
        /// The most credits of a day
        #[arg(long, value_name = "N|none", allow_negative_numbers = true)]
        credits_per_day: Option<String>,
        /// The most credits of a month
        #[arg(long, value_name = "N|none", allow_negative_numbers = true)]
        credits_per_month: Option<String>,
        /// The most credits ever
        #[arg(long, value_name = "N|none", allow_negative_numbers = true)]
        credits_in_all: Option<String>,
    },
    /// Gives a workspace another name
    Rename { name: String, new_name: String },
    /// Copies a workspace, without its key, into one file
    Backup {
        name: String,
        /// The file to write; one that is there is kept
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Brings a workspace back from such a file; its key has to be stored again
    Restore { file: PathBuf },
    /// Removes a workspace with all its data
    Remove {
        name: String,
        /// Does not ask
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Key {
    /// Stores the key that comes on standard input
    Set(Target),
    /// Says whether there is a key
    Status(Target),
    /// Removes the key
    Clear(Target),
    /// Asks Apollo about the key; takes 1 call, no credits
    Check(Target),
}

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Asks Apollo what the key may do, its limits and its credits; takes 4 calls at most, no credits
    Check {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Usage {
    /// Name or id of the workspace; without it all of them
    #[arg(long)]
    pub workspace: Option<String>,
    /// Asks Apollo's own count too, for each workspace with a key; takes 1 call or 2 each, no credits
    #[arg(long)]
    pub ask: bool,
    /// Lists only calls that may have cost something; the sums are of all
    #[arg(long)]
    pub paid: bool,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    pub target: Target,
    /// After the record of calls was lost: says that no calls were made, so that the next ones need not wait
    #[arg(long)]
    pub forgive_lost_ledger: bool,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}
