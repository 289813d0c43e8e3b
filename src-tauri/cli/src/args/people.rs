//! Whom of the store, and what to pay for.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use foray_core::people::function::FUNCTIONS;

use super::Target;
use super::numbers::{ANY, REQUEST, RUN, number};
use super::question::Filters;

#[derive(Debug, Subcommand)]
pub enum People {
    /// People, as far as the filters let them through
    List {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        whom: Whom,
        /// name, title, company, place, seniority, email, phone or fetched; with a minus in front the other way round. Given
        /// again, the next column decides among equals
        #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
        sort: Vec<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50, allow_negative_numbers = true, value_parser = number::<u32>(ANY))]
        limit: u32,
        /// Leaves out so many at the beginning
        #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = number::<u64>(ANY))]
        skip: u64,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Everything known of one person, each fact with who told it and when
    Show {
        /// Apollo's id of the person
        id: String,
        #[command(flatten)]
        target: Target,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
    /// What was searched for and what it brought, the newest first
    Runs {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
    /// The people as a CSV file; makes no call
    Export {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        whom: Whom,
        /// As in `people list`
        #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
        sort: Vec<String>,
        /// Leaves these people out, by Apollo's ids
        #[arg(long, value_name = "ID", num_args = 1..)]
        except: Vec<String>,
        /// The file to write; another one of its name is kept under a dated one
        #[arg(long, value_name = "FILE.csv")]
        to: String,
        /// excel (safe to open in a spreadsheet) or import (data untouched)
        #[arg(long, value_name = "FLAVOUR", default_value = "excel")]
        flavour: String,
        /// Adds what they work in behind the usual columns
        #[arg(long)]
        with_functions: bool,
        /// Adds what is known of their companies (industry, employees, place, …) behind the usual columns
        #[arg(long)]
        company_facts: bool,
    },
    /// Pays Apollo for e-mail addresses and last names; says what it would cost and stops without --yes
    ///
    /// Without --yes it ends with 2, since nothing was paid. What is booked is the price that Apollo's answer names, which is not
    /// always whole (1.01 now and then): a bound counts whole people at the published price, and can be passed by hundredths,
    /// after which nothing more is paid.
    Enrich(Enrich),
    /// Paid requests that may have been charged: an answer that got lost, a crash in the middle
    #[command(subcommand)]
    Undecided(Undecided),
}

/// Whom of the store. What Apollo does not tell, such as the industry of a company that was not enriched, is taken from the
/// questions that found them.
#[derive(Debug, Args)]
pub struct Whom {
    /// Those found for this saved persona
    #[arg(long, value_name = "NAME")]
    pub persona: Option<String>,
    /// Those found by this run; `people runs` tells its number
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(RUN))]
    pub run: Option<i64>,
    /// Those with these words, or beginnings of words, in name, title, company or place
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
    #[arg(long, value_name = "F", num_args = 1.., help = functions())]
    pub function: Vec<String>,
    /// Those who changed jobs on this day or later, as far as answers tell
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub changed_jobs_since: Option<String>,
}

fn functions() -> String {
    format!("Those who work in one of these: {}", FUNCTIONS.join(", "))
}

#[derive(Debug, Args)]
pub struct Enrich {
    #[command(flatten)]
    pub target: Target,
    /// Those found for this saved persona
    #[arg(long, value_name = "NAME")]
    pub persona: Option<String>,
    /// Those named in this file, one a line: Apollo's ids, e-mail addresses, LinkedIn profiles, or NAME, DOMAIN; - for
    /// standard input
    #[arg(long, value_name = "FILE")]
    pub ids: Option<PathBuf>,
    /// Those found by this run; `people runs` tells its number
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(RUN))]
    pub run: Option<i64>,
    #[command(flatten)]
    pub what: Facts,
    #[command(flatten)]
    pub payment: Payment,
}

/// How an enrichment is paid for.
#[derive(Debug, Args)]
pub struct Payment {
    /// Pays no more credits than this, 1 or more: for as many as they last
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    pub max_credits: Option<String>,
    /// Agrees to the credits it may cost
    #[arg(long)]
    pub yes: bool,
    /// Waits for the hour's calls, for Apollo and for the network instead of ending there
    #[arg(long)]
    pub wait: bool,
    /// Prints one JSON object: the estimate, or with --yes what came of it
    #[arg(long)]
    pub json: bool,
}

/// What to pay for besides e-mail addresses and last names.
#[derive(Debug, Args)]
pub struct Facts {
    /// Mobile numbers too, each for 8 credits more
    #[arg(long)]
    pub mobiles: bool,
    /// Private addresses too, where Apollo may tell them
    #[arg(long)]
    pub personal_emails: bool,
    /// Asks again for those whom Apollo did not know
    #[arg(long)]
    pub not_found_again: bool,
}

#[derive(Debug, Subcommand)]
pub enum Undecided {
    /// Number, time, people or company, bound, cause and job of each, separated by tabs
    List {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Asks Apollo's own count what became of one; takes 1 call or 2, no credits
    LookUp(NamedRequest),
    /// Takes one as it is: unknown for good, and its people are left alone
    Accept(NamedRequest),
    /// Asks for its people again, and pays for them again
    Retry {
        #[command(flatten)]
        request: NamedRequest,
        /// Agrees to the credits that may cost
        #[arg(long)]
        yes: bool,
    },
}

/// A paid request of which nobody knows whether it was charged.
#[derive(Debug, Args)]
pub struct NamedRequest {
    /// Number of the request; `people undecided list` tells it
    #[arg(value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(REQUEST))]
    pub request: i64,
    #[command(flatten)]
    pub target: Target,
}
