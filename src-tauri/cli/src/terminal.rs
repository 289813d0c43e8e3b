//! Asking the person at the terminal. Off a terminal nobody is asked: then nothing is confirmed.

use std::fs::File;
use std::io::{BufRead, IsTerminal, Read, Write};
use std::path::Path;

use foray_core::Error;
use zeroize::Zeroizing;

use crate::exit::Failure;

/// Far more than any key; keeps a wrong file out of memory.
const LONGEST_KEY_INPUT: u64 = 64 * 1024;

/// Whether there is somebody who reads a question and can answer it.
fn is_attended() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Lets the person confirm `what` with an answer that `accepts` takes; off a terminal says that `--yes` is needed.
///
/// # Errors
/// [`Error::NotConfirmed`].
pub fn confirm(what: &str, question: &str, accepts: impl Fn(&str) -> bool) -> Result<(), Error> {
    if !is_attended() {
        return Err(Error::NotConfirmed { message: format!("{what} Add --yes to do it.") });
    }
    drop(write!(std::io::stderr(), "{what}\n{question} "));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && accepts(answer.trim()) {
        Ok(())
    } else {
        Err(Error::NotConfirmed { message: "Nothing was removed.".to_owned() })
    }
}

/// The text of a file, or of standard input; no more than `largest` bytes of it.
pub fn read_text(file: Option<&Path>, largest: u64) -> Result<String, Failure> {
    let mut text = String::new();
    let read = match file {
        Some(path) => File::open(path).and_then(|file| file.take(largest).read_to_string(&mut text)),
        None => std::io::stdin().lock().take(largest).read_to_string(&mut text),
    };
    match (read, file) {
        (Ok(_), _) => Ok(text),
        (Err(error), Some(path)) => {
            Err(Failure::bad_input("path", format!("“{}” could not be read: {error}.", path.display())))
        }
        (Err(error), None) => Err(Failure::bad_input("path", format!("Standard input could not be read: {error}."))),
    }
}

/// The API key from standard input; at a terminal it is typed unseen.
pub fn read_key() -> Result<Zeroizing<String>, Failure> {
    let unreadable = |error: std::io::Error| Failure::bad_input("key", format!("The key could not be read: {error}."));
    if is_attended() {
        return rpassword::prompt_password("Apollo API key (not shown while typing): ")
            .map(Zeroizing::new)
            .map_err(unreadable);
    }
    let mut text = Zeroizing::new(String::new());
    std::io::stdin().lock().take(LONGEST_KEY_INPUT).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}
