//! Whom to look for, and what is done with the answers.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use foray_core::persona::{FiltersInput, Seniority};

use super::Target;
use super::numbers::{ANY, number};

/// Values within one filter are alternatives; filters narrow each other.
#[derive(Debug, Args)]
pub struct Filters {
    /// Job titles
    #[arg(long, value_name = "T", num_args = 1..)]
    title: Vec<String>,
    #[arg(long, value_name = "S", num_args = 1.., help = seniorities())]
    seniority: Vec<String>,
    /// Industries of LinkedIn's list
    #[arg(long, value_name = "I", num_args = 1..)]
    industry: Vec<String>,
    /// Cities, states or countries
    #[arg(long, value_name = "L", num_args = 1..)]
    location: Vec<String>,
    /// Head counts: MIN,MAX, or MIN for that many and more
    #[arg(long, value_name = "MIN,MAX|MIN", num_args = 1..)]
    company_size: Vec<String>,
    /// One literal text
    #[arg(long, value_name = "K")]
    keywords: Option<String>,
}

fn seniorities() -> String {
    Seniority::ALL.map(Seniority::as_str).join(", ")
}

impl From<Filters> for FiltersInput {
    fn from(filters: Filters) -> Self {
        Self {
            titles: filters.title,
            seniorities: filters.seniority,
            industries: filters.industry,
            locations: filters.location,
            company_sizes: filters.company_size,
            keywords: filters.keywords.unwrap_or_default(),
        }
    }
}

/// Whom to look for: a saved persona, or filters of the moment.
#[derive(Debug, Args)]
pub struct Wanted {
    /// Name or id of a saved persona, instead of filters
    #[arg(long, value_name = "NAME")]
    pub persona: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
}

#[derive(Debug, Subcommand)]
pub enum Personas {
    /// Name and filters of each, separated by a tab
    List(Target),
    /// Saves a new persona; the name comes before the filters
    Add {
        name: String,
        #[command(flatten)]
        filters: Filters,
        #[command(flatten)]
        target: Target,
    },
    /// Shows one
    Show {
        name: String,
        #[command(flatten)]
        target: Target,
    },
    /// Prints one as JSON, to be imported elsewhere: its name and filters, nothing else
    Share {
        name: String,
        #[command(flatten)]
        target: Target,
    },
    /// Saves a shared persona as a new one; without a file it comes on standard input
    Import {
        file: Option<PathBuf>,
        #[command(flatten)]
        target: Target,
    },
    /// Removes one
    Remove {
        name: String,
        /// Does not ask
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        target: Target,
    },
}

#[derive(Debug, Args)]
pub struct Search {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub wanted: Wanted,
    /// 1 to 500
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
    pub page: Option<i64>,
    /// 10 to 100
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
    pub page_size: Option<i64>,
    /// Asks Apollo even when a fresh answer is kept
    #[arg(long)]
    pub refresh: bool,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Cache {
    /// Forgets the answers to a search, so that it is asked anew
    Forget(Forget),
}

#[derive(Debug, Args)]
pub struct Forget {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub wanted: Wanted,
    /// Only this page, 1 to 500
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
    pub page: Option<i64>,
    /// Of that page, 10 to 100
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "page", value_parser = number::<i64>(ANY))]
    pub page_size: Option<i64>,
    /// Everything kept in the workspace
    #[arg(long, conflicts_with_all = ["persona", "page"])]
    pub all: bool,
    /// With --all: also the rows of exports that were interrupted, which then begin anew
    #[arg(long, requires = "all")]
    pub exports: bool,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub wanted: Wanted,
    /// The file to write; while it grows it is FILE.partial.csv
    #[arg(long, value_name = "FILE.csv")]
    pub to: String,
    /// Ends after so many different people
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(ANY))]
    pub max_rows: Option<i64>,
    /// excel (safe to open in a spreadsheet) or import (data untouched)
    #[arg(long, value_name = "FLAVOUR", default_value = "excel")]
    pub flavour: String,
    /// Agrees to the credits it may cost
    #[arg(long)]
    pub yes: bool,
    /// Waits for the hour's calls, for Apollo and for the network instead of ending there, and leaves some calls to others
    #[arg(long)]
    pub wait: bool,
}
