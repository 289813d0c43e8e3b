// The columns of the table: what each shows, how it sorts within the page, and how wide it may be.
import { createColumnHelper, createSortedRowModel, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import type { Endpoint, Person, Seniority } from "../backend/types";
import { seniorityWords } from "../shared/words";
import {
  emailRank,
  emailWords,
  fullName,
  missing,
  nameParts,
  phoneRank,
  phoneWords,
  shortPlace,
  type Tone,
} from "./facts";
import { LinkedInLink } from "./LinkedInLink";

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

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

const helper = createColumnHelper<typeof features, Person>();
const collator = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

type Compared = { getValue: (id: string) => unknown };
function byText(a: Compared, b: Compared, id: string): number {
  return collator.compare(String(a.getValue(id)), String(b.getValue(id)));
}
function byNumber(a: Compared, b: Compared, id: string): number {
  return Number(a.getValue(id)) - Number(b.getValue(id));
}

const last = "last" as const;

export function makeColumns(endpoint: Endpoint, seniorities: readonly Seniority[], order: readonly ColumnId[]) {
  const none = missing(endpoint);
  const rank = (value: string) => {
    const at = (seniorities as readonly string[]).indexOf(value);
    return at < 0 ? seniorities.length : at;
  };
  const columns = helper.columns([
    helper.accessor((person) => fullName(person) || undefined, {
      id: "name",
      header: "Name",
      sortFn: byText,
      sortUndefined: last,
      cell: ({ row }) => <NameCell person={row.original} />,
    }),
    helper.accessor((person) => person.title ?? undefined, {
      id: "title",
      header: "Title",
      sortFn: byText,
      sortUndefined: last,
      cell: ({ row }) => <Text value={row.original.title} none={"unknown"} />,
    }),
    helper.accessor((person) => person.organization_name ?? undefined, {
      id: "company",
      header: "Company",
      sortFn: byText,
      sortUndefined: last,
      cell: ({ row }) => <Text value={row.original.organization_name} none={"unknown"} />,
    }),
    helper.accessor((person) => shortPlace(person) ?? undefined, {
      id: "place",
      header: "Place",
      sortFn: byText,
      sortUndefined: last,
      cell: ({ row }) => <Text value={shortPlace(row.original)} none={none} />,
    }),
    helper.accessor((person) => (person.seniority === null ? undefined : rank(person.seniority)), {
      id: "seniority",
      header: "Seniority",
      sortFn: byNumber,
      sortUndefined: last,
      cell: ({ row }) => (
        <Text value={row.original.seniority === null ? null : seniorityWords(row.original.seniority)} none={none} />
      ),
    }),
    helper.accessor(emailRank, {
      id: "email",
      header: "E-mail",
      sortFn: byNumber,
      cell: ({ row }) => <EmailCell person={row.original} />,
    }),
    helper.accessor((person) => phoneRank(person), {
      id: "phone",
      header: "Phone",
      sortFn: byNumber,
      sortUndefined: last,
      cell: ({ row }) => (
        <span className={`truncate ${row.original.has_direct_phone ? "" : "text-ink-3"}`}>
          {phoneWords(row.original)}
        </span>
      ),
    }),
    helper.display({
      id: "linkedin",
      header: "LinkedIn",
      cell: ({ row }) => <LinkedInLink person={row.original} none={none} short />,
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
