// The people that the table shows, in windows of rows from the store: only those around what is in sight are asked for. While another
// order of the same people is found, the one before stays.
import { replaceEqualDeep, type UseQueryResult, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Backend } from "../backend/backend";
import { toFailure } from "../backend/failure";
import type {
  Answer,
  Failure,
  PeopleCounts,
  PeopleFacets,
  PeopleView,
  PeopleWindow,
  PersonPlace,
  StoredPerson,
  TenantId,
} from "../backend/types";
import type { SearchView } from "../search/useSearchView";
import { useSteady } from "../shared/useSteady";
import { useAddress, useAddressPart } from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { askTyped, typed } from "./keystrokes";
import { type Shown, viewedOf } from "./peopleSet";

const words = texts.people;

/** Rows of one window: what crosses from the app in 2 to 4 ms. */
const windowRows = 200;

export interface People {
  shown: Shown;
  /** What is asked of the store; null where there is nothing to show yet. */
  viewed: PeopleView | null;
  /** Names it: what was said of a row holds as long as this stays the same. */
  key: string;
  /** Null until it is known. */
  total: number | null;
  failure: Failure | null;
  /** The rows that are there stand in the order before, while another is found. */
  sorting: boolean;
  /** Undefined for a row that is not there yet. */
  at: (row: number) => StoredPerson | undefined;
  /** The row of somebody who is there; null for others. */
  rowOf: (id: string) => number | null;
  /** Everybody who is there, in the order of their rows. */
  loaded: StoredPerson[];
  /** Everybody in these rows, also who is not there yet; throws when the store cannot be read. */
  fetchRows: (first: number, last: number) => Promise<StoredPerson[]>;
  /** Says which rows are wanted: those in sight, and the one with the tab stop, wherever that is. */
  look: (ranges: readonly RowRange[]) => void;
}

function peopleKey(workspace: TenantId, viewed: PeopleView | null) {
  return ["workspace", workspace, "people", viewed] as const;
}

/** How one window of a view is asked for. `version` names the answer that the rows of a page belong to. */
function windowQuery(backend: Backend, workspace: TenantId, viewed: PeopleView, version: string | null, at: number) {
  return {
    queryKey: [...peopleKey(workspace, viewed), "window", version, at],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    queryFn: () =>
      askTyped(viewed.text, (keystroke) =>
        backend.peopleWindow(workspace, viewed, at * windowRows, windowRows, keystroke),
      ),
  };
}

/** The first rows of what the store is asked for. */
export function firstRowsQuery(backend: Backend, workspace: TenantId, viewed: PeopleView) {
  return windowQuery(backend, workspace, viewed, null, 0);
}

export function usePeople(view: SearchView): People {
  const backend = useBackend();
  const client = useQueryClient();
  const { answer } = view;
  const [address] = useAddress();
  const shown = address.show;
  const viewed = useMemo(() => viewedOf(view, address), [view, address]);
  const [sight, setSight] = useState<readonly number[]>([0]);
  const look = useCallback((ranges: readonly RowRange[]) => {
    const next = windowsAround(ranges);
    setSight((before) => (before.join() === next.join() ? before : next));
  }, []);

  const { workspace } = view;
  const asked = viewed ?? everybody;
  const wanted = viewed === null ? [] : sight;
  // The rows of a page belong to one answer: those of the one before are not mixed into it.
  const version = viewed?.set.kind === "page" ? (answer?.as_of ?? null) : null;
  const text = useRef<string | null>(null);
  // Not again while a further key is asked for ahead of its drawing.
  if (text.current !== asked.text) typed(asked.text);
  text.current = asked.text;
  const windowAt = (at: number) => windowQuery(backend, workspace, asked, version, at);
  const [together] = useState(joining);
  const { rows: found, failed } = useQueries({ combine: together, queries: wanted.map(windowAt) });

  const setName = JSON.stringify(viewed?.set ?? null);
  const key = JSON.stringify(viewed);
  const before = useRef<{ setName: string; key: string; rows: Rows } | null>(null);
  // What was just answered is there at once, and also where the store cannot be read.
  const given = useMemo(() => fromAnswer(answer), [answer]);
  const answered = viewed?.set.kind === "page" ? given : null;
  // Who was drawn from the answer stays the same one when the store tells the same of them, so that no row is drawn twice.
  const known = useMemo(() => found && answered && sameAs(answered, found), [found, answered]);
  const stored = isWhole(viewed) ? storedOr(known ?? found, answered) : found;
  // What is shown under a question that could not be answered would pass for its answer.
  const former = !failed && before.current?.setName === setName ? before.current : null;
  const rows =
    stored ?? (isWhole(viewed) && (failed || viewed?.sort.length === 0) ? answered : null) ?? former?.rows ?? null;
  const sorting = rows !== null && rows !== stored && rows === former?.rows && former.key !== key;
  if (stored) before.current = { setName, key, rows: stored };

  const nothing = rows === null && failed !== null;
  const fetchRows = useSteady(async (from: number, to: number) => {
    const windows = await ofOneMoment(windowsAround([[from, to]]), (at, staleTime) =>
      client.fetchQuery({ ...windowAt(at), staleTime }),
    );
    const all = rowsOf(windows)?.byRow ?? new Map<number, StoredPerson>();
    return Array.from({ length: to - from + 1 }, (_, at) => all.get(from + at) ?? []).flat();
  });
  // The same one as long as nothing of it changed: each asking for other windows draws whoever asks once more.
  return useMemo(
    () => ({
      shown,
      viewed,
      key,
      total: viewed === null ? 0 : (rows?.total ?? null),
      failure: nothing ? toFailure(failed) : null,
      sorting,
      at: (row: number) => rows?.byRow.get(row),
      rowOf: (id: string) => rows?.byId.get(id) ?? null,
      loaded: rows?.people ?? nobody,
      fetchRows,
      look,
    }),
    [shown, viewed, key, rows, nothing, failed, sorting, fetchRows, look],
  );
}

/** Whether nothing narrows it. */
function isWhole(viewed: PeopleView | null): boolean {
  return viewed !== null && viewed.text === "" && viewed.facets.length === 0;
}

/** How often windows are asked for again when people come in between two of them. */
const mostTries = 5;

/** These windows as parts of one order: where people came in meanwhile, all of them anew. */
export async function ofOneMoment<W extends { revision: number }>(
  numbers: number[],
  fetch: (at: number, staleTime: number) => Promise<W>,
): Promise<W[]> {
  for (let tries = 0; tries < mostTries; tries++) {
    const windows: W[] = [];
    for (const at of numbers) windows.push(await fetch(at, tries === 0 ? Number.POSITIVE_INFINITY : 0));
    if (windows.every((one) => one.revision === windows[0]?.revision)) return windows;
  }
  throw { code: "superseded", message: words.keepComing } satisfies Failure;
}

/** What came of the windows that were asked for. No plain object: those the library compares with the ones before, row by row. */
class Joined {
  constructor(
    readonly rows: Rows | null,
    readonly failed: Error | null,
  ) {}
}

/** Joins windows; the same ones as before stay joined as they were, so that a table is not drawn twice for them. */
function joining(): (windows: UseQueryResult<PeopleWindow>[]) => Joined {
  let parts: unknown[] = [];
  let joined = new Joined(null, null);
  return (windows) => {
    const now = windows.flatMap(({ data, error }) => [data, error]);
    if (now.length === parts.length && now.every((part, at) => part === parts[at])) return joined;
    parts = now;
    joined = new Joined(
      rowsOf(windows.flatMap((one) => one.data ?? [])),
      windows.find((one) => one.error)?.error ?? null,
    );
    return joined;
  };
}

/** What the store has, unless it lacks the page that was answered: on a full disk it is shown all the same. */
export function storedOr(found: Rows | null, answered: Rows | null): Rows | null {
  return found?.total === 0 && answered !== null ? answered : found;
}

interface Rows {
  total: number;
  people: StoredPerson[];
  byRow: Map<number, StoredPerson>;
  byId: Map<string, number>;
}

const nobody: StoredPerson[] = [];
const everybody: PeopleView = { set: { kind: "everybody" }, text: "", facets: [], sort: [] };

/** The first and the last of some rows. */
export type RowRange = readonly [first: number, last: number];

/** The numbers of the windows that hold these rows, in order. */
export function windowsAround(ranges: readonly RowRange[]): number[] {
  const windows = ranges.flatMap(([first, last]) => {
    const [from, to] = [Math.floor(first / windowRows), Math.floor(last / windowRows)];
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  });
  return [...new Set(windows)].sort((a, b) => a - b);
}

/** Everybody in these windows; null when none has come. */
export function rowsOf(windows: Omit<PeopleWindow, "revision">[]): Rows | null {
  const total = windows[0]?.total;
  if (total === undefined) return null;
  const byRow = new Map<number, StoredPerson>();
  const byId = new Map<string, number>();
  for (const { offset, people } of windows)
    people.forEach((person, at) => {
      byRow.set(offset + at, person);
      byId.set(person.id, offset + at);
    });
  return { total, people: [...byRow.values()], byRow, byId };
}

/** These rows, with the people of those before wherever nothing else is told of them. */
function sameAs(before: Rows, rows: Rows): Rows {
  const offset = rows.byRow.keys().next().value ?? 0;
  return rowsOf([{ total: rows.total, offset, people: replaceEqualDeep(before.people, rows.people) }]) ?? rows;
}

function fromAnswer(answer: Answer | null): Rows | null {
  if (answer === null) return null;
  const source = answer.endpoint === "mixed_people/search" ? ("search" as const) : ("stub" as const);
  const told = { source, fetched_at: answer.as_of, changed_jobs: null };
  const people = answer.people.map((person) => ({ ...person, ...told }));
  return rowsOf([{ total: people.length, offset: 0, people }]);
}

/** Where a person stands in what the table shows; null while that is not known, or when they are not in it. */
export function usePersonPlace(view: SearchView, people: People, id: string | null): PersonPlace | null {
  const backend = useBackend();
  const { viewed } = people;
  // Known at once of those in sight, so that a key held down steps as fast as it repeats.
  const here = id === null ? null : placeAmong(people, id);
  const asked = useQuery({
    queryKey: [...peopleKey(view.workspace, viewed), "place", id],
    enabled: id !== null && viewed !== null && here === null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => (viewed === null || id === null ? null : backend.personPlace(view.workspace, viewed, id)),
  });
  return here ?? asked.data ?? null;
}

/** Where somebody stands, if they and both of their neighbours are there. */
export function placeAmong(
  { at, rowOf, total }: Pick<People, "at" | "rowOf" | "total">,
  id: string,
): PersonPlace | null {
  const row = rowOf(id);
  if (row === null || total === null) return null;
  const [previous, next] = [at(row - 1)?.id ?? null, at(row + 1)?.id ?? null];
  const unknown = (previous === null && row > 0) || (next === null && row < total - 1);
  return unknown ? null : { at: row, total, previous, next };
}

/** How many there are by each facet, once the rows are there: those come first. Null while nobody looks, or until they are counted. */
export function usePeopleFacets(view: SearchView, people: People): PeopleFacets | null {
  const backend = useBackend();
  const open = useAddressPart("facets") === "open";
  const viewed = people.viewed && { ...people.viewed, sort: [] };
  const counted = useQuery({
    queryKey: [...peopleKey(view.workspace, viewed), "facets"],
    enabled: open && viewed !== null && people.total !== null && !people.sorting,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    // The counts before stay until the new ones are there.
    placeholderData: (before: PeopleFacets | undefined) => before,
    queryFn: () =>
      askTyped(viewed?.text ?? "", (keystroke) => backend.peopleFacets(view.workspace, viewed ?? everybody, keystroke)),
  });
  return open ? (counted.data ?? null) : null;
}

/** How many people there are, by the filters at hand and in all. */
export function usePeopleCounts(view: SearchView): PeopleCounts | null {
  const backend = useBackend();
  const filters = view.blank ? null : view.question.filters;
  const counts = useQuery({
    queryKey: ["workspace", view.workspace, "people", "counts", filters],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => backend.peopleCounts(view.workspace, filters),
  });
  return counts.data ?? null;
}
