//! The file of a backup: a `tar` in `gzip`, first its manifest, then the files that the manifest lists and nothing else. What
//! is unpacked gets names of ours, and is bounded by the sizes that were promised.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Archive, Builder, Header};

use super::manifest::{Entry, Manifest};
use super::{explain, no_backup, partial};
use crate::db;
use crate::error::Error;
use crate::hex;

const MANIFEST: &str = "manifest.json";
/// A manifest takes about 1 kB.
const LARGEST_MANIFEST: u64 = 64 * 1024;
/// After its last file a `tar` has some empty blocks, at most one record of them.
const LONGEST_REST: u64 = 64 * 1024;

/// Writes the archive under its partial name, and gives it its own once it is whole and on the disk. Answers its size.
pub fn write(path: &Path, folder: &Path, manifest: &Manifest) -> Result<u64, Error> {
    let growing = partial(path);
    let written = write_to(&growing, folder, manifest).and_then(|bytes| {
        std::fs::rename(&growing, path)?;
        Ok(bytes)
    });
    written.map_err(|error| {
        // Half a backup is none.
        drop(std::fs::remove_file(&growing));
        explain(path, &error)
    })
}

fn write_to(path: &Path, folder: &Path, manifest: &Manifest) -> io::Result<u64> {
    let file = private_file(path)?;
    let mut archive = Builder::new(GzEncoder::new(BufWriter::new(file), Compression::default()));
    let text = serde_json::to_vec_pretty(manifest)?;
    append(&mut archive, MANIFEST, text.len() as u64, &text[..])?;
    for (name, entry) in &manifest.files {
        append(&mut archive, name, entry.bytes, File::open(folder.join(name))?)?;
    }
    let file = archive.into_inner()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// It holds personal data: for its owner alone.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn append(archive: &mut Builder<impl Write>, name: &str, bytes: u64, content: impl Read) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    archive.append_data(&mut header, name, content)
}

/// Unpacks an archive of unknown origin into `folder` and holds it against its manifest.
///
/// # Errors
/// [`Error::BadInput`] on the field `path`; [`Error::NewerFile`]; the disk.
pub fn read(path: &Path, folder: &Path) -> Result<Manifest, Error> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::bad_input("path", format!("There is no file “{}”.", path.display())),
        _ => explain(path, &error),
    })?;
    let mut archive = Archive::new(GzDecoder::new(BufReader::new(file)));
    let entries = archive.entries().map_err(|_| no_backup("it can't be unpacked."))?;
    let mut manifest: Option<Manifest> = None;
    let mut unpacked = 0;
    for entry in entries {
        let mut entry = entry.map_err(|_| no_backup("it is damaged or cut short."))?;
        let name = entry.path_bytes().into_owned();
        let Some(manifest) = &manifest else {
            if name != MANIFEST.as_bytes() {
                return Err(no_backup("it does not begin with a manifest."));
            }
            let mut text = Vec::new();
            let read = entry.by_ref().take(LARGEST_MANIFEST).read_to_end(&mut text);
            read.map_err(|_| no_backup("it is damaged or cut short."))?;
            manifest = Some(Manifest::read(&text)?);
            continue;
        };
        let listed = manifest.files.iter().find(|(listed, _)| listed.as_bytes() == name);
        let Some((listed, promised)) = listed else {
            return Err(no_backup("it holds a file that its manifest does not list."));
        };
        unpack(&mut entry, &folder.join(listed), promised)?;
        unpacked += 1;
    }
    // The end of the gzip holds its checksum, which is looked at only when all was read.
    let mut rest = archive.into_inner().take(LONGEST_REST);
    io::copy(&mut rest, &mut io::sink()).map_err(|_| no_backup("it is damaged or cut short."))?;
    match manifest {
        Some(manifest) if unpacked == manifest.files.len() => Ok(manifest),
        _ => Err(no_backup("it is cut short.")),
    }
}

fn unpack(content: &mut impl Read, path: &Path, promised: &Entry) -> Result<(), Error> {
    let what = "The folder for backups under way";
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => no_backup("it holds a file twice."),
        _ => db::explain_io(what, &error),
    })?;
    let mut hash = Sha256::new();
    let mut left = promised.bytes;
    let mut part = vec![0; 64 * 1024];
    loop {
        let read = content.read(&mut part).map_err(|_| no_backup("it is damaged or cut short."))?;
        if read == 0 {
            break;
        }
        left =
            left.checked_sub(read as u64).ok_or_else(|| no_backup("a file in it is larger than its manifest says."))?;
        hash.update(&part[..read]);
        file.write_all(&part[..read]).map_err(|error| db::explain_io(what, &error))?;
    }
    if left > 0 || hex::digits(&hash.finalize()) != promised.sha256 {
        return Err(no_backup("a file in it is not the one that was backed up."));
    }
    file.sync_all().map_err(|error| db::explain_io(what, &error))
}
