// The head of the main pane: what is asked, in words, and the buttons to change it, to ask (with its price) and to export.
import { BadgePlus, Clock, Download, ListRestart, Pencil, RotateCw, Search } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { violationsOf } from "../backend/failure";
import type { Status, Workspace } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { runAction, useCommand } from "../shared/commands";
import { keyOf, wordsOf } from "../shared/keys";
import { isModalOpen } from "../shared/Modal";
import { clock } from "../shared/time";
import { useNow } from "../shared/useNow";
import { priceWords } from "../shared/words";
import { changeAddress, useAddressPart } from "../shell/address";
import { UnfoldButton } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { pausedUntil } from "./pause";
import { summary } from "./summary";
import type { SearchView } from "./useSearchView";

const words = texts.search.header;

interface SearchHeaderProps {
  view: SearchView;
  workspace: Workspace;
  status: Status | null;
  onExport: () => void;
  /** Whether the table shows anybody. */
  canEnrich: boolean;
  canExport: boolean;
  /** For everybody the table shows. */
  onEnrich: () => void;
  onRerun: () => void;
}

export const SearchHeader = memo(function SearchHeader(props: SearchHeaderProps) {
  const { view, workspace, status, onExport, onEnrich, onRerun, canEnrich, canExport } = props;
  const editing = useAddressPart("pane") === "edit";
  const parts = summary(view.question.filters);
  const hasRows = view.people.length > 0;
  const now = useNow(status?.limiter.lost_until ?? view.reason?.reset_at);
  const pause = pausedUntil(view.reason, status, now);
  const edit = () => changeAddress({ pane: editing ? null : "edit", person: null });
  useCommand("search", () => ask(view), view.asking || view.blank || pause !== null);
  useCommand("edit", edit);
  useCommand("rerun", () => view.whenFinished(onRerun), !hasRows);
  // By their keys those who are selected, where somebody is.
  useCommand("enrich", (pressed) => (pressed && runAction("enrich-selected")) || onEnrich(), !canEnrich);
  useCommand(
    "export",
    (pressed) => (pressed && runAction("export-selected")) || view.whenFinished(onExport),
    !canExport,
  );
  return (
    <div className="flex h-14 shrink-0 items-center gap-1.5 border-b border-line px-3">
      <UnfoldButton workspaceName={workspace.name} />
      <div className="min-w-0 flex-1 pr-2">
        <h1 className="truncate text-lg font-semibold" title={view.title} dir="auto">
          {view.title}
          {view.changed && <span className="font-normal text-ink-3"> · {words.changed}</span>}
        </h1>
        <p className="truncate text-sm text-ink-2" title={parts.join(" · ")} dir="auto">
          {parts.length > 0 ? parts.join(" · ") : words.noFilters}
        </p>
      </div>
      <Button id="edit-filters" aria-pressed={editing} title={keyOf("edit")} onClick={edit}>
        <Pencil size={13} aria-hidden />
        {words.edit}
      </Button>
      <AskButton view={view} pause={pause} />
      <IconButton
        label={wordsOf("rerun")}
        data-testid="rerun-button"
        disabled={!hasRows}
        onClick={() => view.whenFinished(onRerun)}
      >
        <ListRestart size={15} aria-hidden />
      </IconButton>
      <IconButton label={wordsOf("enrich")} data-testid="enrich-button" disabled={!canEnrich} onClick={onEnrich}>
        <BadgePlus size={15} aria-hidden />
      </IconButton>
      <Button
        data-testid="export-button"
        title={keyOf("export")}
        disabled={!canExport}
        onClick={() => view.whenFinished(onExport)}
      >
        <Download size={14} aria-hidden />
        {words.export}
      </Button>
    </div>
  );
});

/** What the button would do now: a first search, another try, one past the cache; or nothing until a known moment. */
function AskButton({ view, pause }: { view: SearchView; pause: string | null }) {
  const button = useRef<HTMLButtonElement>(null);
  const now = useNow(pause);
  const fresh = view.answer?.source === "live" || view.answer?.source === "cached";
  const again = refreshes(view);
  const ways = [
    again ? words.refresh : wasSent(view) ? words.again : words.search,
    ...(view.price ? [priceWords(view.price)] : []),
  ];
  const caps = view.price?.caps_leave ?? null;
  const left = caps === null ? [] : [words.capsLeave(caps)];
  const asked = view.answer !== null || view.failure !== null;
  const firstTime = !view.looking && !asked && !view.blank;
  useEffect(() => {
    // Rows are one key away: where nothing else has the focus, the button that brings them takes it; never from behind a dialog.
    const free = document.activeElement === document.body || document.activeElement === null;
    if (firstTime && free && !isModalOpen()) button.current?.focus();
  }, [firstTime]);
  const paused = !view.asking && pause !== null;
  return (
    <Button
      ref={button}
      id="search"
      kind={fresh || paused ? "plain" : "primary"}
      // What stands on it is to be read, also while it cannot be pressed.
      className={paused ? "text-ink-2 aria-disabled:opacity-100!" : ""}
      data-testid="search-button"
      off={view.asking || view.blank || paused}
      title={paused ? undefined : [keyOf("search"), ...left].join(" · ")}
      onClick={() => ask(view)}
    >
      {paused ? (
        <Clock size={13} aria-hidden />
      ) : again ? (
        <RotateCw size={13} aria-hidden />
      ) : (
        <Search size={14} aria-hidden />
      )}
      {view.asking ? words.searching : paused ? words.nextCall(clock(pause, now)) : ways.join(" · ")}
    </Button>
  );
}

/** Whether rows are in sight that no try has failed to renew: asking then goes past the cache. */
function refreshes({ answer, failure }: SearchView): boolean {
  if (answer === null) return false;
  return (
    answer.source === "live" || answer.source === "cached" || (answer.source === "stale" && !answer.reason && !failure)
  );
}

function ask(view: SearchView): void {
  // Rows that a try failed to renew may still be fresh in the cache: trying again means Apollo, not those.
  if (refreshes(view) || view.answer?.source === "stale") view.refresh();
  else view.search();
}

/** Whether the last try reached for Apollo: nothing is tried "again" that was stopped by the filters or a missing key. */
function wasSent({ answer, failure, reason }: SearchView): boolean {
  return (answer !== null || failure !== null) && reason?.code !== "key_missing" && violationsOf(failure).length === 0;
}
