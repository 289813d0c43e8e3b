// Why there are no rows: each state of its own, with what happened, what it means for the data, and what to do next.

import type { LucideIcon } from "lucide-react";
import { CloudOff, Filter, KeyRound, PauseCircle, Search, SearchX, TriangleAlert, Wallet } from "lucide-react";
import { useEffect } from "react";
import { reasonOf, violationsOf } from "../backend/failure";
import type { Status } from "../backend/types";
import { Button } from "../shared/Button";
import { useNow } from "../shared/useNow";
import { priceWords } from "../shared/words";
import { useAddress, usualPageSize } from "../shell/address";
import { reasonWords } from "./reasonWords";
import type { SearchView } from "./useSearchView";

interface NoRowsProps {
  view: SearchView;
  status: Status | null;
  onKey: () => void;
}

export function NoRows({ view, status, onKey }: NoRowsProps) {
  const [address, setAddress] = useAddress();
  const now = useNow();
  const { answer, failure } = view;
  const wrong = violationsOf(failure);
  const edit = () => void setAddress({ pane: "edit" });
  const editing = address.pane === "edit";
  const mustEdit = wrong.length > 0 && !editing;
  useEffect(() => {
    if (mustEdit) void setAddress({ pane: "edit" }, { history: "replace" });
  }, [mustEdit, setAddress]);

  if (view.blank)
    return (
      <State
        icon={Filter}
        title="Say whom you look for"
        text="Add titles, places or any other filter; the search needs at least one."
      >
        {!editing && (
          <Button kind="primary" onClick={edit}>
            Add filters
          </Button>
        )}
      </State>
    );
  if (wrong.length > 0)
    return (
      <State
        icon={TriangleAlert}
        title="The filters cannot be searched like this"
        text={wrong.map((one) => one.message).join(" ")}
        alert
      />
    );
  const reason = failure ? reasonOf(failure) : answer?.source === "empty" ? answer.reason : null;
  if (reason) {
    const words = reasonWords(reason, now);
    return (
      <State icon={iconFor(reason.code)} title={words.title} text={words.text} alert>
        {words.keyMatters && (
          <Button kind="primary" onClick={onKey}>
            {reason.code === "key_missing" ? "Add an Apollo key…" : "Look at the key…"}
          </Button>
        )}
      </State>
    );
  }
  if (answer)
    return answer.total_entries === 0 || answer.total_entries === null || answer.page === 1 ? (
      <State
        icon={SearchX}
        title="Nobody matches these filters"
        text="Take a filter away or widen one: values within a filter are alternatives, but every filter must hold. Keywords are matched literally and rule out many."
      >
        <Button onClick={edit}>Edit filters</Button>
      </State>
    ) : (
      <State
        icon={SearchX}
        title={`Nobody is on page ${answer.page}`}
        text="The people who match end before this page."
      >
        <Button onClick={() => view.goToPage(1, true)}>Back to page 1</Button>
      </State>
    );
  const price = status ? priceWords(status.price) : "";
  return (
    <State
      icon={Search}
      title="Not searched yet"
      text={`Nothing is known for these filters${where(view)} yet. A search costs ${price || "a call"}; its rows are then kept, and looking at them again costs nothing. Press Search, or Ctrl+Enter.`}
    />
  );
}

/** The part of a question that is easily overlooked: another page, another page size is another question to Apollo. */
function where(view: SearchView): string {
  const { page, pageSize } = view.question;
  const size = pageSize === usualPageSize ? "" : ` with ${pageSize} people a page`;
  return `${page > 1 ? ` on page ${page}` : ""}${size}`;
}

function iconFor(code: string): LucideIcon {
  if (code.startsWith("key") || code === "forbidden" || code === "keyring") return KeyRound;
  if (code === "rate_limited" || code === "apollo_rate_limited" || code === "breaker_open") return PauseCircle;
  if (code === "offline" || code === "unreachable" || code === "connection_lost") return CloudOff;
  if (code === "out_of_credits") return Wallet;
  return TriangleAlert;
}

interface StateProps {
  icon: LucideIcon;
  title: string;
  text: string;
  alert?: boolean;
  children?: React.ReactNode;
}

function State({ icon: Icon, title, text, alert, children }: StateProps) {
  return (
    <section
      id="people"
      tabIndex={-1}
      aria-label={title}
      className="flex flex-1 flex-col items-center justify-center gap-1 overflow-y-auto px-8 pb-16 text-center outline-none"
    >
      <Icon size={28} strokeWidth={1.5} aria-hidden className="mb-2 text-ink-3" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p role={alert ? "alert" : undefined} className="max-w-md text-ink-2">
        {text}
      </p>
      {children && <div className="mt-3 flex gap-2">{children}</div>}
    </section>
  );
}
