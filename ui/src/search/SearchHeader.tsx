// The head of the main pane: what is asked, in words, and the buttons to change it, to ask (with its price) and to export.
import { Download, PanelLeftOpen, Pencil, RotateCw, Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { reasonOf, violationsOf } from "../backend/failure";
import type { Workspace } from "../backend/types";
import { Button, IconButton } from "../shared/Button";
import { priceWords } from "../shared/words";
import { useAddress } from "../shell/address";
import { summary } from "./summary";
import type { SearchView } from "./useSearchView";

interface SearchHeaderProps {
  view: SearchView;
  workspace: Workspace;
  onExport: () => void;
}

export function SearchHeader({ view, workspace, onExport }: SearchHeaderProps) {
  const [address, setAddress] = useAddress();
  const parts = summary(view.question.filters);
  const hasRows = view.people.length > 0;
  useSearchKey(view);
  return (
    <div className="flex h-14 shrink-0 items-center gap-1.5 border-b border-line px-3">
      {address.side === "folded" && (
        <IconButton
          id="unfold"
          label={`Show the left pane (${workspace.name})`}
          onClick={() => {
            void setAddress({ side: null }, { history: "replace" });
            requestAnimationFrame(() => document.getElementById("workspace-menu")?.focus());
          }}
        >
          <PanelLeftOpen size={15} aria-hidden />
        </IconButton>
      )}
      <div className="min-w-0 flex-1 pr-2">
        <h1 className="truncate text-lg font-semibold" title={view.title} dir="auto">
          {view.title}
          {view.changed && <span className="font-normal text-ink-3"> · changed</span>}
        </h1>
        <p className="truncate text-sm text-ink-2" title={parts.join(" · ")} dir="auto">
          {parts.length > 0 ? parts.join(" · ") : "No filters yet"}
        </p>
      </div>
      <Button
        id="edit-filters"
        aria-pressed={address.pane === "edit"}
        onClick={() => void setAddress({ pane: address.pane === "edit" ? null : "edit", person: null })}
      >
        <Pencil size={13} aria-hidden />
        Edit
      </Button>
      <AskButton view={view} />
      <Button data-testid="export-button" disabled={!hasRows} onClick={onExport}>
        <Download size={14} aria-hidden />
        Export…
      </Button>
    </div>
  );
}

/** What the button would do now: a first search, another try, or one past the cache. */
function AskButton({ view }: { view: SearchView }) {
  const button = useRef<HTMLButtonElement>(null);
  const fresh = view.answer?.source === "live" || view.answer?.source === "cached";
  const price = view.price ? ` · ${priceWords(view.price)}` : "";
  const asked = view.answer !== null || view.failure !== null;
  const firstTime = !view.looking && !asked && !view.blank;
  useEffect(() => {
    // Rows are one key away: where nothing else has the focus, the button that brings them takes it.
    if (firstTime && (document.activeElement === document.body || document.activeElement === null))
      button.current?.focus();
  }, [firstTime]);
  const busy = view.asking || view.blank;
  return (
    <Button
      ref={button}
      id="search"
      kind={fresh ? "plain" : "primary"}
      data-testid="search-button"
      off={busy}
      title="Ctrl+Enter"
      onClick={() => {
        if (fresh) view.refresh();
        else view.search();
      }}
    >
      {fresh ? <RotateCw size={13} aria-hidden /> : <Search size={14} aria-hidden />}
      {view.asking ? "Searching…" : `${fresh ? "Refresh" : wasSent(view) ? "Try again" : "Search"}${price}`}
    </Button>
  );
}

/** Whether the last try reached for Apollo: nothing is tried "again" that was stopped by the filters or a missing key. */
function wasSent({ answer, failure }: SearchView): boolean {
  const reason = failure ? reasonOf(failure) : answer?.reason;
  return (answer !== null || failure !== null) && reason?.code !== "key_missing" && violationsOf(failure).length === 0;
}

function useSearchKey(view: SearchView): void {
  const latest = useRef(view);
  latest.current = view;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      const now = latest.current;
      if (now.asking || now.blank) return;
      event.preventDefault();
      const source = now.answer?.source;
      if (source === "live" || source === "cached") now.refresh();
      else now.search();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
}
