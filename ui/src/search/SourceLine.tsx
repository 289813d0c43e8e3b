// The line above the table: how many match, how many are here, and where they came from; below it the banner of a stale answer and
// whatever the answer had to say.
import { Clock, Info } from "lucide-react";
import { memo } from "react";
import { reasonOf } from "../backend/failure";
import type { PeopleCounts, Source } from "../backend/types";
import { FacetButton } from "../people/FacetButton";
import { everyoneWords } from "../people/peopleSet";
import { SetSwitch } from "../people/SetSwitch";
import { TableMenu } from "../people/TableMenu";
import { Dot } from "../shared/Dot";
import { useNow } from "../shared/useNow";
import { useAddressPart } from "../shell/address";
import { useStatus } from "../shell/useStatus";
import { texts } from "../texts/texts";
import { useSlow } from "../workspaces/useSlow";
import { HistoryButtons } from "./HistoryButtons";
import { reasonSentence } from "./reasonWords";
import { countWords, failedWords, pageWords, sourceWords, staleWords } from "./sourceWords";
import type { SearchView } from "./useSearchView";

const words = texts.search.source;

interface SourceLineProps {
  view: SearchView;
  counts: PeopleCounts | null;
}

/** A key that was not used since the start comes from the keyring first, which may be asking for its password. */
function useAskingWords(view: SearchView): string {
  const status = useStatus(view.workspace).data;
  const slow = useSlow(view.asking);
  const first = status?.key.state === "stored" && !status.answered;
  return slow && first ? words.askingFirst : words.asking;
}

export const SourceLine = memo(function SourceLine({ view, counts: known }: SourceLineProps) {
  const now = useNow(view.reason?.reset_at);
  const asking = useAskingWords(view);
  const { answer, failure } = view;
  const shown = useAddressPart("show");
  const counts = [
    shown === "everyone" ? everyoneWords(known) : countWords(answer, known),
    shown === "page" ? pageWords(answer) : "",
  ].filter((part) => part !== "");
  // Whence a page came holds for its rows alone; of the others each says so itself, in the panel.
  const told = shown === "page" || answer?.source === "empty" ? answer : null;
  // Why there is nothing; what stands only for a page on Apollo's side says nothing about people of the store.
  const why = !told && !view.looking && !view.blank && (failure || shown === "page") ? view.reason : null;
  const whence = view.asking
    ? asking
    : told
      ? sourceWords(told, Math.max(now, Date.parse(told.as_of)))
      : view.looking || view.blank
        ? ""
        : why
          ? failedWords(why)
          : shown === "page"
            ? words.notSearched
            : "";
  return (
    <>
      <div className="@container flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-0.5 px-2 py-0.5 pr-3">
        <HistoryButtons />
        <SetSwitch counts={known} />
        <span className="order-1 flex @max-[56rem]:order-none @max-[56rem]:ml-auto">
          <FacetButton />
          <TableMenu workspace={view.workspace} />
        </span>
        <div
          className="flex min-w-0 flex-1 basis-80 flex-wrap @max-[56rem]:basis-full items-center gap-x-3 text-sm"
          role="status"
          data-testid="source-line"
        >
          <span className="font-medium text-ink">{counts.join(" · ")}</span>
          <span
            className="ml-auto flex min-w-0 items-center gap-1.5 text-ink-2"
            title={told ? new Date(told.as_of).toLocaleString() : undefined}
          >
            <SourceDot source={view.asking ? undefined : (told?.source ?? (why ? "empty" : undefined))} />
            <span className="truncate" title={whence}>
              {whence}
            </span>
          </span>
        </div>
      </div>
      {told?.source === "stale" && !view.asking && (
        <p className="flex items-center gap-2 border-t border-line bg-caution-soft px-3 py-1 text-sm">
          <Clock size={13} aria-hidden className="shrink-0 text-caution" />
          <span className="min-w-0 wrap-anywhere">{staleWords(told, now)}</span>
        </p>
      )}
      {told?.notice && told.source !== "stale" && (
        <p className="flex items-center gap-2 border-t border-line bg-pane px-3 py-1 text-sm text-ink-2">
          <Info size={13} aria-hidden className="shrink-0" />
          <span dir="auto">{told.notice}</span>
        </p>
      )}
      {answer && failure && (
        <p role="alert" className="border-t border-line bg-stop-soft px-3 py-1 text-sm text-ink">
          {reasonSentence(reasonOf(failure), now)}
        </p>
      )}
    </>
  );
});

const dots = { live: "good", cached: "accent", stale: "caution", empty: "stop" } as const;

function SourceDot({ source }: { source: Source | undefined }) {
  return source && <Dot tone={dots[source]} />;
}
