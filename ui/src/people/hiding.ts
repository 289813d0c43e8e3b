// Hiding columns and bringing all back as usual, each told with its way back.
import { tell } from "../shared/toasts";
import type { TableLayout } from "../shell/useLayouts";
import { texts } from "../texts/texts";
import { type ColumnId, toggleColumn, usualLayout } from "./layout";

const words = texts.people;

export function hideColumn({ layout, change, changeFrom }: TableLayout, id: ColumnId): void {
  change(toggleColumn(layout, id));
  tell({
    title: words.columnMenu.hidden(words.columns[id]),
    about: "columns",
    undo: () => changeFrom((now) => (now.hidden.includes(id) ? toggleColumn(now, id) : now)),
  });
}

export function columnsAsUsual({ layout, change }: TableLayout): void {
  change(usualLayout);
  tell({ title: words.tableMenu.asUsual, about: "columns", undo: () => change(layout) });
}
