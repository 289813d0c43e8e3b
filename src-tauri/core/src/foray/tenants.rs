//! The files of each workspace: opened when first asked for, let go of when another process took them away, removed for good.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use super::Foray;
use crate::db;
use crate::error::Error;
use crate::files::{self, TenantFiles};
use crate::log::Fact;
use crate::secrets::KeyStore as _;
use crate::tenant::TenantId;

impl Foray {
    /// Removes a workspace with all its files and its key. There is no way back.
    ///
    /// # Errors
    /// [`Error::BadInput`] for the sample workspace; the disk.
    pub async fn remove_workspace(&self, tenant: TenantId) -> Result<(), Error> {
        let workspace = self.workspaces.get(tenant).await?;
        if workspace.sample {
            return self.workspaces.remove(tenant).await;
        }
        let has_key = self.workspaces.key_trace(tenant).await?.is_some();
        // Files that can't be opened hold no job that anybody runs.
        if self.has_jobs(tenant)
            && let Ok(jobs) = self.jobs(tenant).await
        {
            jobs.end_all().await?;
        }
        self.going.lock().unwrap_or_else(PoisonError::into_inner).insert(tenant);
        self.searches.unwritten().forget(tenant);
        let erased = self.erase(tenant).await;
        // It is still there and may be asked again, or out of the registry; and a backup may bring it back.
        self.going.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
        erased?;
        self.log.info("remove", &[Fact::Workspace(tenant)]);
        // Counts of half hours, which go by themselves after eight days: no reason to keep the key.
        drop(self.activity.forget(tenant).await);
        self.this_run.clear(tenant)?;
        // Last, since a keyring that is gone must not keep a client's data from being erased.
        // Also without a trace of a key, which a damaged registry takes along.
        let cleared = self.secrets.clear(tenant).await;
        if has_key && let Err(Error::Keyring { why, advice }) = cleared {
            return Err(Error::Keyring {
                why: format!("The workspace and its data are removed, but its key is still in the keyring. {why}"),
                advice,
            });
        }
        Ok(())
    }

    pub(super) async fn files(&self, tenant: TenantId) -> Result<TenantFiles, Error> {
        // Only of a workspace that is in the registry; no folder is made for any other id. Another process may have removed it.
        let workspace = self.workspaces.get(tenant).await.inspect_err(|_| self.close_files(tenant))?;
        let cell = {
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            if files.get(&tenant).and_then(|cell| cell.get()).is_some_and(|files| !files.are_in_place()) {
                files.remove(&tenant);
            }
            Arc::clone(files.entry(tenant).or_default())
        };
        let opened = cell
            .get_or_try_init(|| async {
                // What is going is still in the registry.
                if self.going.lock().unwrap_or_else(PoisonError::into_inner).contains(&tenant) {
                    return Err(Error::not_found("workspace", &tenant.to_string()));
                }
                let limits = workspace.cache_limits();
                let data_dir = self.data_dir.clone();
                let opening = tokio::task::spawn_blocking(move || TenantFiles::open_within(&data_dir, tenant, limits));
                let opened = opening.await.map_err(|_| Error::Storage {
                    what: "The workspace's files".to_owned(),
                    why: "opening them broke off".to_owned(),
                })??;
                self.notices.lock().unwrap_or_else(PoisonError::into_inner).extend(opened.notices.iter().cloned());
                opened.store.tell(self.people_changed.clone());
                Ok::<_, Error>(opened)
            })
            .await?;
        Ok(opened.clone())
    }

    /// Tells who listens of people that another process added or changed in the open workspaces, or of a workspace that it
    /// removed or restored.
    pub(crate) async fn hear_of_people(&self) {
        let open: Vec<_> = {
            let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.iter().filter_map(|(tenant, cell)| Some((*tenant, cell.get()?.clone()))).collect()
        };
        for (tenant, files) in open {
            let is_listed = self.workspaces.get(tenant).await.is_ok();
            if is_listed && files.are_in_place() {
                files.store.hear_of_others().await;
            } else {
                self.close_files(tenant);
                // Nobody listens where there is no window.
                drop(self.people_changed.send(tenant));
            }
        }
    }

    /// Lets go of a workspace's open files, once nobody uses them any more.
    pub(super) fn close_files(&self, tenant: TenantId) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
    }

    /// Takes a workspace's folder away, then its entry in the registry.
    async fn erase(&self, tenant: TenantId) -> Result<(), Error> {
        let cell = self.files.lock().unwrap_or_else(PoisonError::into_inner).remove(&tenant);
        if let Some(cell) = cell {
            // Whoever is just opening the files has to be done, or would make the folder again. Then the handles close: some
            // systems don't remove open files.
            let _opened = cell.get_or_try_init(|| async { Err::<TenantFiles, _>(()) }).await;
        }
        let folder = files::folder(&self.data_dir, tenant);
        tokio::task::spawn_blocking(move || remove_folder(&folder)).await.map_err(|_| Error::Storage {
            what: "The workspace's folder".to_owned(),
            why: "removing it broke off".to_owned(),
        })??;
        self.workspaces.remove(tenant).await
    }
}

fn remove_folder(folder: &Path) -> Result<(), Error> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(db::explain_io("The workspace's folder", &error))
        }
        _ => Ok(()),
    }
}
