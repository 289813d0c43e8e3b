// Very many made-up people, none of them stored: each is made when looked at, from the row that they stand in. For how the table bears
// a million rows; their order is that of their rows, whatever is asked.
import type { PeopleWindow, PersonDetails, PersonPlace, StoredPerson } from "../types";
import { failure } from "./answers";
import type { FakePerson } from "./people";

const idLength = 24;

function personAt(row: number, models: readonly FakePerson[]): StoredPerson {
  const model = models[row % models.length]?.person;
  if (!model) throw new Error("a crowd needs people to be like");
  return {
    ...model,
    id: row.toString(16).padStart(idLength, "0"),
    name: `${model.first_name} ${model.last_name} ${row + 1}`,
    source: "search",
    fetched_at: "2026-11-23T09:00:00Z",
    changed_jobs: null,
  };
}

export class Crowd {
  constructor(
    private readonly size: number,
    private readonly models: readonly FakePerson[],
  ) {}

  window(offset: number, limit: number): PeopleWindow {
    const rows = Math.max(0, Math.min(limit, this.size - offset));
    const people = Array.from({ length: rows }, (_, at) => personAt(offset + at, this.models));
    return { total: this.size, offset, revision: 0, people };
  }

  place(id: string): PersonPlace | null {
    const at = Number.parseInt(id, 16);
    if (!(at < this.size)) return null;
    const idOf = (row: number) => (row < 0 || row >= this.size ? null : personAt(row, this.models).id);
    return { at, total: this.size, previous: idOf(at - 1), next: idOf(at + 1) };
  }

  details(id: string): PersonDetails {
    const at = Number.parseInt(id, 16);
    if (!(at < this.size)) throw failure("not_found", "There is no such person.", { what: "person", name: id });
    return { person: personAt(at, this.models), facts: [], jobs: [], company: [], answered_for: [] };
  }
}
