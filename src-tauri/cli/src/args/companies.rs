//! Which companies to pay for.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Target;
use super::numbers::{RUN, number};
use super::people::Payment;

#[derive(Debug, Subcommand)]
pub enum Companies {
    /// Pays Apollo for industry, size, place and more, 1 credit a company; says what it would cost and stops without --yes
    ///
    /// Without --yes it ends with 2, since nothing was paid.
    Enrich(EnrichCompanies),
}

#[derive(Debug, Args)]
pub struct EnrichCompanies {
    #[command(flatten)]
    pub target: Target,
    /// Those of the people found for this saved persona
    #[arg(long, value_name = "NAME")]
    pub persona: Option<String>,
    /// Those of the domains in this file, one a line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub domains: Option<PathBuf>,
    /// Those of the people found by this run; `people runs` tells its number
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = number::<i64>(RUN))]
    pub run: Option<i64>,
    /// Asks again for those that Apollo did not know
    #[arg(long)]
    pub not_found_again: bool,
    /// Also those whose industry and size came with their people, for revenue, technologies and what they do
    #[arg(long)]
    pub in_full: bool,
    #[command(flatten)]
    pub payment: Payment,
}
