// How the columns of a table stand: their order, which are hidden or pinned, and how wide they are. Each step makes a new layout of the
// one before. Kept for each persona, as text of the workspace's view.

export const columnIds = ["name", "title", "company", "place", "seniority", "email", "phone", "linkedin"] as const;
export type ColumnId = (typeof columnIds)[number];

export interface Layout {
  /** Null while nobody has moved a column: then columns that tell nothing make way for the others. */
  order: readonly ColumnId[] | null;
  hidden: readonly ColumnId[];
  /** Those that stay in sight while the others scroll sideways. */
  pinned: readonly ColumnId[];
  /** In px; a column without one shares what is left over. */
  widths: Readonly<Partial<Record<ColumnId, number>>>;
}

export const usualLayout: Layout = { order: null, hidden: [], pinned: [], widths: {} };

export const narrowest = 64;
export const widest = 800;

/** Puts a column into the place of another; the pinned ones stay among themselves. */
export function moveColumn(layout: Layout, order: readonly ColumnId[], id: ColumnId, to: ColumnId): Layout {
  if (layout.pinned.includes(id) !== layout.pinned.includes(to)) return layout;
  if (layout.pinned.includes(id)) return { ...layout, pinned: placed(layout.pinned, id, to) };
  return { ...layout, order: placed(layout.order ?? order, id, to) };
}

function placed(ids: readonly ColumnId[], id: ColumnId, to: ColumnId): ColumnId[] {
  const [from, at] = [ids.indexOf(id), ids.indexOf(to)];
  const others = ids.filter((one) => one !== id);
  // Whichever way it came, it stands where the other one stood.
  others.splice(from < at ? others.indexOf(to) + 1 : others.indexOf(to), 0, id);
  return others;
}

/** Hides a column, or shows it again; the last one stays. */
export function toggleColumn(layout: Layout, id: ColumnId): Layout {
  if (layout.hidden.includes(id)) return { ...layout, hidden: layout.hidden.filter((one) => one !== id) };
  if (layout.hidden.length + 1 >= columnIds.length) return layout;
  return { ...layout, hidden: [...layout.hidden, id] };
}

/** Pins a column or lets it go. `measured`: how wide the columns are; what stays in sight has to know where it stands. */
export function togglePin(layout: Layout, id: ColumnId, measured: Layout["widths"]): Layout {
  const pinned = layout.pinned.includes(id) ? layout.pinned.filter((one) => one !== id) : [...layout.pinned, id];
  return { ...layout, pinned, widths: { ...measured, ...layout.widths } };
}

/** Sets the width of a column; `measured` is that of all: none gives way for it. */
export function resizeColumn(layout: Layout, id: ColumnId, width: number, measured: Layout["widths"]): Layout {
  const within = Math.round(Math.min(widest, Math.max(narrowest, width)));
  return { ...layout, widths: { ...measured, ...layout.widths, [id]: within } };
}

export function isUsual(layout: Layout): boolean {
  return JSON.stringify(layout) === JSON.stringify(usualLayout);
}

/** A layout from what was stored: columns that there are no more, and what is no layout, are left out. */
export function layoutFrom(stored: unknown): Layout {
  const { order, hidden, pinned, widths } = (stored ?? {}) as Record<string, unknown>;
  const known = knownIds(order);
  const sizes = Object.entries((widths ?? {}) as object).filter(
    ([id, width]) => isColumn(id) && typeof width === "number" && width >= narrowest && width <= widest,
  );
  return {
    // A column that came later stands at the end.
    order: known.length > 0 ? [...known, ...columnIds.filter((id) => !known.includes(id))] : null,
    hidden: knownIds(hidden),
    pinned: knownIds(pinned),
    widths: Object.fromEntries(sizes),
  };
}

function isColumn(id: unknown): id is ColumnId {
  return columnIds.some((one) => one === id);
}

function knownIds(ids: unknown): ColumnId[] {
  return Array.isArray(ids) ? [...new Set(ids.filter(isColumn))] : [];
}
