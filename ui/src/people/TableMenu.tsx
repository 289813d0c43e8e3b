// How the table looks: which columns it has, how high its rows are, and everything back as usual.
import { Menu } from "@base-ui/react/menu";
import { Check, Columns3 } from "lucide-react";
import type { Density, TenantId } from "../backend/types";
import { useSettings } from "../settings/useSettings";
import { useCommand } from "../shared/commands";
import { wordsOf } from "../shared/keys";
import { menuItem, menuPopup } from "../shared/menu";
import { useTableLayout, useTableName } from "../shell/useLayouts";
import { texts } from "../texts/texts";
import { columnsAsUsual, hideColumn } from "./hiding";
import { columnIds, isUsual, toggleColumn } from "./layout";

const words = texts.people.tableMenu;

const densities: Density[] = ["compact", "normal", "roomy"];

const mark = "flex w-4 shrink-0";
const heading = "px-2 pt-1 pb-0.5 text-sm text-ink-3";

export function TableMenu({ workspace }: { workspace: TenantId }) {
  const kept = useTableLayout(workspace, useTableName());
  const { layout, change } = kept;
  const { settings, change: changeSettings } = useSettings();
  useCommand("usual-columns", () => columnsAsUsual(kept), isUsual(layout));
  const density = settings?.density ?? "normal";
  useCommand("compact", () => void changeSettings({ density: "compact" }), density === "compact");
  useCommand("normal", () => void changeSettings({ density: "normal" }), density === "normal");
  useCommand("roomy", () => void changeSettings({ density: "roomy" }), density === "roomy");
  const lastOne = layout.hidden.length + 1 >= columnIds.length;
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        id="table-menu"
        aria-label={words.title}
        title={words.title}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-popup-open:bg-hover"
      >
        <Columns3 size={15} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className={menuPopup}>
            <Menu.Group>
              <Menu.GroupLabel className={heading}>{words.columns}</Menu.GroupLabel>
              {columnIds.map((id) => {
                const shown = !layout.hidden.includes(id);
                return (
                  <Menu.CheckboxItem
                    key={id}
                    checked={shown}
                    disabled={shown && lastOne}
                    closeOnClick={false}
                    onCheckedChange={() => (shown ? hideColumn(kept, id) : change(toggleColumn(layout, id)))}
                    className={menuItem}
                  >
                    <span className={mark}>
                      <Menu.CheckboxItemIndicator>
                        <Check size={14} aria-hidden />
                      </Menu.CheckboxItemIndicator>
                    </span>
                    {texts.people.columns[id]}
                  </Menu.CheckboxItem>
                );
              })}
              <Menu.Item className={menuItem} disabled={isUsual(layout)} onClick={() => columnsAsUsual(kept)}>
                <span className={mark} />
                {wordsOf("usual-columns")}
              </Menu.Item>
            </Menu.Group>
            <Menu.Separator className="my-1 h-px bg-line" />
            <Menu.Group>
              <Menu.GroupLabel className={heading}>{words.rows}</Menu.GroupLabel>
              <Menu.RadioGroup value={density} onValueChange={(density: Density) => void changeSettings({ density })}>
                {densities.map((value) => (
                  <Menu.RadioItem key={value} value={value} className={menuItem}>
                    <span className={mark}>
                      <Menu.RadioItemIndicator>
                        <Check size={14} aria-hidden />
                      </Menu.RadioItemIndicator>
                    </span>
                    {wordsOf(value)}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
