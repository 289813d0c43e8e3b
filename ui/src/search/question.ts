// One question to the search: filters, page, page size. Two questions are the same when their values are, in whatever order.
import type { FiltersInput, SearchInput } from "../backend/types";
import { type Address, filtersOf, pageOf } from "../shell/address";

export const emptyFilters: FiltersInput = {
  titles: [],
  seniorities: [],
  industries: [],
  locations: [],
  company_sizes: [],
  keywords: "",
};

export interface Question {
  filters: FiltersInput;
  page: number;
  pageSize: number;
  personaId: string | null;
}

/** The question that an address says. */
export function questionOf(address: Address): Question {
  return { filters: filtersOf(address), page: pageOf(address), pageSize: address.rows, personaId: address.persona };
}

function sorted(values: readonly string[]): string[] {
  return [...values].sort();
}

function filtersKey(filters: FiltersInput): string {
  return JSON.stringify([
    sorted(filters.titles),
    sorted(filters.seniorities),
    sorted(filters.industries),
    sorted(filters.locations),
    sorted(filters.company_sizes),
    filters.keywords.trim(),
  ]);
}

export function questionKey(question: Question): string {
  return JSON.stringify([filtersKey(question.filters), question.page, question.pageSize]);
}

export function sameFilters(a: FiltersInput, b: FiltersInput): boolean {
  return filtersKey(a) === filtersKey(b);
}

export function isBlank(filters: FiltersInput): boolean {
  return sameFilters(filters, emptyFilters);
}

export function searchInput(question: Question): SearchInput {
  return {
    persona_id: question.personaId,
    filters: question.filters,
    page: question.page,
    page_size: question.pageSize,
  };
}
