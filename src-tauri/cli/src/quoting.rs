//! Writes a command so that it can be pasted into a shell and means the same again.

use std::ffi::OsString;

/// The command line of this very run.
pub fn this_command() -> String {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    quoted(&arguments)
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
    fn windows_quoting_doubles_backslashes_before_a_quote_only() {
        assert_eq!(in_double_quotes(r#"C:\my "files"\"#), r#""C:\my \"files\"\\""#);
    }
}
