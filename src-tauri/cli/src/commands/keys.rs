//! `key set | status | clear | check`. A key goes in and never comes out again.

use std::time::Duration;

use foray_core::Error;
use foray_core::keys::KeyCheck;
use foray_core::secrets::{ApiKey, KeyStatus};

use crate::args::{Key, Target};
use crate::exit::{DONE, Failure};
use crate::session::{Needs, Session};
use crate::{output, terminal};

/// A keyring that takes longer is waiting for somebody.
const PROMPT_ANSWER: Duration = Duration::from_secs(2);

/// Waits for the keyring, and says so when it waits for its password.
pub async fn patiently<T>(access: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    tokio::pin!(access);
    if let Ok(answer) = tokio::time::timeout(PROMPT_ANSWER, &mut access).await {
        return answer;
    }
    output::tell("Waiting for the keyring: it may be asking for its password in a window of its own.");
    access.await
}

pub fn target(command: &Key) -> &Target {
    match command {
        Key::Set(target) | Key::Status(target) | Key::Clear(target) | Key::Check(target) => target,
    }
}

pub fn needs(command: &Key) -> Needs {
    match command {
        Key::Set(_) | Key::Status(_) | Key::Clear(_) => Needs::Key,
        Key::Check(_) => Needs::Calls,
    }
}

pub async fn run(session: &Session, command: Key) -> Result<u8, Failure> {
    match command {
        Key::Set(_) => set(session).await?,
        Key::Status(_) => status(session).await?,
        Key::Clear(_) => clear(session).await?,
        Key::Check(_) => check(session).await?,
    }
    Ok(DONE)
}

async fn set(session: &Session) -> Result<(), Failure> {
    // Said before anybody types a key.
    if session.workspace.sample {
        let message = "The sample workspace needs no key. Make a workspace of your own for Apollo.";
        return Err(Failure::bad_input("workspace", message));
    }
    let key = ApiKey::parse(&terminal::read_key()?)?;
    let ending = ending(key.hint().as_deref());
    let status = patiently(session.foray.set_key(session.tenant(), key)).await?;
    let mut lines = vec![format!("The key{ending} is stored in this computer's keyring.")];
    if status == KeyStatus::Environment {
        lines.push("In this shell FORAY_APOLLO_KEY is set and wins over it.".to_owned());
    }
    output::print_lines(&lines)
}

async fn status(session: &Session) -> Result<(), Failure> {
    match patiently(session.foray.key_state(session.tenant())).await? {
        KeyStatus::Unavailable { why, advice } => Err(Error::Keyring { why, advice }.into()),
        status => output::print_lines(&[in_words(&status)]),
    }
}

async fn clear(session: &Session) -> Result<(), Failure> {
    let status = patiently(session.foray.clear_key(session.tenant())).await?;
    let mut lines = vec!["No key is stored for this workspace any more.".to_owned()];
    if status == KeyStatus::Environment {
        lines.push("In this shell FORAY_APOLLO_KEY is set and still used.".to_owned());
    }
    output::print_lines(&lines)
}

async fn check(session: &Session) -> Result<(), Failure> {
    let KeyCheck { valid, sentences, calls_spent, .. } = session.foray.check_key(session.tenant()).await?;
    if valid {
        let spent = format!("Spent {}.", output::counted(calls_spent.into(), "call", "calls"));
        return output::print_lines(&[sentences, vec![spent]].concat());
    }
    Err(Failure::other(Error::KeyRejected.code(), sentences.join(" ")))
}

/// What may be known of a key, as a sentence.
pub fn in_words(status: &KeyStatus) -> String {
    match status {
        KeyStatus::NotNeeded => "The sample workspace needs no key.".to_owned(),
        KeyStatus::Environment => "FORAY_APOLLO_KEY is the key of this run; it is stored nowhere.".to_owned(),
        KeyStatus::Stored { hint } => format!("A key{} is stored in this computer's keyring.", ending(hint.as_deref())),
        KeyStatus::ThisRunOnly { hint } => format!("A key{} is held in memory for this run.", ending(hint.as_deref())),
        KeyStatus::Missing => "No key is stored for this workspace.".to_owned(),
        KeyStatus::Unavailable { why, advice } => format!("The keyring can't be used: {why} {advice}"),
    }
}

fn ending(hint: Option<&str>) -> String {
    hint.map_or_else(String::new, |hint| format!(" ending in …{hint}"))
}
