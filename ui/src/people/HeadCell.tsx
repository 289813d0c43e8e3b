// The head of one column: its name, which sorts, its place in the order, the edge that resizes it, and the way to its menu.
import { FlexRender, type Header } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronDown } from "lucide-react";
import type { MouseEvent, PointerEvent } from "react";
import type { StoredPerson } from "../backend/types";
import { keyOf } from "../shared/keys";
import { texts } from "../texts/texts";
import type { features } from "./columns";
import type { ColumnId } from "./layout";

const words = texts.people.head;

interface HeadCellProps {
  header: Header<typeof features, StoredPerson>;
  column: number;
  hasTabStop: boolean;
  /** Where it stays while others scroll sideways, in px. */
  stays: number | undefined;
  /** How many columns the order has. */
  sorts: number;
  about: string | undefined;
  onFocused: () => void;
  onMenu: (id: ColumnId, at: HTMLElement) => void;
  onResize: (id: ColumnId, event: PointerEvent<HTMLElement>) => void;
  onFit: (id: ColumnId) => void;
  onDrag: (id: ColumnId, event: PointerEvent<HTMLElement>) => void;
}

export function HeadCell({ header, column, hasTabStop, stays, sorts, about, ...does }: HeadCellProps) {
  const { column: one } = header;
  const id = one.id as ColumnId;
  const sorted = one.getIsSorted();
  const place = sorts > 1 && sorted !== false ? one.getSortIndex() + 1 : null;
  const canSort = one.getCanSort();
  const menu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const head = event.currentTarget.closest<HTMLElement>("[role=columnheader]");
    if (head) does.onMenu(id, head);
  };
  return (
    <div
      role="columnheader"
      data-column={id}
      aria-colindex={column + 2}
      aria-sort={canSort ? (sorted === false ? "none" : sorted === "asc" ? "ascending" : "descending") : undefined}
      style={stays === undefined ? undefined : { position: "sticky", left: stays, zIndex: 1 }}
      className="group relative flex min-w-0 items-stretch bg-pane"
      onContextMenu={menu}
    >
      <button
        type="button"
        data-cell={`-1/${column}`}
        tabIndex={hasTabStop ? 0 : -1}
        title={canSort ? about : undefined}
        aria-haspopup="menu"
        aria-keyshortcuts="Alt+ArrowDown"
        onPointerDown={(event) => does.onDrag(id, event)}
        onClick={(event) => {
          does.onFocused();
          if (canSort) one.getToggleSortingHandler()?.(event);
          else menu(event);
        }}
        className="flex min-w-0 flex-1 items-center gap-1 pr-1.5 pl-2 group-hover:pr-5 font-medium hover:text-ink"
      >
        <span className="truncate">
          <FlexRender header={header} />
        </span>
        {sorted === "asc" && <ArrowUp size={12} aria-hidden className="shrink-0" />}
        {sorted === "desc" && <ArrowDown size={12} aria-hidden className="shrink-0" />}
        {place !== null && (
          <span className="shrink-0 rounded-sm bg-active px-1 text-ink" title={words.place(place)}>
            {place}
            <span className="sr-only"> {words.inOrder}</span>
          </span>
        )}
      </button>
      {/* For the mouse; the keyboard has a key for it, which screen readers tell. */}
      <span
        aria-hidden
        title={words.menu(keyOf("column-menu"))}
        onClick={menu}
        className="absolute inset-y-0 right-1.5 hidden items-center text-ink-3 group-hover:flex hover:text-ink"
      >
        <ChevronDown size={13} />
      </span>
      <span
        aria-hidden
        data-edge={id}
        title={words.edge(keyOf("fit"))}
        onPointerDown={(event) => does.onResize(id, event)}
        onDoubleClick={() => does.onFit(id)}
        className="absolute inset-y-0 right-0 w-1.5 cursor-col-resize touch-none border-r border-transparent group-hover:border-line-strong hover:border-accent"
      />
    </div>
  );
}
