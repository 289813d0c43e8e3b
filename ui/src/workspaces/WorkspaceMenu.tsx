// Names the open workspace and opens the menu of the others, of a new one and of its key.
import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown } from "lucide-react";
import { memo } from "react";
import type { Workspace } from "../backend/types";
import { keyOf } from "../shared/keys";
import type { DialogName } from "../shell/Dialogs";
import { openPage } from "../shell/pages";
import { texts } from "../texts/texts";
import { useOpenWorkspace, useRestore } from "./useWorkspaces";

const words = texts.workspaces.menu;

interface WorkspaceMenuProps {
  workspace: Workspace;
  workspaces: Workspace[];
  onDialog: (name: DialogName) => void;
}

const item =
  "flex h-7 shrink-0 items-center gap-2 rounded-md px-2 outline-none data-highlighted:bg-hover data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-transparent";

export const WorkspaceMenu = memo(function WorkspaceMenu({ workspace, workspaces, onDialog }: WorkspaceMenuProps) {
  const open = useOpenWorkspace();
  const restore = useRestore();
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        id="workspace-menu"
        aria-label={words.label(workspace.name)}
        title={workspace.name}
        className="flex h-7 min-w-0 flex-1 items-center gap-1 rounded-md px-2 font-medium hover:bg-hover data-popup-open:bg-hover"
      >
        <span className="truncate" dir="auto">
          {workspace.name}
        </span>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className="flex max-h-(--available-height) w-60 flex-col overflow-y-auto rounded-md border border-line bg-raised p-1 shadow-pop outline-none">
            <Menu.RadioGroup
              // However many there are, what else can be done stays in sight below them.
              className="min-h-16 shrink overflow-y-auto"
              value={workspace.id}
              onValueChange={(id: string) => {
                const chosen = workspaces.find((one) => one.id === id);
                if (chosen && chosen.id !== workspace.id) void open(chosen);
              }}
            >
              {workspaces.map((one) => (
                <Menu.RadioItem key={one.id} value={one.id} closeOnClick className={`${item} h-auto min-h-7 py-1`}>
                  <span className="w-4 shrink-0">
                    <Menu.RadioItemIndicator>
                      <Check size={14} aria-hidden />
                    </Menu.RadioItemIndicator>
                  </span>
                  <span className="min-w-0 flex-1 wrap-anywhere" dir="auto">
                    {one.name}
                  </span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="my-1 h-px shrink-0 bg-line" />
            <Menu.Item className={item} onClick={() => onDialog("new-workspace")}>
              <span className="w-4" />
              {words.add}
            </Menu.Item>
            <Menu.Item className={item} onClick={() => onDialog("key")}>
              <span className="w-4" />
              {workspace.sample ? texts.workspaces.openCallsPerHour : texts.workspaces.openKeyAndCalls}
            </Menu.Item>
            <Menu.Item className={item} onClick={() => onDialog("diagnostics")}>
              <span className="w-4" />
              {words.diagnostics}
            </Menu.Item>
            <Menu.Item className={item} onClick={() => void restore()}>
              <span className="w-4" />
              {words.restore}
            </Menu.Item>
            <Menu.Separator className="my-1 h-px shrink-0 bg-line" />
            <Menu.Item className={item} onClick={() => openPage("settings")}>
              <span className="w-4" />
              <span className="flex-1">{words.settings}</span>
              <span className="text-sm text-ink-3">{keyOf("settings")}</span>
            </Menu.Item>
            <Menu.Item className={item} onClick={() => openPage("guide")}>
              <span className="w-4" />
              <span className="flex-1">{words.guide}</span>
              <span className="text-sm text-ink-3">{keyOf("guide")}</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
});
