// The pages that stand in the place of the people: the one that is open. They are read in when the window has started.
import { ActivityPage } from "../activity/ActivityPage";
import type { Workspace } from "../backend/types";
import { AccountPage } from "../credits/AccountPage";
import { CreditsPage } from "../credits/CreditsPage";
import { GuidePage } from "../guide/GuidePage";
import { SettingsPage } from "../settings/SettingsPage";
import type { DialogName } from "./Dialogs";
import { closePage, openPage, type PageName } from "./pages";
import { useStatus } from "./useStatus";

interface PageScreenProps {
  page: PageName;
  workspace: Workspace;
  onDialog: (name: DialogName) => void;
}

export function PageScreen({ page, workspace, onDialog }: PageScreenProps) {
  const status = useStatus(workspace.id).data ?? null;
  switch (page) {
    case "settings":
      return <SettingsPage workspace={workspace} status={status} onDialog={onDialog} onClose={closePage} />;
    case "guide":
      return <GuidePage workspace={workspace} status={status} onClose={closePage} />;
    case "ledger":
      return <CreditsPage workspace={workspace} onAccount={() => openPage("account")} onClose={closePage} />;
    case "activity":
      return <ActivityPage workspace={workspace} onClose={closePage} />;
    case "account":
      return <AccountPage workspace={workspace} onDialog={onDialog} onClose={closePage} />;
  }
}
