// Why there are no rows: each state of its own, with what happened, what it means for the data, and what to do next.

import type { LucideIcon } from "lucide-react";
import { CloudOff, Filter, KeyRound, PauseCircle, Search, SearchX, TriangleAlert, Wallet } from "lucide-react";
import { useEffect } from "react";
import { violationsOf } from "../backend/failure";
import type { Reason, Status } from "../backend/types";
import { Button } from "../shared/Button";
import { keyOf } from "../shared/keys";
import { State } from "../shared/State";
import { useNow } from "../shared/useNow";
import { priceWords } from "../shared/words";
import { useAddress, usualPageSize } from "../shell/address";
import { openPage } from "../shell/pages";
import { texts } from "../texts/texts";
import { ForgiveButton } from "./LostLedger";
import { reasonWords, wayOn } from "./reasonWords";
import type { SearchView } from "./useSearchView";

const words = texts.search.noRows;

interface NoRowsProps {
  view: SearchView;
  status: Status | null;
  onSettings: (about: "key" | "endpoint") => void;
}

export function NoRows({ view, status, onSettings }: NoRowsProps) {
  const [address, setAddress] = useAddress();
  const now = useNow(view.reason?.reset_at);
  const { answer, failure } = view;
  // An answer with people's rows never comes here; one that is empty with a reason was not asked. Without either, a gate that is shut
  // is the reason: "Press Search" would be answered with it.
  const reason = failure || !answer || answer.source === "empty" ? view.reason : null;
  const wrong = violationsOf(failure);
  const edit = () => void setAddress({ pane: "edit" });
  const editing = address.pane === "edit";
  const mustEdit = wrong.length > 0 && !editing;
  useEffect(() => {
    if (mustEdit) void setAddress({ pane: "edit" }, { history: "replace" });
  }, [mustEdit, setAddress]);

  if (view.blank)
    return (
      <State icon={Filter} title={words.blank} text={words.blankText}>
        {!editing && (
          <Button kind="primary" onClick={edit}>
            {words.addFilters}
          </Button>
        )}
      </State>
    );
  if (wrong.length > 0)
    return (
      <State icon={TriangleAlert} title={words.wrongFilters} text={wrong.map((one) => one.message).join(" ")} alert />
    );
  if (reason) {
    const { title, text } = reasonWords(reason, now);
    return (
      <State icon={iconFor(reason.code)} title={title} text={text} alert>
        <WayOn reason={reason} status={status} onSettings={onSettings} />
      </State>
    );
  }
  if (answer)
    return answer.total_entries === 0 || answer.total_entries === null || answer.page === 1 ? (
      <State icon={SearchX} title={words.noMatch} text={words.noMatchText}>
        <Button onClick={edit}>{words.editFilters}</Button>
      </State>
    ) : (
      <State icon={SearchX} title={words.pastLast(answer.page)} text={words.pastLastText}>
        <Button onClick={() => view.goToPage(1, true)}>{words.toFirst}</Button>
      </State>
    );
  // Another page, another page size is another question to Apollo, which is easily overlooked.
  const { page, pageSize } = view.question;
  const price = status ? priceWords(status.price) : words.aCall;
  const text = words.notSearchedText(
    page > 1 ? page : null,
    pageSize === usualPageSize ? null : pageSize,
    price,
    status?.price.caps_leave ?? null,
    keyOf("search"),
  );
  return <State icon={Search} title={words.notSearched} text={text} />;
}

/** What to press when the way on lies in the workspace's settings. */
function WayOn({ reason, status, onSettings }: { reason: Reason } & Pick<NoRowsProps, "status" | "onSettings">) {
  if (reason.code === "ledger_lost") return <ForgiveButton />;
  if (reason.code === "barred") return <Button onClick={() => openPage("settings")}>{words.network}</Button>;
  if (reason.code === "capped") return <Button onClick={() => openPage("ledger")}>{words.ledger}</Button>;
  switch (wayOn(reason, status?.endpoint.in_use === "mixed_people/api_search")) {
    case "add-key":
      return (
        <Button kind="primary" onClick={() => onSettings("key")}>
          {words.addKey}
        </Button>
      );
    case "key":
      return (
        <Button kind="primary" onClick={() => onSettings("key")}>
          {words.key}
        </Button>
      );
    case "free-search":
      return (
        <Button kind="primary" onClick={() => onSettings("endpoint")}>
          {words.freeSearch}
        </Button>
      );
    case null:
      return null;
  }
}

const paused = new Set(["rate_limited", "apollo_rate_limited", "breaker_open", "ledger_lost"]);

function iconFor(code: string): LucideIcon {
  if (code.startsWith("key") || code === "forbidden" || code === "keyring") return KeyRound;
  if (paused.has(code)) return PauseCircle;
  if (code === "offline" || code === "unreachable" || code === "barred" || code === "connection_lost") return CloudOff;
  if (code === "out_of_credits") return Wallet;
  return TriangleAlert;
}
