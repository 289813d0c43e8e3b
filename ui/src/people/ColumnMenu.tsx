// The menu of one column: its place in the order of the rows, its width, its place among the columns, and hiding it.
import { Menu } from "@base-ui/react/menu";
import { type ReactNode, useState } from "react";
import { type Action, keyOf } from "../shared/keys";
import { menuItem, menuPopup } from "../shared/menu";
import { texts } from "../texts/texts";
import type { ColumnId } from "./layout";
import type { ColumnSteps } from "./useColumnSteps";

const words = texts.people.columnMenu;

/** The column that a menu is of, and its head. */
export interface OpenMenu {
  id: ColumnId;
  at: HTMLElement;
}

interface ColumnMenuProps {
  /** Null while it is closed. */
  of: OpenMenu | null;
  steps: ColumnSteps;
  onClose: () => void;
}

export function ColumnMenu({ of, steps, onClose }: ColumnMenuProps) {
  // A menu that is closing still shows its items.
  const [last, setLast] = useState<OpenMenu | null>(null);
  if (of !== null && of !== last) setLast(of);
  // The table is drawn anew at each key; a menu that nobody opened takes no part in that.
  if (of === null && last === null) return null;
  return (
    <Menu.Root modal={false} open={of !== null} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={last?.at} align="start" sideOffset={2} collisionPadding={8}>
          <Menu.Popup
            aria-label={last ? words.title(texts.people.columns[last.id]) : undefined}
            finalFocus={() => last?.at.querySelector<HTMLElement>("button") ?? true}
            className={menuPopup}
          >
            {last && <Items id={last.id} steps={steps} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Items({ id, steps }: { id: ColumnId; steps: ColumnSteps }) {
  const { sorted, others, pinned, canSort } = steps.standing(id);
  return (
    <>
      {canSort && (
        <>
          <Item onClick={() => steps.sort(id, false)} off={sorted === "asc" && !others}>
            {words.ascending}
          </Item>
          <Item onClick={() => steps.sort(id, true)} off={sorted === "desc" && !others}>
            {words.descending}
          </Item>
          {others && sorted === false && (
            <Item onClick={() => steps.sortToo(id)} action="sort-too">
              {words.sortToo}
            </Item>
          )}
          {sorted !== false && <Item onClick={() => steps.unsort(id)}>{words.unsort}</Item>}
          <Line />
        </>
      )}
      <Item onClick={() => steps.resize(id, 1)} action="wider" stays>
        {words.wider}
      </Item>
      <Item onClick={() => steps.resize(id, -1)} action="narrower" stays>
        {words.narrower}
      </Item>
      <Item onClick={() => steps.fit(id)} action="fit" stays>
        {words.fit}
      </Item>
      <Item onClick={() => steps.move(id, -1)} action="move-left" off={!steps.canMove(id, -1)} stays>
        {words.left}
      </Item>
      <Item onClick={() => steps.move(id, 1)} action="move-right" off={!steps.canMove(id, 1)} stays>
        {words.right}
      </Item>
      <Line />
      <Item onClick={() => steps.pin(id)}>{pinned ? words.unpin : words.pin}</Item>
      <Item onClick={() => steps.hide(id)} off={!steps.canHide}>
        {words.hide}
      </Item>
    </>
  );
}

interface ItemProps {
  onClick: () => void;
  action?: Action;
  off?: boolean;
  /** The menu stays open: it may be wanted again. */
  stays?: boolean;
  children: ReactNode;
}

function Item({ onClick, action, off, stays, children }: ItemProps) {
  return (
    <Menu.Item className={menuItem} disabled={off} closeOnClick={!stays} onClick={onClick}>
      <span className="flex-1">{children}</span>
      {action && <span className="text-sm text-ink-3">{keyOf(action)}</span>}
    </Menu.Item>
  );
}

function Line() {
  return <Menu.Separator className="my-1 h-px bg-line" />;
}
