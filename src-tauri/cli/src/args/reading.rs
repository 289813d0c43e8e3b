//! The command line as it is read, and what is answered to one that cannot be.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use super::Cli;
use crate::exit::Failure;
use crate::output;

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
    let message = match error.kind() {
        kind if incomplete.contains(&kind) => "The command is incomplete; --help lists what may follow.".to_owned(),
        ErrorKind::ValueValidation => unfit(error),
        _ => sentences(&error.render().to_string()),
    };
    let mut failure = Failure::bad_input("", message);
    failure.field = field(error);
    failure
}

/// What was typed, where, and what to write there.
fn unfit(error: &clap::Error) -> String {
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    let advice = error.source().map_or_else(String::new, |source| format!(" {source}"));
    format!("“{}” does not fit {}.{advice}", told(ContextKind::InvalidValue), told(ContextKind::InvalidArg))
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
        // The only number without an option's name.
        "n" => "request".to_owned(),
        _ => name,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::path::PathBuf;

    use foray_core::persona::FiltersInput;

    use super::*;
    use crate::args::Command;

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
    fn every_number_that_can_not_be_read_is_answered_with_what_to_write() {
        for (line, field) in [
            ("search --workspace w --page X", "page"),
            ("search --workspace w --page-size X", "page_size"),
            ("cache forget --workspace w --page X", "page"),
            ("cache forget --workspace w --page 1 --page-size X", "page_size"),
            ("export --workspace w --to x.csv --max-rows X", "max_rows"),
            ("workspaces set w --calls-per-hour X", "calls_per_hour"),
            ("workspaces set w --cache-mb X", "cache_mb"),
            ("workspaces set w --cache-hours X", "cache_hours"),
            ("people list --workspace w --limit X", "limit"),
            ("people list --workspace w --skip X", "skip"),
            ("people list --workspace w --run X", "run"),
            ("people export --workspace w --to x.csv --run X", "run"),
            ("people enrich --workspace w --run X", "run"),
            ("companies enrich --workspace w --run X", "run"),
            ("people undecided look-up X --workspace w", "request"),
            ("people undecided accept X --workspace w", "request"),
            ("people undecided retry X --workspace w", "request"),
            ("sandbox --port X", "port"),
            ("sandbox --people X", "people"),
            ("sandbox --seed X", "seed"),
        ] {
            for typed in ["abc", "1.5", "99999999999999999999999", "-1"] {
                // Some numbers may be below 0 as far as they can be read: the core says what they may be.
                let Err(failure) = read(&line.replace('X', typed)) else {
                    assert_eq!(typed, "-1", "{line}");
                    continue;
                };
                assert_eq!(failure.field.as_deref(), Some(field), "{line}");
                let said = format!("“{typed}” does not fit ");
                assert!(failure.message.starts_with(&said), "{line}: {}", failure.message);
                let advice = failure.message.split_once(". Write ").map(|(_, advice)| advice);
                assert!(advice.is_some_and(|advice| advice.contains("number")), "{line}: {}", failure.message);
            }
        }
        for option in ["--credits-per-job", "--credits-per-day", "--credits-per-month", "--credits-in-all"] {
            assert!(read(&format!("workspaces set w {option} -1")).is_ok(), "{option}: what it may be is said later");
        }
    }

    #[test]
    fn json_is_asked_for_before_a_double_dash_only() {
        let asks = |line: &str| asks_for_json(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert!(asks("foray-cli search --json --title"));
        assert!(!asks("foray-cli workspaces add -- --json"));
    }
}
