//! What a search reads of its workspace in the registry, so that a hit waits for no disk. Held by [`Recall`], hence never
//! longer than until somebody writes to the registry, such as the command line beside the window.

use std::sync::Arc;

use rusqlite::Connection;

use super::{KeyTrace, Workspace, find};
use crate::db::recall::Recall;
use crate::tenant::TenantId;

/// All that was read of the workspaces that were asked for.
pub(super) type Memory = Recall<TenantId, Arc<Known>>;

/// The rows of one workspace.
#[derive(Debug)]
pub(super) struct Known {
    pub workspace: Workspace,
    pub trace: Option<KeyTrace>,
    /// Accounts whose searches go to the free endpoint, and why.
    free: Vec<(String, String)>,
}

impl Known {
    pub fn read(connection: &Connection, tenant: TenantId) -> rusqlite::Result<Option<Self>> {
        let id = tenant.to_string();
        let Some(workspace) = find(connection, "id", &id)? else { return Ok(None) };
        let account: Option<String> = connection
            .prepare_cached("SELECT max(key_account) FROM workspaces WHERE id = ?1")?
            .query_row([&id], |row| row.get(0))?;
        let trace = account.map(|account| KeyTrace { hint: workspace.key_hint.clone(), account });
        let free = connection
            .prepare_cached("SELECT account, because FROM free_endpoints WHERE workspace = ?1 ORDER BY account")?
            .query_map([&id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Some(Self { workspace, trace, free }))
    }

    /// Why searches of `account` go to the free endpoint, if they do; without an account, of any.
    pub fn free(&self, account: Option<&str>) -> Option<String> {
        let (_, because) = self.free.iter().find(|(free, _)| account.is_none_or(|account| account == free))?;
        Some(because.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::tenant::TenantId;
    use crate::workspace::{EndpointSetting, KeyTrace, WorkspaceChange, Workspaces};

    fn trace() -> KeyTrace {
        KeyTrace { hint: Some("wxyz".to_owned()), account: "a1".to_owned() }
    }

    #[tokio::test]
    async fn what_another_process_changes_counts_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let window = Workspaces::open(folder.path()).unwrap().0;
        let command_line = Workspaces::open(folder.path()).unwrap().0;
        let id = window.add("Client").await.unwrap().id;
        assert_eq!(window.get(id).await.unwrap().calls_per_hour, 100);
        assert_eq!(
            (window.key_trace(id).await.unwrap(), window.remembered_free(id, None).await.unwrap()),
            (None, None)
        );

        let change = WorkspaceChange {
            calls_per_hour: Some(7),
            endpoint: Some(EndpointSetting::Free),
            ..WorkspaceChange::default()
        };
        command_line.change(id, change).await.unwrap();
        let changed = window.get(id).await.unwrap();
        assert_eq!((changed.calls_per_hour, changed.endpoint), (7, EndpointSetting::Free));

        command_line.set_key_trace(id, Some(trace())).await.unwrap();
        assert_eq!(window.key_trace(id).await.unwrap(), Some(trace()));
        assert_eq!(window.get(id).await.unwrap().key_hint.as_deref(), Some("wxyz"));

        command_line.remember_free(id, "a1".to_owned(), "closed".to_owned()).await.unwrap();
        let free = |account: Option<&str>| window.remembered_free(id, account.map(str::to_owned));
        assert_eq!(free(Some("a1")).await.unwrap().as_deref(), Some("closed"));
        assert_eq!(free(None).await.unwrap().as_deref(), Some("closed"));
        assert_eq!(free(Some("a2")).await.unwrap(), None);

        command_line.remove(id).await.unwrap();
        assert!(window.get(id).await.is_err());
        assert_eq!(
            (window.key_trace(id).await.unwrap(), window.remembered_free(id, None).await.unwrap()),
            (None, None)
        );
    }

    #[tokio::test]
    async fn our_own_changes_count_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let workspaces = Workspaces::open(folder.path()).unwrap().0;
        for calls in [5, 6] {
            let change = WorkspaceChange { calls_per_hour: Some(calls), ..WorkspaceChange::default() };
            workspaces.change(TenantId::SAMPLE, change).await.unwrap();
            for _ in 0..2 {
                assert_eq!(workspaces.get(TenantId::SAMPLE).await.unwrap().calls_per_hour, calls);
            }
        }
    }

    #[tokio::test]
    async fn what_was_read_once_is_not_read_from_the_disk_again() {
        let folder = tempfile::tempdir().unwrap();
        let workspaces = Workspaces::open(folder.path()).unwrap().0;
        let read = workspaces.get(TenantId::SAMPLE).await.unwrap();
        // From now on the file's thread is busy until this test ends.
        let (_end, ended) = std::sync::mpsc::channel::<()>();
        workspaces.database.run_unwatched(move |_| _ = ended.recv());
        assert_eq!(workspaces.get(TenantId::SAMPLE).await.unwrap(), read);
        assert_eq!(workspaces.key_trace(TenantId::SAMPLE).await.unwrap(), None);
        assert_eq!(workspaces.remembered_free(TenantId::SAMPLE, None).await.unwrap(), None);
    }
}
