// The honesty of the product in one line: service, calls, endpoint, cache, exports; each opens a short explanation.

import { CircleQuestionMark, Coins, History, Settings as SettingsIcon } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { FiltersInput, Reason, Status, TenantId, Workspace } from "../backend/types";
import { JobsButton } from "../jobs/JobsButton";
import { Dot } from "../shared/Dot";
import { Explain } from "../shared/Explain";
import { keyOf } from "../shared/keys";
import { useNow } from "../shared/useNow";
import { texts } from "../texts/texts";
import { keyWords } from "../workspaces/keyWords";
import { ApolloLimits } from "./ApolloLimits";
import { ForgetRows } from "./ForgetRows";
import { openPage } from "./pages";
import { cacheWords, callsWords, endpointWords, serviceWords } from "./statusWords";

const words = texts.shell;

interface StatusBarProps {
  workspace: Workspace;
  status: Status | null;
  /** Why the state is not known, if it could not be read. */
  failed: string | null;
  /** Why the last try of what is shown brought nothing new, if it did not. */
  reason: Reason | null;
  /** The filters in sight; nothing while there are none. */
  filters: FiltersInput | null;
}

/** What the bar is short of is taken from the last of them that is more than a few letters wide: to the ones before it, a step this long
 * leaves less than a browser can draw. */
const shrinks = { service: "shrink", calls: "shrink-[1e6]", endpoint: "shrink-[1e12]", cache: "shrink-[1e18]" };

export const StatusBar = memo(function StatusBar({ workspace, status, failed, reason, filters }: StatusBarProps) {
  const now = useNow(status?.limiter.lost_until ?? status?.limiter.paused_until);
  return (
    <footer
      aria-label={words.status.title}
      data-testid="status-bar"
      // One line, always: what is above must not move when there is more to say.
      className="flex h-7 shrink-0 items-center gap-x-1 overflow-hidden border-t border-line bg-pane px-1.5"
    >
      {status && (
        <>
          <Service workspace={workspace} status={status} now={now} reason={reason} />
          <Calls status={status} now={now} />
          <Endpoint status={status} sample={workspace.sample} />
          <Cache workspace={workspace.id} hours={workspace.cache_hours} status={status} filters={filters} />
        </>
      )}
      {!status && failed && (
        <p role="status" className="truncate px-1.5 text-sm text-stop" title={failed}>
          {failed}
        </p>
      )}
      <div className="order-last ml-auto flex min-w-0 shrink-0 items-center gap-1">
        <PageButton name={words.status.activity} hint={words.status.activityHint} onClick={() => openPage("activity")}>
          <History size={13} aria-hidden />
        </PageButton>
        <PageButton name={words.status.ledger} hint={words.status.ledgerHint} onClick={() => openPage("ledger")}>
          <Coins size={13} aria-hidden />
        </PageButton>
        <JobsButton workspace={workspace.id} />
        <PageButton name={words.status.guide} hint={keyOf("guide")} onClick={() => openPage("guide")}>
          <CircleQuestionMark size={13} aria-hidden />
        </PageButton>
        <PageButton name={words.status.settings} hint={keyOf("settings")} onClick={() => openPage("settings")}>
          <SettingsIcon size={13} aria-hidden />
        </PageButton>
      </div>
    </footer>
  );
});

interface PageButtonProps {
  name: string;
  /** Its key, or what is there. */
  hint: string;
  onClick: () => void;
  children: ReactNode;
}

function PageButton({ name, hint, onClick, children }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={words.status.hinted(name, hint)}
      onClick={onClick}
      className="flex h-6 items-center gap-1.5 rounded-md px-1.5 text-sm text-ink-2 hover:bg-hover hover:text-ink"
    >
      {children}
      <span className="max-xl:hidden">{name}</span>
    </button>
  );
}

interface PartProps {
  status: Status;
  now: number;
}

function Service({ workspace, status, now, reason }: PartProps & Pick<StatusBarProps, "workspace" | "reason">) {
  const { breaker, gate, answered } = status;
  const keyless = status.key.state === "missing";
  const { text, tone } = serviceWords({ breaker, gate, sample: workspace.sample, keyless, answered, reason }, now);
  return (
    <Explain
      testId="status-service"
      title={words.service.title}
      mark={<Dot tone={tone} />}
      words={text}
      shrink={shrinks.service}
    >
      <p>{workspace.sample ? words.service.sampleAbout : words.service.about}</p>
      <p>
        {words.service.pausesAbout}
        {breaker.reason ? ` ${breaker.reason}` : ""}
      </p>
      {!workspace.sample && <p>{keyWords(status.key)}</p>}
    </Explain>
  );
}

function Calls({ status, now }: PartProps) {
  return (
    <Explain
      testId="status-calls"
      title={words.calls.title}
      words={callsWords(status.limiter, now)}
      shrink={shrinks.calls}
      width="w-[27rem]"
    >
      <p>{words.calls.about(status.limiter.limit)}</p>
      <ApolloLimits windows={status.limiter.apollo} now={now} />
    </Explain>
  );
}

function Endpoint({ status, sample }: { status: Status; sample: boolean }) {
  const { in_use, because } = status.endpoint;
  const { fullAbout, fullSampleAbout, freeAbout } = words.endpoint;
  return (
    <Explain
      testId="status-endpoint"
      title={words.endpoint.title}
      words={endpointWords(in_use)}
      shrink={shrinks.endpoint}
    >
      <p>{(in_use !== "mixed_people/search" ? freeAbout : sample ? fullSampleAbout : fullAbout)(in_use)}</p>
      {because && <p>{because}</p>}
    </Explain>
  );
}

interface CacheProps {
  workspace: TenantId;
  /** How long an answer is fresh. */
  hours: number;
  status: Status;
  filters: FiltersInput | null;
}

function Cache({ workspace, hours, status, filters }: CacheProps) {
  return (
    <Explain testId="status-cache" title={words.cache.title} words={cacheWords(status.cache)} shrink={shrinks.cache}>
      <p>{words.cache.about(hours)}</p>
      {status.cache.entries > 0 && <ForgetRows workspace={workspace} price={status.price} filters={filters} />}
    </Explain>
  );
}
