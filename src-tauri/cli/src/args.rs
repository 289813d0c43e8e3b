//! What may be typed, as the contract has it, and what is answered to anything else. Values are checked by the core.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand};
use foray_core::persona::{FiltersInput, Seniority};

use crate::exit::Failure;
use crate::output;

/// Foray on the command line: personas in, people and CSV out.
///
/// Environment: FORAY_DATA_DIR and FORAY_APOLLO_URL stand in for the options of these names; FORAY_APOLLO_KEY, when set,
/// is the API key of this run and is stored nowhere.
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
    /// Everybody ever fetched in a workspace; costs nothing
    #[command(subcommand)]
    People(People),
    /// One page of people
    Search(Search),
    /// All people of a search as a CSV file
    Export(Export),
    /// Long work of a workspace: exports and re-runs, under way, waiting and over
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
        #[arg(long, value_name = "N", allow_negative_numbers = true)]
        calls_per_hour: Option<i64>,
        /// auto, full or free
        #[arg(long, value_name = "ENDPOINT")]
        endpoint: Option<String>,
        /// The most that kept answers take on the disk
        #[arg(long, value_name = "MB", allow_negative_numbers = true)]
        cache_mb: Option<i64>,
        /// How long an answer counts as fresh
        #[arg(long, value_name = "HOURS", allow_negative_numbers = true)]
        cache_hours: Option<i64>,
        /// The most credits of one enrichment, or none for no cap
        #[arg(long, value_name = "N|none")]
        credits_per_run: Option<String>,
        /// The most credits of a day
        #[arg(long, value_name = "N|none")]
        credits_per_day: Option<String>,
        /// The most credits of a month
        #[arg(long, value_name = "N|none")]
        credits_per_month: Option<String>,
        /// The most credits ever
        #[arg(long, value_name = "N|none")]
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
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
        /// Leaves out so many at the beginning
        #[arg(long, value_name = "N", default_value_t = 0)]
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
    },
    /// Pays Apollo for e-mail addresses and last names; says what it would cost and stops without --yes
    Enrich(Enrich),
    /// Paid requests that may have been charged: an answer that got lost, a crash in the middle
    #[command(subcommand)]
    Undecided(Undecided),
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
    #[arg(long, value_name = "ID", allow_negative_numbers = true)]
    pub run: Option<i64>,
    #[command(flatten)]
    pub what: Facts,
    /// Pays no more than this, for as many people as it lasts
    #[arg(long, value_name = "N")]
    pub max_credits: Option<u32>,
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

/// A paid request of which nobody knows whether it was charged.
#[derive(Debug, Args)]
pub struct NamedRequest {
    /// Number of the request; `people undecided list` tells it
    #[arg(value_name = "N")]
    pub request: i64,
    #[command(flatten)]
    pub target: Target,
}

#[derive(Debug, Subcommand)]
pub enum Undecided {
    /// Number, time, people, bound, cause and job of each, separated by tabs
    List {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON array
        #[arg(long)]
        json: bool,
    },
    /// Asks Apollo's own count what became of one; takes 1 call, no credits
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

/// Whom of the store. What Apollo does not tell of a person, such as the industry, is taken from the questions that found
/// them.
#[derive(Debug, Args)]
pub struct Whom {
    /// Those found for this saved persona
    #[arg(long, value_name = "NAME")]
    pub persona: Option<String>,
    /// Those found by this run; `people runs` tells its number
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub run: Option<i64>,
    /// Those with these words, or beginnings of words, in name, title, company or place
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    #[command(flatten)]
    pub filters: Filters,
    /// Those who changed jobs on this day or later, as far as answers tell
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub changed_jobs_since: Option<String>,
}

/// The workspace a command is about.
#[derive(Debug, Args)]
pub struct Target {
    /// Name or id of the workspace
    #[arg(long)]
    pub workspace: String,
}

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

#[derive(Debug, Args)]
pub struct Search {
    #[command(flatten)]
    pub target: Target,
    #[command(flatten)]
    pub wanted: Wanted,
    /// 1 to 500
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub page: Option<i64>,
    /// 10 to 100
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
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
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub page: Option<i64>,
    /// Of that page, 10 to 100
    #[arg(long, value_name = "N", allow_negative_numbers = true, requires = "page")]
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
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
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

#[derive(Debug, Subcommand)]
pub enum Jobs {
    /// Id, state, title, progress, reason and file of each, separated by tabs
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

#[derive(Debug, Args)]
pub struct Usage {
    /// Name or id of the workspace; without it all of them
    #[arg(long)]
    pub workspace: Option<String>,
    /// Asks Apollo's own count too; takes 1 call, no credits
    #[arg(long, requires = "workspace")]
    pub ask: bool,
    /// Prints one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Account {
    /// Asks Apollo what the key may do, its limits and its credits; takes 3 calls, no credits
    Check {
        #[command(flatten)]
        target: Target,
        /// Prints one JSON object
        #[arg(long)]
        json: bool,
    },
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

#[derive(Debug, Args)]
pub struct Sandbox {
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub port: u16,
    /// How many people there are
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub people: u32,
    /// The same seed gives the same people
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// professional, basic or free
    #[arg(long, value_name = "P", default_value = "professional")]
    pub plan: String,
    /// KIND=RATE with KIND one of 429, 5xx, 5xx-html, 401, no-credits, hang, charged-hang, charged-5xx, slow, drop,
    /// garbage, hostile, 422, 422-wall, wrong-person, shell, 410
    #[arg(long, value_name = "KIND=RATE", num_args = 1..)]
    pub fault: Vec<String>,
}

/// Reads the command line. None when help or version was asked for and printed.
///
/// # Errors
/// Bad input in one sentence, naming the argument.
pub fn parse(arguments: &[OsString]) -> Result<Option<Cli>, Failure> {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => Ok(Some(cli)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            output::print(&error.render().to_string())?;
            Ok(None)
        }
        // Whatever stands there may be the key itself, so it is not repeated.
        Err(error)
            if matches!(error.kind(), ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand)
                && is_about_key(arguments) =>
        {
            Err(Failure::bad_input(
                "key",
                "The key comes on standard input, never as an argument: printf '%s' KEY | foray-cli key set --workspace NAME.",
            ))
        }
        Err(error) => Err(bad_input(&error)),
    }
}

/// Whether the subcommand is `key`, as far as the command line could be understood.
fn is_about_key(arguments: &[OsString]) -> bool {
    let understood = Cli::command().ignore_errors(true).try_get_matches_from(arguments);
    understood.is_ok_and(|matches| matches.subcommand_name() == Some("key"))
}

/// Whether the user wants JSON, known before anything was understood.
pub fn asks_for_json(arguments: &[OsString]) -> bool {
    arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == "--json")
}

fn bad_input(error: &clap::Error) -> Failure {
    let incomplete = [ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, ErrorKind::MissingSubcommand];
    let message = if incomplete.contains(&error.kind()) {
        "The command is incomplete; --help lists what may follow.".to_owned()
    } else {
        sentences(&error.render().to_string())
    };
    let mut failure = Failure::bad_input("", message);
    failure.field = field(error);
    failure
}

/// Clap's paragraphs as sentences on one line, without the usage that follows them.
fn sentences(rendered: &str) -> String {
    let told = rendered.split("\n\nUsage:").next().unwrap_or(rendered);
    let told = told.split("\n\nFor more information").next().unwrap_or(told);
    let told = told.trim_start_matches("error: ");
    let paragraphs = told.split("\n\n").map(|paragraph| {
        let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut letters = line.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{capital}{}.", letters.as_str().trim_end_matches('.'))
    });
    paragraphs.collect::<Vec<_>>().join(" ")
}

/// The argument that is wrong, under the name the core gives the field.
fn field(error: &clap::Error) -> Option<String> {
    let argument = match error.get(ContextKind::InvalidArg)? {
        ContextValue::String(argument) => argument,
        ContextValue::Strings(arguments) => arguments.first()?,
        _ => return None,
    };
    let name = argument.trim_start_matches(['-', '<']).split([' ', '=', '>', '<']).next()?;
    let name = name.to_lowercase().replace('-', "_");
    Some(match name.as_str() {
        "title" => "titles".to_owned(),
        "seniority" => "seniorities".to_owned(),
        "industry" => "industries".to_owned(),
        "location" => "locations".to_owned(),
        "company_size" => "company_sizes".to_owned(),
        "to" => "path".to_owned(),
        _ => name,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn read(line: &str) -> Result<Option<Cli>, Failure> {
        let words: Vec<_> = std::iter::once("foray-cli").chain(line.split(' ')).map(OsString::from).collect();
        parse(&words)
    }

    #[test]
    fn a_key_given_as_an_argument_is_not_repeated() {
        for line in ["key set sekret-key --workspace w", "key sekret-key", "--data-dir d key set --sekret-key"] {
            let failure = read(line).unwrap_err();
            assert!(!failure.message.contains("sekret"), "{}", failure.message);
            assert!(failure.message.contains("standard input"), "{}", failure.message);
        }
    }

    #[test]
    fn a_name_that_is_key_is_no_key() {
        for line in
            ["personas add key --bogus", "personas remove --workspace key --bogus", "workspaces add key --bogus"]
        {
            let failure = read(line).unwrap_err();
            assert!(failure.message.contains("--bogus"), "{}", failure.message);
        }
    }

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn values_may_follow_one_flag_or_repeat_it() {
        let cli =
            read("search --workspace w --title A B --title C --company-size 1,10 10001 --page -1").unwrap().unwrap();
        let Command::Search(search) = cli.command else { panic!("no search") };
        assert_eq!(search.page, Some(-1));
        let filters = FiltersInput::from(search.wanted.filters);
        assert_eq!(
            (filters.titles, filters.company_sizes),
            (vec!["A".into(), "B".into(), "C".into()], vec!["1,10".into(), "10001".into()])
        );
    }

    #[test]
    fn place_options_stand_before_or_after_the_command() {
        for line in ["--data-dir d workspaces list", "workspaces --data-dir d list", "workspaces list --data-dir d"] {
            assert_eq!(read(line).unwrap().unwrap().place.data_dir, Some(PathBuf::from("d")), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_on_one_line_with_its_field() {
        for (line, field) in [
            ("search --title x", Some("workspace")),
            ("search --workspace w --page many", Some("page")),
            ("search --workspace w --page-size", Some("page_size")),
            ("personas add --workspace w", Some("name")),
            ("fly", None),
            ("key", None),
        ] {
            let failure = read(line).unwrap_err();
            assert_eq!((failure.code, failure.exit, failure.field.as_deref()), ("bad_input", 2, field), "{line}");
            assert!(failure.message.ends_with('.') && !failure.message.contains('\n'), "{}", failure.message);
            assert!(!failure.message.contains("Usage"), "{}", failure.message);
        }
    }

    #[test]
    fn json_is_asked_for_before_a_double_dash_only() {
        let asks = |line: &str| asks_for_json(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(asks("foray-cli search --json --title"));
        assert!(!asks("foray-cli workspaces add -- --json"));
    }
}
