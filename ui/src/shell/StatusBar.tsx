// The honesty of the product in one line: service, calls, endpoint, cache, exports; each opens a short explanation.
import { CircleQuestionMark, Coins, History, Settings as SettingsIcon } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { FiltersInput, Reason, Status, TenantId, Workspace } from "../backend/types";
import { JobsButton } from "../jobs/JobsButton";
import { Dot } from "../shared/Dot";
import { Explain } from "../shared/Explain";
import { number } from "../shared/number";
import { useNow } from "../shared/useNow";
import { plural } from "../shared/words";
import { keyWords } from "../workspaces/keyWords";
import { ApolloLimits } from "./ApolloLimits";
import { ForgetRows } from "./ForgetRows";
import { openPage } from "./pages";
import { cacheWords, callsWords, endpointWords, serviceWords } from "./statusWords";

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
      aria-label="Status"
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
        <PageButton name="What was done" hint="since the app was started" onClick={() => openPage("activity")}>
          <History size={13} aria-hidden />
        </PageButton>
        <PageButton name="Ledger" hint="credits paid, and the account" onClick={() => openPage("ledger")}>
          <Coins size={13} aria-hidden />
        </PageButton>
        <JobsButton workspace={workspace.id} />
        <PageButton name="How it works" hint="F1" onClick={() => openPage("guide")}>
          <CircleQuestionMark size={13} aria-hidden />
        </PageButton>
        <PageButton name="Settings" hint="Ctrl+," onClick={() => openPage("settings")}>
          <SettingsIcon size={13} aria-hidden />
        </PageButton>
      </div>
    </footer>
  );
});

interface PageButtonProps {
  name: string;
  /** Its key. */
  hint: string;
  onClick: () => void;
  children: ReactNode;
}

function PageButton({ name, hint, onClick, children }: PageButtonProps) {
  return (
    <button
      type="button"
      aria-label={name}
      title={`${name} (${hint})`}
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
    <Explain testId="status-service" title="Service" mark={<Dot tone={tone} />} words={text} shrink={shrinks.service}>
      <p>
        {workspace.sample
          ? "These people are made up. They come from a stand-in for Apollo inside the app, over a real connection on this computer; nothing leaves it."
          : "Searches go to Apollo, with this workspace's key."}
      </p>
      <p>
        When calls keep failing they are paused for a while, so that none are wasted; rows that were fetched before stay
        in sight.
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
      title="Calls"
      words={callsWords(status.limiter, now)}
      shrink={shrinks.calls}
      width="w-[27rem]"
    >
      <p>
        A call is one request to Apollo. This workspace may make {number(status.limiter.limit)} in any 60 minutes; the
        workspace menu sets the number. Each counts for an hour, whatever its answer. Rows from the cache take none.
      </p>
      <ApolloLimits windows={status.limiter.apollo} now={now} />
    </Explain>
  );
}

function Endpoint({ status, sample }: { status: Status; sample: boolean }) {
  const { in_use, because } = status.endpoint;
  return (
    <Explain
      testId="status-endpoint"
      title="Apollo's search in use"
      words={endpointWords(in_use)}
      shrink={shrinks.endpoint}
    >
      <p>
        {in_use === "mixed_people/search"
          ? `Full rows (${in_use}).${sample ? "" : " A page may cost up to 1 credit."}`
          : `Stubs that cost no credit (${in_use}): last names are shortened; places, seniorities, addresses and links are not told.`}
      </p>
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
    <Explain testId="status-cache" title="Cache" words={cacheWords(status.cache)} shrink={shrinks.cache}>
      <p>
        Each answer is kept on this computer. For {plural(hours, "hour")} the same question is answered from here at
        once and takes no call; after that it is shown as stale when Apollo cannot be asked.
      </p>
      {status.cache.entries > 0 && <ForgetRows workspace={workspace} price={status.price} filters={filters} />}
    </Explain>
  );
}
