//! Looks for a text everywhere it must not be: in files, in argument lists, in the memory of the process that shows the page.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

const PAGE: u64 = 4096;

/// As UTF-8 or as the web view keeps text in memory.
fn spellings(text: &str) -> [Vec<u8>; 2] {
    [text.as_bytes().to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()]
}

fn holds(bytes: &[u8], spellings: &[Vec<u8>]) -> bool {
    // Most of memory does not hold even the first byte in a row of eight: comparing whole windows would take minutes.
    spellings.iter().any(|wanted| {
        let mut from = 0;
        while let Some(at) = bytes[from..].iter().position(|byte| *byte == wanted[0]) {
            if bytes[from + at..].starts_with(wanted) {
                return true;
            }
            from += at + 1;
        }
        false
    })
}

/// Files below a folder that hold the text, those that are packed unpacked first.
pub fn files_with(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
            continue;
        }
        // Sockets and the like have no content.
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let mut unpacked = Vec::new();
        if path.extension().is_some_and(|extension| extension == foray_core::backup::EXTENSION) {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).unwrap();
        }
        if holds(&bytes, &spellings(text)) || holds(&unpacked, &spellings(text)) {
            found.push(path);
        }
    }
    found
}

/// Argument lists of all processes that hold the text.
pub fn arguments_with(text: &str) -> Vec<String> {
    processes()
        .filter_map(|process| std::fs::read(process.join("cmdline")).ok())
        .filter(|arguments| holds(arguments, &spellings(text)))
        .map(|arguments| String::from_utf8_lossy(&arguments).into_owned())
        .collect()
}

fn processes() -> impl Iterator<Item = PathBuf> {
    let all = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok).map(|entry| entry.path());
    all.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().parse::<u32>().is_ok()))
}

/// Whether the process that shows the page of this data folder has the text in its memory.
pub fn page_remembers(data: &Path, text: &str) -> bool {
    let ours = format!("FORAY_DATA_DIR={}\0", data.display()).into_bytes();
    let web: Vec<PathBuf> = processes()
        .filter(|process| {
            let name = std::fs::read_to_string(process.join("comm")).unwrap_or_default();
            name.starts_with("WebKitWebProces")
                && std::fs::read(process.join("environ")).is_ok_and(|bytes| holds(&bytes, std::slice::from_ref(&ours)))
        })
        .collect();
    assert!(!web.is_empty(), "no process of the web view was found");
    web.iter().any(|process| memory_holds(process, &spellings(text)))
}

/// Reads the pages that are there; the web view reserves far more room than it ever uses.
fn memory_holds(process: &Path, spellings: &[Vec<u8>]) -> bool {
    let maps = std::fs::read_to_string(process.join("maps")).unwrap();
    let memory = File::open(process.join("mem")).expect("reading another process takes root");
    let present = File::open(process.join("pagemap")).unwrap();
    maps.lines().filter(|line| line.contains(" r")).any(|line| {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, to] = [from, to].map(|digits| u64::from_str_radix(digits, 16).unwrap());
        runs(&present, from / PAGE, to / PAGE).into_iter().any(|(first, pages)| {
            let mut bytes = vec![0; (pages * PAGE) as usize];
            memory.read_exact_at(&mut bytes, first * PAGE).is_ok() && holds(&bytes, spellings)
        })
    })
}

/// Runs of pages that are in memory or swapped out: the first and how many.
fn runs(present: &File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut entries = vec![0; 8 * 65_536];
    let mut page = from;
    while page < to {
        let wanted = (to - page).min(65_536);
        let entries = &mut entries[..(8 * wanted) as usize];
        if present.read_exact_at(entries, page * 8).is_err() {
            break;
        }
        for entry in entries.chunks_exact(8) {
            // The two highest bits: in memory, swapped out.
            if entry[7] & 0xc0 != 0 {
                match runs.last_mut() {
                    Some((first, pages)) if *first + *pages == page => *pages += 1,
                    _ => runs.push((page, 1)),
                }
            }
            page += 1;
        }
    }
    runs
}
