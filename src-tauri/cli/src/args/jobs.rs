//! Long work.

use clap::{Args, Subcommand};

use super::Target;

#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Id, state, title, when it was asked for, progress, reason and file of each, separated by tabs
    List {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Shows one
    Show {
        #[command(flatten)]
        job: NamedJob,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Stops one until it is resumed; a call under way is waited for
    Pause(NamedJob),
    /// Lets one go on; the window or `jobs run` takes it up
    Resume {
        #[command(flatten)]
        job: NamedJob,
        /// Agrees to the credits that what is left may cost
        #[arg(long)]
        yes: bool,
    },
    /// Ends one; what was fetched stays
    Cancel(NamedJob),
    /// Runs one here, or all that nobody paused by hand, one after the other
    Run {
        /// Id of the job, or its beginning
        #[arg(value_name = "ID")]
        job: Option<String>,
        #[command(flatten)]
        target: Target,
        /// Waits for the hour's calls, for Apollo and for the network instead of ending there
        #[arg(long)]
        wait: bool,
        /// Agrees to the credits that what is left may cost
        #[arg(long)]
        yes: bool,
        /// Prints one JSON array of the jobs as they ended
        #[arg(long)]
        json: bool,
    },
}

/// One job of a workspace.
#[derive(Debug, Args)]
pub struct NamedJob {
    /// Id of the job, or its beginning
    #[arg(value_name = "ID")]
    pub job: String,
    #[command(flatten)]
    pub target: Target,
}
