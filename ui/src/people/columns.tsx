// The columns of the table: what each shows, and how wide it may be.
import { createColumnHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import type { Person, StoredPerson } from "../backend/types";
import { seniorityWords } from "../shared/words";
import { emailWords, fullName, missing, nameParts, phoneWords, shortPlace, type Tone } from "./facts";
import { LinkedInLink } from "./LinkedInLink";

export const features = tableFeatures({ rowSortingFeature });

export type ColumnId = "name" | "title" | "company" | "place" | "seniority" | "email" | "phone" | "linkedin";

/** The columns as they usually stand; the first ones take what is left over. */
const widths: Record<ColumnId, string> = {
  name: "minmax(116px, 1.3fr)",
  title: "minmax(128px, 1.6fr)",
  company: "minmax(96px, 1.1fr)",
  place: "minmax(96px, 1.1fr)",
  seniority: "minmax(76px, 0.4fr)",
  email: "minmax(132px, 0.5fr)",
  phone: "minmax(112px, 0.3fr)",
  linkedin: "76px",
};
export const usualOrder = Object.keys(widths) as ColumnId[];
export const tableMinWidth = 832;

export function columnWidths(order: readonly ColumnId[]): string {
  return order.map((id) => widths[id]).join(" ");
}

/** Whether a person tells anything in a column that may be empty from top to bottom. */
const tells: Partial<Record<ColumnId, (person: Person) => boolean>> = {
  company: (person) => Boolean(person.organization_name?.trim()),
  place: (person) => shortPlace(person) !== null,
  seniority: (person) => person.seniority !== null,
  email: (person) => emailWords(person).text !== "unknown",
  phone: (person) => Boolean(person.has_direct_phone),
};

/** The columns of a page: one that tells nothing in any row makes way for the others, in the same order among themselves. */
export function columnOrder(people: readonly Person[]): ColumnId[] {
  const empty = (id: ColumnId) => people.length > 0 && tells[id] !== undefined && !people.some(tells[id]);
  return [...usualOrder.filter((id) => !empty(id)), ...usualOrder.filter(empty)];
}

const helper = createColumnHelper<typeof features, StoredPerson>();

/** The columns in this order. Sorting is the store's: it knows all rows, this table only those in sight. */
export function makeColumns(order: readonly ColumnId[]) {
  const columns = helper.columns([
    helper.display({ id: "name", header: "Name", cell: ({ row }) => <NameCell person={row.original} /> }),
    helper.display({
      id: "title",
      header: "Title",
      cell: ({ row }) => <Text value={row.original.title} none="unknown" />,
    }),
    helper.display({
      id: "company",
      header: "Company",
      cell: ({ row }) => <Text value={row.original.organization_name} none="unknown" />,
    }),
    helper.display({
      id: "place",
      header: "Place",
      cell: ({ row }) => <Text value={shortPlace(row.original)} none={missing(row.original.source)} />,
    }),
    helper.display({
      id: "seniority",
      header: "Seniority",
      cell: ({ row }) => (
        <Text
          value={row.original.seniority === null ? null : seniorityWords(row.original.seniority)}
          none={missing(row.original.source)}
        />
      ),
    }),
    helper.display({ id: "email", header: "E-mail", cell: ({ row }) => <EmailCell person={row.original} /> }),
    helper.display({
      id: "phone",
      header: "Phone",
      cell: ({ row }) => (
        <span className={`truncate ${row.original.has_direct_phone ? "" : "text-ink-3"}`}>
          {phoneWords(row.original)}
        </span>
      ),
    }),
    helper.display({
      id: "linkedin",
      header: "LinkedIn",
      cell: ({ row }) => <LinkedInLink person={row.original} none={missing(row.original.source)} short />,
    }),
  ]);
  return [...columns].sort((a, b) => order.indexOf(a.id as ColumnId) - order.indexOf(b.id as ColumnId));
}

function NameCell({ person }: { person: Person }) {
  const { known, shortened } = nameParts(person);
  return (
    <span className="truncate font-medium" dir="auto" title={fullName(person)}>
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

function Text({ value, none }: { value: string | null; none: string }) {
  if (!value?.trim()) return <span className="truncate text-ink-3">{none}</span>;
  return (
    <span className="truncate" dir="auto" title={value}>
      {value}
    </span>
  );
}

const dots: Record<Tone, string> = {
  good: "bg-good",
  caution: "bg-caution",
  stop: "bg-stop",
  muted: "border border-line-strong",
};

export function EmailCell({ person }: { person: Person }) {
  const { text, tone } = emailWords(person);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${dots[tone]}`} />
      <span className={`truncate ${tone === "muted" ? "text-ink-3" : ""}`}>{text}</span>
    </span>
  );
}
