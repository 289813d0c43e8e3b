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

/** The widths of the columns, in their order; the first ones take what is left over. */
export const columnWidths =
  "minmax(116px, 1.3fr) minmax(128px, 1.6fr) minmax(96px, 1.1fr) minmax(96px, 1.1fr) minmax(76px, 0.4fr) minmax(132px, 0.5fr) minmax(112px, 0.3fr) 76px";
export const tableMinWidth = 832;

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

export function makeColumns(endpoint: Endpoint, seniorities: readonly Seniority[]) {
  const none = missing(endpoint);
  const rank = (value: string) => {
    const at = (seniorities as readonly string[]).indexOf(value);
    return at < 0 ? seniorities.length : at;
  };
  return helper.columns([
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
