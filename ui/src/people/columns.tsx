// The columns of the table: what each shows, and how wide it may be.
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Person, StoredPerson } from "../backend/types";
import { Dot } from "../shared/Dot";
import { seniorityWords } from "../shared/words";
import { texts } from "../texts/texts";
import { emailWords, fullName, missing, nameParts, phoneWords, place, shortPlace } from "./facts";
import { LinkedInLink } from "./LinkedInLink";
import { type ColumnId, columnIds, type Layout } from "./layout";

const words = texts.people;

export const features = tableFeatures({
  rowSortingFeature,
  columnOrderingFeature,
  columnVisibilityFeature,
  columnPinningFeature,
  columnSizingFeature,
});

/** The column in which people are picked; it stands first and in sight. */
export const pickWidth = 28;

/** How wide columns are while nobody has said it: at least so many px, and a share of what is left over. */
const usualWidths: Record<ColumnId, [number, string]> = {
  name: [102, "1.3fr"],
  title: [110, "1.6fr"],
  company: [92, "1.1fr"],
  place: [92, "1.1fr"],
  seniority: [76, "0.4fr"],
  email: [132, "0.9fr"],
  phone: [112, "0.3fr"],
  linkedin: [88, "0fr"],
};

/** The widths of these columns as the style sheet has them, and the least that they take together, in px. */
export function columnWidths(order: readonly ColumnId[], widths: Layout["widths"]): { tracks: string; least: number } {
  const track = (id: ColumnId) =>
    widths[id] === undefined ? `minmax(${usualWidths[id].join("px, ")})` : `${widths[id]}px`;
  const least = order.reduce((sum, id) => sum + (widths[id] ?? usualWidths[id][0]), pickWidth);
  return { tracks: [`${pickWidth}px`, ...order.map(track)].join(" "), least };
}

/** Whether a person tells anything in a column that may be empty from top to bottom. */
const tells: Partial<Record<ColumnId, (person: Person) => boolean>> = {
  company: (person) => Boolean(person.organization_name?.trim()),
  place: (person) => shortPlace(person) !== null,
  seniority: (person) => person.seniority !== null,
  email: (person) => emailWords(person).text !== words.unknown,
  phone: (person) => Boolean(person.phone ?? person.has_direct_phone),
};

/** The columns of a page: one that tells nothing in any row makes way for the others, in the same order among themselves. */
export function columnOrder(people: readonly Person[]): ColumnId[] {
  const empty = (id: ColumnId) => people.length > 0 && tells[id] !== undefined && !people.some(tells[id]);
  return [...columnIds.filter((id) => !empty(id)), ...columnIds.filter(empty)];
}

const helper = createColumnHelper<typeof features, StoredPerson>();

function seniorityOf({ seniority }: Person): string | null {
  return seniority === null ? null : seniorityWords(seniority);
}

/** What a column tells of somebody as text: what is copied. */
const told: Record<ColumnId, (person: StoredPerson) => string | null> = {
  name: fullName,
  title: (person) => person.title,
  company: (person) => person.organization_name,
  place,
  seniority: seniorityOf,
  email: (person) => person.email ?? emailWords(person).text,
  phone: (person) => person.phone ?? phoneWords(person),
  linkedin: (person) => person.linkedin_url,
};

export function textOf(id: ColumnId, person: StoredPerson): string {
  return told[id](person) ?? "";
}

const cells: Record<ColumnId, (person: StoredPerson) => ReactNode> = {
  name: nameOf,
  title: (person) => textOr(words.unknown, person.title),
  company: (person) => textOr(words.unknown, person.organization_name),
  place: (person) => textOr(missing(person.source), shortPlace(person)),
  seniority: (person) => textOr(missing(person.source), seniorityOf(person)),
  email: (person) => emailOf(person, true),
  phone: (person) => (
    <span dir="ltr" className={`truncate ${person.phone || person.has_direct_phone ? "" : "text-ink-3"}`}>
      {person.phone ?? phoneWords(person)}
    </span>
  ),
  linkedin: (person) => <LinkedInLink person={person} none={missing(person.source)} short />,
};

/** What stands in a cell. What does not fit is told under the pointer (shared/tooltips.ts). */
export function cellOf(id: ColumnId, person: StoredPerson): ReactNode {
  return cells[id](person);
}

/** Sorting is the store's: it knows all rows, the table only those in sight. */
export const columns = helper.columns(
  columnIds.map((id) =>
    helper.accessor(told[id], {
      id,
      header: words.columns[id],
      enableSorting: id !== "linkedin",
    }),
  ),
);

function nameOf(person: Person): ReactNode {
  const { known, shortened } = nameParts(person);
  return (
    <span className="truncate font-medium" dir="auto">
      {known}
      {shortened && (
        <span className="font-normal text-ink-3">
          {known && " "}
          {shortened}
        </span>
      )}
    </span>
  );
}

function textOr(none: string, value: string | null): ReactNode {
  const known = value?.trim();
  return (
    <span className={`truncate ${known ? "" : "text-ink-3"}`} dir={known ? "auto" : undefined}>
      {known ? value : none}
    </span>
  );
}

/** What is known of somebody's address; in the table the address itself, where it is known, and what is said of it where it may be wrong. */
export function emailOf(person: Person, inTable = false): ReactNode {
  const { text: status, tone } = emailWords(person);
  const told = tone === "good" ? person.email : person.email && words.email.unsure(status, person.email);
  const text = (inTable ? told : null) ?? status;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Dot tone={tone} />
      <span className={`truncate ${tone === "muted" ? "text-ink-3" : ""}`}>{text}</span>
    </span>
  );
}
