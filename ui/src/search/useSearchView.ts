// Everything the main pane needs to know about the question at hand: what is asked, what the last answer was, what asking costs, and
// the ways to ask. One place, so that header, table, pager, panel and export speak of the same question.
import { useMemo } from "react";
import { reasonOf, toFailure } from "../backend/failure";
import type { Answer, Failure, Person, Persona, Price, Reason, Status, TenantId } from "../backend/types";
import { goToUnfinished, useUnfinished } from "../personas/unfinished";
import { useSame, useSteady } from "../shared/useSteady";
import { useAddress } from "../shell/address";
import { useTabs } from "../shell/openTabs";
import { titleOf } from "../shell/tabWords";
import { mainPlace } from "../shell/useLeftPane";
import { isBlank, type Question, questionOf, sameFilters } from "./question";
import { useAsk, useIsAsking, useOutcome } from "./useSearch";

export interface SearchView {
  workspace: TenantId;
  /** The tab in sight, by its id. */
  tab: number;
  question: Question;
  /** The saved persona that the filters began with, if any. */
  persona: Persona | null;
  /** Whether the filters differ from the saved persona's. */
  changed: boolean;
  title: string;
  /** No filter at all: there is nothing to ask. */
  blank: boolean;
  answer: Answer | null;
  failure: Failure | null;
  /** Why the last try brought nothing new, if it did not; without one, why the next would not. */
  reason: Reason | null;
  /** True until the cache has been looked at for this question. */
  looking: boolean;
  asking: boolean;
  price: Price | null;
  people: Person[];
  search: () => void;
  refresh: () => void;
  /** Does `act`, unless a field of the editor holds what is no filter yet: then that is shown. */
  whenFinished: (act: () => void) => void;
  /** Turns to a page; asks for it when the cache has no answer. */
  goToPage: (page: number, cached: boolean) => void;
}

const nobody: Person[] = [];

/** The button that was pressed asks for a price again: whoever goes on with the keys is among the rows that came, not on it. */
function leaveThePriced({ people }: Answer): void {
  const isOnIt = () => document.activeElement === document.querySelector("[data-testid=search-button]");
  if (people.length === 0 || !isOnIt()) return;
  // When the rows are drawn, and unless something else was turned to meanwhile.
  requestAnimationFrame(() => requestAnimationFrame(() => isOnIt() && mainPlace()?.focus({ preventScroll: true })));
}

export function useSearchView(workspace: TenantId, saved: Persona[], status: Status | null): SearchView {
  const [address, setAddress] = useAddress();
  const { tab } = useTabs();
  const question = useSame<Question>(questionOf(address));
  const persona = saved.find((one) => one.id === address.persona) ?? null;
  const blank = isBlank(question.filters);
  const outcome = useOutcome(workspace, question, !blank);
  const ask = useAsk(workspace);
  const asking = useIsAsking(workspace, question);
  const answer = blank ? null : (outcome.data?.answer ?? null);
  // A cache that cannot even be looked into (its file was made by a newer Foray, say) tells why, too.
  const failed = outcome.data?.failure ?? outcome.error;
  const failure = useMemo(() => (failed ? toFailure(failed) : null), [failed]);
  const personaId = persona?.id ?? null;
  const title = titleOf(address, saved);
  const unfinished = useUnfinished();
  const whenFinished = useSteady((act: () => void) => (unfinished ? goToUnfinished() : act()));
  const asks = (how: "search" | "refresh") => () =>
    whenFinished(() => {
      // Whoever asks wants to see what comes.
      if (address.show === "everyone") void setAddress({ show: null, find: null, only: null });
      ask.mutate({ question: { ...question, personaId }, title, how }, { onSuccess: leaveThePriced });
    });
  const search = useSteady(asks("search"));
  const refresh = useSteady(asks("refresh"));
  const goToPage = useSteady((next: number, cached: boolean) =>
    whenFinished(() => {
      void setAddress({ page: next, person: null });
      if (!cached) ask.mutate({ question: { ...question, personaId, page: next }, title, how: "search" });
    }),
  );

  const gate = status?.gate ?? null;
  const price = status?.price ?? null;
  const looking = !blank && outcome.isPending;
  // The same one as long as it says the same: a key in the search field changes nothing of it.
  return useMemo(
    () => ({
      workspace,
      tab: tab.id,
      question,
      persona,
      changed: persona !== null && !sameFilters(persona.filters, question.filters),
      title,
      blank,
      answer,
      failure,
      reason: failure ? reasonOf(failure) : answer ? answer.reason : gate,
      looking,
      asking,
      price,
      people: answer?.people ?? nobody,
      search,
      refresh,
      whenFinished,
      goToPage,
    }),
    [
      workspace,
      tab.id,
      question,
      persona,
      title,
      blank,
      answer,
      failure,
      gate,
      looking,
      asking,
      price,
      search,
      refresh,
      whenFinished,
      goToPage,
    ],
  );
}
