//! The file while it grows (`NAME.partial.csv`), and the moment it gets its name.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::db::explain_io;
use crate::error::Error;
use crate::hex;

/// An open partial file. Calls block.
pub struct Partial {
    path: PathBuf,
    target: PathBuf,
    file: BufWriter<File>,
    digest: Sha256,
}

impl Partial {
    /// Starts the file anew; what an interrupted export had written is written again from its journal.
    ///
    /// # Errors
    /// [`Error::BadInput`] on the field `path`; the disk.
    pub fn create(target: &Path) -> Result<Self, Error> {
        let path = partial_path(target)?;
        if target.is_dir() {
            return Err(Error::bad_input(
                "path",
                format!("“{}” is a folder. Name a file that ends in .csv.", target.display()),
            ));
        }
        let folder = folder(target);
        if !folder.is_dir() {
            return Err(Error::bad_input(
                "path",
                format!("There is no folder “{}”. Make it first, or choose another.", folder.display()),
            ));
        }
        let file = File::create(&path).map_err(|error| explain(&path, &error))?;
        Ok(Self { path, target: target.to_path_buf(), file: BufWriter::new(file), digest: Sha256::new() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn write(&mut self, text: &str) -> Result<(), Error> {
        self.digest.update(text.as_bytes());
        self.file.write_all(text.as_bytes()).map_err(|error| explain(&self.path, &error))
    }

    pub fn flush(&mut self) -> Result<(), Error> {
        self.file.flush().map_err(|error| explain(&self.path, &error))
    }

    /// On the disk, then renamed: the name appears only when everything is there. Answers the SHA-256 of the file.
    pub fn complete(mut self) -> Result<String, Error> {
        self.flush()?;
        self.file.get_ref().sync_all().map_err(|error| explain(&self.path, &error))?;
        std::fs::rename(&self.path, &self.target).map_err(|error| explain(&self.target, &error))?;
        sync_folder(folder(&self.target))?;
        Ok(hex::digits(&self.digest.finalize()))
    }
}

/// `list.csv` grows as `list.partial.csv`.
///
/// # Errors
/// [`Error::BadInput`] on the field `path` when it does not end in `.csv`.
pub fn partial_path(target: &Path) -> Result<PathBuf, Error> {
    let is_csv = target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    match target.file_stem() {
        Some(stem) if is_csv => {
            let mut name = stem.to_os_string();
            name.push(".partial.csv");
            Ok(target.with_file_name(name))
        }
        _ => Err(Error::bad_input("path", "Name a file that ends in .csv.")),
    }
}

/// A small file beside the export, written whole or not at all.
pub fn write_beside(path: &Path, text: &str) -> Result<(), Error> {
    let mut growing = path.as_os_str().to_owned();
    growing.push(".new");
    let growing = PathBuf::from(growing);
    std::fs::write(&growing, text).map_err(|error| explain(&growing, &error))?;
    std::fs::rename(&growing, path).map_err(|error| explain(path, &error))
}

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes the new name last; Windows keeps names by itself and opens no folders.
fn sync_folder(folder: &Path) -> Result<(), Error> {
    if cfg!(unix) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| explain(folder, &error))?;
    }
    Ok(())
}

fn explain(path: &Path, error: &std::io::Error) -> Error {
    explain_io(&format!("“{}”", path.display()), error)
}
