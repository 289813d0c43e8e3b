// Hiding columns and bringing all back as usual, each told with its way back.
import { tell } from "../shared/toasts";
import type { TableLayout } from "../shell/useLayouts";
import { columnNames } from "./columns";
import { type ColumnId, toggleColumn, usualLayout } from "./layout";

export function hideColumn({ layout, change, changeFrom }: TableLayout, id: ColumnId): void {
  change(toggleColumn(layout, id));
  tell({
    title: `${columnNames[id]} is hidden`,
    about: "columns",
    undo: () => changeFrom((now) => (now.hidden.includes(id) ? toggleColumn(now, id) : now)),
  });
}

export function columnsAsUsual({ layout, change }: TableLayout): void {
  change(usualLayout);
  tell({ title: "All columns as usual", about: "columns", undo: () => change(layout) });
}
