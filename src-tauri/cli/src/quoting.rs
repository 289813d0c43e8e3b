//! Writes a command so that it can be pasted into a shell and means the same again.

use std::ffi::OsString;

/// The command line of this very run, with those of `options` that came from their variable of the environment instead: in
/// another shell it means the same again.
pub fn this_command(options: &[(&str, &str)]) -> String {
    let from_environment = options.iter().filter_map(|(option, variable)| Some((*option, set(variable)?)));
    quoted(&complete(std::env::args_os().collect(), from_environment))
}

/// Another command of this program, with what this run takes from the environment or was told of the place.
pub fn command(options: &[(&str, &str)], words: &[&str]) -> String {
    let this: Vec<OsString> = std::env::args_os().collect();
    let mut arguments = vec![this.first().cloned().unwrap_or_else(|| OsString::from("foray-cli"))];
    for (option, variable) in options {
        if let Some(value) = given(&this, option).or_else(|| set(variable)) {
            arguments.extend([OsString::from(option), value]);
        }
    }
    arguments.extend(words.iter().map(OsString::from));
    quoted(&arguments)
}

fn set(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}

/// The value of an option, behind it or in one word with it.
fn given(arguments: &[OsString], option: &str) -> Option<OsString> {
    arguments.iter().enumerate().find_map(|(place, argument)| {
        if argument == option {
            return arguments.get(place + 1).cloned();
        }
        let value = argument.to_str()?.strip_prefix(option)?.strip_prefix('=')?;
        Some(OsString::from(value))
    })
}

/// Puts in what is not given, after the program's name.
fn complete<'a>(mut arguments: Vec<OsString>, options: impl Iterator<Item = (&'a str, OsString)>) -> Vec<OsString> {
    for (option, value) in options {
        let given = arguments.iter().any(|argument| {
            argument
                .to_str()
                .and_then(|text| text.strip_prefix(option))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        });
        if !given {
            let place = 1.min(arguments.len());
            arguments.splice(place..place, [OsString::from(option), value]);
        }
    }
    arguments
}

fn quoted(arguments: &[OsString]) -> String {
    let words: Vec<String> = arguments.iter().map(|argument| word(&argument.to_string_lossy())).collect();
    words.join(" ")
}

fn word(text: &str) -> String {
    let bare = |letter: char| letter.is_alphanumeric() || "-_./:=,@+%".contains(letter);
    if !text.is_empty() && text.chars().all(bare) {
        return text.to_owned();
    }
    if cfg!(windows) { in_double_quotes(text) } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// As Windows programs read their command line: a quote and the backslashes before it are escaped.
fn in_double_quotes(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for letter in text.chars() {
        match letter {
            '\\' => backslashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(2 * backslashes + 1));
                backslashes = 0;
            }
            _ => {
                quoted.push_str(&"\\".repeat(backslashes));
                backslashes = 0;
            }
        }
        if letter != '\\' {
            quoted.push(letter);
        }
    }
    quoted.push_str(&"\\".repeat(2 * backslashes));
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn words_with_blanks_quotes_and_dollars_are_quoted_for_a_shell() {
        let arguments = ["foray-cli", "--title", "VP Sales", "O'Neil", "$HOME", "", "51,200"].map(OsString::from);
        assert_eq!(quoted(&arguments), r"foray-cli --title 'VP Sales' 'O'\''Neil' '$HOME' '' 51,200");
    }

    #[test]
    fn an_option_is_found_behind_its_name_and_in_one_word_with_it() {
        for line in [&["foray-cli", "--data-dir", "d"][..], &["foray-cli", "jobs", "--data-dir=d"]] {
            let arguments: Vec<OsString> = line.iter().map(OsString::from).collect();
            assert_eq!(given(&arguments, "--data-dir"), Some(OsString::from("d")), "{line:?}");
            assert_eq!(given(&arguments, "--apollo-url"), None);
        }
    }

    #[test]
    fn windows_quoting_doubles_backslashes_before_a_quote_only() {
        assert_eq!(in_double_quotes(r#"C:\my "files"\"#), r#""C:\my \"files\"\\""#);
    }
}
