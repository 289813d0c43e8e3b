//! What a backup says of itself: its version, whose it is, and the size and hash of each file in it. Read from a file of
//! unknown origin, so nothing of it is believed unchecked.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::no_backup;
use crate::db;
use crate::error::Error;
use crate::files::BACKED_UP;
use crate::hex;
use crate::tenant::TenantId;
use crate::workspace::{CreditCaps, EndpointSetting, Workspace};

/// The newest form of a backup that this Foray reads and writes.
const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub foray_backup: u32,
    /// Version of the Foray that made it.
    made_by: String,
    made_at: Timestamp,
    workspace: Settings,
    /// Names to sizes and hashes.
    pub files: BTreeMap<String, Entry>,
}

/// What the registry knows of the workspace, without anything of its key and without the paths of the computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Settings {
    id: String,
    name: String,
    calls_per_hour: u32,
    endpoint: EndpointSetting,
    refresh_stale: bool,
    cache_mb: u32,
    cache_hours: u32,
    /// Older backups have none.
    #[serde(default)]
    caps: CreditCaps,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub bytes: u64,
    /// In hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// Of the copies in `folder`.
    pub fn of(workspace: &Workspace, made_at: Timestamp, folder: &Path, names: &[&str]) -> Result<Self, Error> {
        let mut files = BTreeMap::new();
        for name in names {
            files.insert((*name).to_owned(), Entry::of(&folder.join(name))?);
        }
        Ok(Self {
            foray_backup: VERSION,
            made_by: env!("CARGO_PKG_VERSION").to_owned(),
            made_at,
            workspace: Settings {
                id: workspace.id.to_string(),
                name: workspace.name.clone(),
                calls_per_hour: workspace.calls_per_hour,
                endpoint: workspace.endpoint,
                refresh_stale: workspace.refresh_stale,
                cache_mb: workspace.cache_mb,
                cache_hours: workspace.cache_hours,
                caps: workspace.caps,
            },
            files,
        })
    }

    /// # Errors
    /// [`Error::NewerFile`], [`Error::BadInput`].
    pub fn read(text: &[u8]) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Version {
            foray_backup: u32,
        }
        let version: Version = serde_json::from_slice(text).map_err(|_| no_backup("its manifest can't be read."))?;
        if version.foray_backup > VERSION {
            return Err(Error::NewerFile { what: "The backup".to_owned() });
        }
        let manifest: Self = serde_json::from_slice(text).map_err(|_| no_backup("its manifest can't be read."))?;
        let known = manifest.files.keys().all(|name| BACKED_UP.contains(&name.as_str()));
        if !known || !manifest.files.contains_key(BACKED_UP[0]) {
            return Err(no_backup("its manifest lists other files than a workspace has."));
        }
        Ok(manifest)
    }

    /// # Errors
    /// [`Error::BadInput`] when it names no workspace, or the sample one.
    pub fn tenant(&self) -> Result<TenantId, Error> {
        let tenant = TenantId::parse(&self.workspace.id).map_err(|_| no_backup("it does not say whose it is."))?;
        if tenant.is_sample() { Err(no_backup("it claims to be the sample workspace.")) } else { Ok(tenant) }
    }

    /// # Errors
    /// As [`Self::tenant`].
    pub fn workspace(&self) -> Result<Workspace, Error> {
        let Settings { name, calls_per_hour, endpoint, refresh_stale, cache_mb, cache_hours, caps, .. } =
            self.workspace.clone();
        Ok(Workspace {
            id: self.tenant()?,
            name,
            sample: false,
            calls_per_hour,
            endpoint,
            key_hint: None,
            refresh_stale,
            cache_mb,
            cache_hours,
            export_folder: None,
            caps,
        })
    }
}

impl Entry {
    fn of(path: &Path) -> Result<Self, Error> {
        let explain = |error: std::io::Error| db::explain_io("The copy of the workspace's files", &error);
        let mut file = File::open(path).map_err(explain)?;
        let mut hash = Sha256::new();
        let bytes = std::io::copy(&mut file, &mut hash).map_err(explain)?;
        Ok(Self { bytes, sha256: hex::digits(&hash.finalize()) })
    }
}
