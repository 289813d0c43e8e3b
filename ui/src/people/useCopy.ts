// Copies the people that are picked, as a table of the columns in sight; with nobody picked, the cell that has the tab stop.
import { toFailure } from "../backend/failure";
import type { StoredPerson, TenantId } from "../backend/types";
import { putOnClipboard } from "../shared/clipboard";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { textOf } from "./columns";
import { copiedCell, copiedTable } from "./copying";
import { pickedOf } from "./selection";
import type { GridSelection } from "./useGridSelection";
import { ofOneMoment, type People } from "./usePeople";
import type { PeopleTable } from "./usePeopleTable";

const words = texts.people;

/** More people than this are a matter of an export. */
export const mostCopied = 10_000;
export const tooManyToCopy = words.copying.tooMany(mostCopied);

/** The largest window there is. */
const windowRows = 500;

export function useCopy(workspace: TenantId, people: People, model: PeopleTable, picking: GridSelection) {
  const backend = useBackend();

  /** In the order of the table. */
  async function pickedPeople(): Promise<StoredPerson[]> {
    const { viewed } = people;
    if (viewed === null) return [];
    const here = people.loaded.filter(({ id }) => picking.isSelected(id));
    if (here.length === picking.count) return here;
    const selection = { view: viewed, picked: pickedOf(picking.selection) };
    const numbers = Array.from({ length: Math.ceil(picking.count / windowRows) }, (_, at) => at);
    const windows = await ofOneMoment(numbers, (at) =>
      backend.peopleSelectionWindow(workspace, selection, at * windowRows, windowRows),
    );
    return windows.flatMap((one) => one.people);
  }
  return async (row: number, column: number) => {
    try {
      if (picking.count === 0) {
        const [person, id] = [people.at(row), model.ids[column]];
        if (person && id) await putOnClipboard(copiedCell(textOf(id, person)));
        return;
      }
      if (picking.count > mostCopied) {
        tell({ title: words.copying.failed, detail: words.copying.tooManyDetail(mostCopied), about: "copy" });
        return;
      }
      const chosen = await pickedPeople();
      const head = model.ids.map((id) => words.columns[id]);
      const rows = chosen.map((person) => model.ids.map((id) => textOf(id, person)));
      await putOnClipboard(copiedTable(head, rows));
      tell({ title: words.copying.done(chosen.length), about: "copy", workspace });
    } catch (thrown) {
      tell({ title: words.copying.failed, detail: toFailure(thrown).message, about: "copy" });
    }
  };
}
