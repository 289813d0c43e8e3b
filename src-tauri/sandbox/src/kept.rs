//! What keys used and ordered, in a file: a stand-in that is started anew, and another one beside it, then go on with the same
//! account, as they would with Apollo's. Must never hold a key: they are told apart by a number made from each.

use crate::{accounts::Credits, orders::Orders};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{File, OpenOptions},
    io::{self, Read, Seek, Write},
    path::PathBuf,
};

/// The file; it comes with the first credit that is charged.
#[derive(Debug, Clone)]
pub struct Kept(PathBuf);

/// What is kept of one key. Orders stand beside the figures, where an earlier version passes over them: it goes on with the
/// credits, and its files have no orders.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Account {
    #[serde(flatten)]
    pub credits: Credits,
    #[serde(default, skip_serializing_if = "Orders::is_empty")]
    pub orders: Orders,
}

/// By the number of the key as text, since JSON has no other names.
type Book = BTreeMap<String, Account>;

impl Kept {
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// What is kept of a key; none before it was charged.
    pub fn read(&self, key: u64) -> io::Result<Option<Account>> {
        let mut file = match File::open(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        file.lock_shared()?;
        Ok(book(&mut file)?.remove(&key.to_string()))
    }

    /// Changes what is kept of a key, or one with `new` credits where nothing is, while no other stand-in can; answers what the
    /// change answers.
    pub fn change<T>(&self, key: u64, new: Credits, change: impl FnOnce(&mut Account) -> T) -> io::Result<T> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.0)?;
        file.lock()?;
        let mut book = book(&mut file)?;
        let account = book.entry(key.to_string()).or_insert(Account { credits: new, orders: Orders::default() });
        let answer = change(account);
        let text = serde_json::to_vec(&book)?;
        file.rewind()?;
        file.write_all(&text)?;
        file.set_len(text.len() as u64)?;
        Ok(answer)
    }
}

/// What the file says; a file that breaks off says nothing, and the account begins anew as with a new cycle of billing.
fn book(file: &mut File) -> io::Result<Book> {
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}
