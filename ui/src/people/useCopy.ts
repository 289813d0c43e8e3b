// Copies the people that are picked, as a table of the columns in sight; with nobody picked, the cell that has the tab stop.
import { toFailure } from "../backend/failure";
import type { StoredPerson, TenantId } from "../backend/types";
import { putOnClipboard } from "../shared/clipboard";
import { tell } from "../shared/toasts";
import { number, plural } from "../shared/words";
import { useBackend } from "../shell/backend-context";
import { columnNames, textOf } from "./columns";
import { copiedCell, copiedTable } from "./copying";
import type { GridSelection } from "./useGridSelection";
import type { People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";

/** More people than this are a matter of an export. */
const most = 10_000;

export function useCopy(workspace: TenantId, people: People, model: PeopleTable, picking: GridSelection) {
  const backend = useBackend();

  /** In the order of the table as far as they are there. */
  async function pickedPeople(): Promise<StoredPerson[]> {
    const { kind, ids } = picking.selection;
    const here = people.loaded.filter(({ id }) => picking.isSelected(id));
    if (here.length === picking.count) return here;
    if (kind === "all_but")
      return (await people.fetchRows(0, picking.total - 1)).filter(({ id }) => picking.isSelected(id));
    const known = new Set(here.map(({ id }) => id));
    const others: StoredPerson[] = [];
    for (const id of ids) if (!known.has(id)) others.push((await backend.person(workspace, id)).person);
    return [...here, ...others];
  }
  return async (row: number, column: number) => {
    try {
      if (picking.count === 0) {
        const [person, id] = [people.at(row), model.ids[column]];
        if (person && id) await putOnClipboard(copiedCell(textOf(id, person)));
        return;
      }
      if (picking.count > most) {
        tell({
          title: `At most ${number(most)} people are copied`,
          detail: "Export them instead: that has no end.",
          about: "copy",
        });
        return;
      }
      const chosen = await pickedPeople();
      const head = model.ids.map((id) => columnNames[id]);
      const rows = chosen.map((person) => model.ids.map((id) => textOf(id, person)));
      await putOnClipboard(copiedTable(head, rows));
      tell({ title: `Copied ${plural(chosen.length, "person", "people")}`, about: "copy", workspace });
    } catch (thrown) {
      tell({ title: "Not copied", detail: toFailure(thrown).message, about: "copy" });
    }
  };
}
