// Which cell of the table has the one tab stop, kept by person and not by row: sorting or new rows do not move it to somebody else.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Cell } from "./gridKeys";

interface Active extends Cell {
  /** Moves the tab stop and the focus. */
  goTo: (cell: Cell) => void;
}

export function useActiveCell(
  scroller: RefObject<HTMLElement | null>,
  ids: readonly string[],
  openPerson: string | null,
): Active {
  const [place, setPlace] = useState<{ id: string | null; header: boolean; column: number }>({
    id: openPerson,
    header: false,
    column: 0,
  });
  const wanted = useRef(false);
  // While the panel steps through people, the tab stop goes along, so that leaving the panel returns to the person shown.
  useEffect(() => {
    if (openPerson !== null) setPlace((before) => ({ ...before, id: openPerson, header: false }));
  }, [openPerson]);

  const found = place.id === null ? 0 : ids.indexOf(place.id);
  const row = place.header ? -1 : Math.max(0, found);
  const column = place.column;

  useLayoutEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`);
    // A cell that is a link hands its focus to it.
    (cell?.querySelector<HTMLElement>("button") ?? cell)?.focus();
  });

  return {
    row,
    column,
    goTo: (cell) => {
      wanted.current = true;
      setPlace({ id: ids[cell.row] ?? null, header: cell.row < 0, column: cell.column });
    },
  };
}
