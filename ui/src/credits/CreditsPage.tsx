// The ledger of credits: each call, what it cost, when and for what, what may have been paid, how that stands to Apollo's own count, and the caps.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { TenantId, Usage, UsageEntry, UsageListed, Workspace } from "../backend/types";
import { UndecidedButtons, UndecidedText } from "../enrich/UndecidedNotice";
import { type Outcome, useUndecided } from "../enrich/useUndecided";
import { Button } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { isModalOpen } from "../shared/Modal";
import { amount, number } from "../shared/number";
import { Page, Part, pageHeading, Row } from "../shared/Page";
import { ago, clockSince } from "../shared/time";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { useNow } from "../shared/useNow";
import { useBackend } from "../shell/backend-context";
import { lostCalls, takeWanted } from "../shell/pages";
import { texts } from "../texts/texts";
import { CapsForm } from "./CapsForm";
import { CreditsChart } from "./CreditsChart";
import { againstWords, daysOf, foundWords, insteadWords, monthsOf, purposeWords, sumWords } from "./creditsWords";

const words = texts.credits;

/** Lines of the ledger that are shown at first. */
const shownAtFirst = 50;

interface CreditsPageProps {
  workspace: Workspace;
  onAccount: () => void;
  onClose: () => void;
}

export function CreditsPage({ workspace, onAccount, onClose }: CreditsPageProps) {
  const backend = useBackend();
  const [listed, setListed] = useState<UsageListed>({ newest: shownAtFirst, paid: false });
  const usage = useQuery({
    queryKey: ["workspace", workspace.id, "credits", "usage", listed],
    queryFn: () => backend.usage(workspace.id, listed),
    refetchInterval: 5_000,
    placeholderData: (before) => before,
  });
  return (
    <Page title={words.title} workspaceName={workspace.name} onClose={onClose}>
      {workspace.sample && <p className="text-ink-2">{words.sample}</p>}
      {usage.error && (
        <p role="alert" className="text-stop">
          {usage.error.message}
        </p>
      )}
      {usage.data && (
        <>
          <Sums usage={usage.data} workspace={workspace.id} onAccount={onAccount} />
          <Waiting workspace={workspace.id} />
          <Part title={words.caps.title} about={words.caps.about}>
            <CapsForm workspace={workspace} />
          </Part>
          <Ledger usage={usage.data} workspace={workspace.id} listed={listed} onList={setListed} />
        </>
      )}
    </Page>
  );
}

function Sums({ usage, workspace, onAccount }: { usage: Usage; workspace: TenantId; onAccount: () => void }) {
  const now = useNow();
  const [by, setBy] = useState<"day" | "month">("day");
  const today = new Date(now);
  const spans = by === "day" ? daysOf(usage.days, 30, today) : monthsOf(usage.months, 12, today);
  const { used, chart } = words;
  return (
    <Part title={used.title} about={<span data-testid="credits-sum">{sumWords(usage)}</span>}>
      <div className="flex gap-1.5">
        <Button className="h-6 text-sm" aria-pressed={by === "day"} onClick={() => setBy("day")}>
          {used.days}
        </Button>
        <Button className="h-6 text-sm" aria-pressed={by === "month"} onClick={() => setBy("month")}>
          {used.months}
        </Button>
      </div>
      <CreditsChart spans={spans} name={by === "day" ? chart.lastDays : chart.lastMonths} />
      <AgainstApollo usage={usage} workspace={workspace} now={now} />
      <Row name={used.account} about={used.accountAbout}>
        <Button onClick={onAccount}>{used.openAccount}</Button>
      </Row>
    </Part>
  );
}

function AgainstApollo({ usage, workspace, now }: { usage: Usage; workspace: TenantId; now: number }) {
  const backend = useBackend();
  const client = useQueryClient();
  const attempt = useAttempt();
  const [asking, setAsking] = useState(false);
  const { apollo } = usage;
  const { against } = words;
  async function ask() {
    setAsking(true);
    await attempt(against.failed, () => backend.usageAsk(workspace));
    setAsking(false);
    await client.invalidateQueries({ queryKey: ["workspace", workspace, "credits"] });
    await client.invalidateQueries({ queryKey: ["workspace", workspace, "status"] });
  }
  useCommand("compare", () => void ask(), asking);
  const left = apollo?.latest.left;
  return (
    <Row
      name={left == null ? against.name : against.nameWithLeft(left, ago(apollo?.latest.told_at ?? "", now))}
      about={apollo ? againstWords(apollo, now) : against.notAsked}
    >
      <Button off={asking} onClick={() => void ask()}>
        {asking ? against.asking : against.ask}
      </Button>
    </Row>
  );
}

function Waiting({ workspace }: { workspace: TenantId }) {
  const list = useRef<HTMLUListElement>(null);
  const undecided = useUndecided(workspace).data ?? [];
  const [said, setSaid] = useState(false);
  // What was pressed may be gone with what it was about, after any drawing: the list has the focus then, where an Enter too many pays for
  // nothing.
  useEffect(() => {
    if (said && document.activeElement === document.body && !isModalOpen()) (list.current ?? pageHeading())?.focus();
  });
  const there = undecided.length > 0;
  // Who came for them is with them.
  useEffect(() => {
    if (there) takeWanted()?.focus();
  }, [there]);
  function tellOf(outcome: Outcome) {
    setSaid(true);
    tell(outcome);
  }
  if (undecided.length === 0) return null;
  return (
    <Part title={words.waiting.title} about={words.waiting.about}>
      <ul
        id={lostCalls}
        ref={list}
        tabIndex={-1}
        onBlur={() => setSaid(false)}
        // Room for the line around it when it has the focus, so that it does not run through the text.
        className="-m-2 flex flex-col gap-2 rounded-md p-2"
      >
        {undecided.map((one) => (
          <li key={one.number} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="min-w-48 flex-1 wrap-anywhere">
              <UndecidedText one={one} />
              {one.accepted && <span className="text-ink-3"> · {words.waiting.accepted}</span>}
            </span>
            <UndecidedButtons workspace={workspace} one={one} onOutcome={tellOf} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

interface LedgerProps {
  usage: Usage;
  workspace: TenantId;
  listed: UsageListed;
  onList: (listed: UsageListed) => void;
}

function Ledger({ usage, workspace, listed, onList }: LedgerProps) {
  const backend = useBackend();
  const attempt = useAttempt();
  const { entries, calls, free_calls } = usage;
  const { ledger } = words;
  const there = listed.paid ? calls - free_calls : calls;
  async function save() {
    const path = await attempt(ledger.notExported, () => backend.usageExport(workspace));
    if (!path) return;
    tell({
      title: ledger.exported,
      detail: path,
      action: {
        label: ledger.showInFolder,
        run: () => void attempt(ledger.notShown, () => backend.savedFileShow(path)),
      },
    });
  }
  return (
    <Part title={ledger.title} about={calls === 0 ? ledger.none : ledger.about}>
      {calls > 0 && (
        <>
          <div className="flex flex-wrap gap-1.5">
            <Button
              className="h-6 text-sm"
              aria-pressed={!listed.paid}
              onClick={() => onList({ newest: shownAtFirst, paid: false })}
            >
              {ledger.all}
            </Button>
            <Button
              className="h-6 text-sm"
              aria-pressed={listed.paid}
              onClick={() => onList({ newest: shownAtFirst, paid: true })}
            >
              {ledger.paid}
            </Button>
            <Button className="ml-auto h-6 text-sm" onClick={() => void save()}>
              {ledger.export}
            </Button>
          </div>
          <div className="overflow-x-auto">
            <table data-testid="ledger" className="w-full text-left tabular-nums">
              <thead className="text-sm text-ink-3">
                <tr className="border-b border-line">
                  <th className="py-1 pr-3 font-medium">{ledger.head.at}</th>
                  <th className="pr-3 font-medium">{ledger.head.purpose}</th>
                  <th className="pr-3 text-right font-medium whitespace-nowrap">{ledger.head.people}</th>
                  <th className="pr-3 text-right font-medium">{ledger.head.found}</th>
                  <th className="pr-3 font-medium">{ledger.head.state}</th>
                  <th className="text-right font-medium">{ledger.head.credits}</th>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry, place) => (
                  // A free call has no number; it stands where it stands.
                  <Line key={entry.number ?? `${entry.at} ${place}`} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
          {entries.length < there && (
            <Button className="self-start" onClick={() => onList({ ...listed, newest: null })}>
              {ledger.showAll(there)}
            </Button>
          )}
        </>
      )}
    </Part>
  );
}

function Line({ entry }: { entry: UsageEntry }) {
  const now = useNow();
  const { at, company, people, found, state, charged, unknown, mobiles, attempt } = entry;
  const { ledger } = words;
  const [purpose, instead] = [purposeWords(entry), insteadWords(entry)];
  return (
    <tr className="border-b border-line last:border-b-0">
      <td className="py-1 pr-3 whitespace-nowrap">{clockSince(at, now)}</td>
      <td
        className="w-full max-w-0 truncate pr-3"
        dir="auto"
        title={[purpose, company, instead, entry.endpoint].filter(Boolean).join(" · ")}
      >
        {purpose}
        {company && <span className="text-ink-3"> · {company}</span>}
        {mobiles && <span className="text-ink-3"> · {ledger.mobiles}</span>}
        {instead && <span className="text-ink-3"> · {instead}</span>}
        {attempt > 1 && <span className="text-ink-3"> · {ledger.again}</span>}
      </td>
      <td className="pr-3 text-right">{people > 0 && number(people)}</td>
      <td className="pr-3 text-right">{people > 0 && foundWords(found)}</td>
      <td className={`pr-3 whitespace-nowrap ${unknown > 0 ? "text-caution" : "text-ink-2"}`}>
        {ledger.states[state]}
      </td>
      <td className="text-right whitespace-nowrap">
        {unknown > 0 ? ledger.chargedBetween(charged, charged + unknown) : amount(charged)}
      </td>
    </tr>
  );
}
