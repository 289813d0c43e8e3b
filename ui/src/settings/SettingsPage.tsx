// The settings, on a page of their own: of the open workspace first, then of the app. It spends nothing.
import type { Status, Workspace } from "../backend/types";
import { Page } from "../shared/Page";
import type { DialogName } from "../shell/Dialogs";
import { texts } from "../texts/texts";
import { WorkspaceSettings } from "../workspaces/WorkspaceSettings";
import { AppearanceSettings } from "./AppearanceSettings";
import { NetworkSettings } from "./NetworkSettings";
import { PlacesSettings } from "./PlacesSettings";
import { useSettings } from "./useSettings";

interface SettingsPageProps {
  workspace: Workspace;
  status: Status | null;
  onDialog: (name: DialogName) => void;
  onClose: () => void;
}

export function SettingsPage({ workspace, status, onDialog, onClose }: SettingsPageProps) {
  const { settings, change } = useSettings();
  return (
    <Page title={texts.settings.title} workspaceName={workspace.name} onClose={onClose}>
      <WorkspaceSettings key={workspace.id} workspace={workspace} status={status} onDialog={onDialog} />
      {settings && (
        <>
          <AppearanceSettings settings={settings} onChange={change} />
          <NetworkSettings settings={settings} onChange={change} />
          <PlacesSettings settings={settings} onChange={change} workspace={workspace} />
        </>
      )}
    </Page>
  );
}
