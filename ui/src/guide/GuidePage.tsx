// What a researcher should know once: what a call is, what a credit is, what is kept and where, what the law asks of whoever looks people
// up. It tells the numbers of the open workspace and spends nothing.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Status, Workspace } from "../backend/types";
import { number } from "../shared/number";
import { Page, Part } from "../shared/Page";
import { plural } from "../shared/words";
import { useBackend } from "../shell/backend-context";
import { cacheWords } from "../shell/statusWords";

interface GuidePageProps {
  workspace: Workspace;
  status: Status | null;
  onClose: () => void;
}

export function GuidePage({ workspace, status, onClose }: GuidePageProps) {
  const backend = useBackend();
  const info = useQuery({ queryKey: ["app-info"], queryFn: () => backend.appInfo() });
  return (
    <Page title="Calls, credits and your data" workspaceName={workspace.name} onClose={onClose}>
      <Part title="A call is a unit of rate">
        <p>
          Each request to Apollo is one call, whatever its answer. This workspace may make{" "}
          {number(workspace.calls_per_hour)} in any 60 minutes
          {status && `; ${number(status.limiter.remaining)} are left at the moment`}. A call comes back one hour after
          it was made. The price stands on each button before you press it.
        </p>
      </Part>
      <Part title="A credit is a unit of money">
        <p>
          Credits are Apollo's. The free search costs none and shows first names, titles and companies. The full search
          may cost up to 1 credit a page, where the account may use it at all. Nothing that costs a credit happens
          without a button that says so.
        </p>
      </Part>
      <Part title="Enriching pays for what is missing">
        <p>
          Select people, or open one, and press Enrich: Apollo is asked for e-mail addresses and whole names, for mobile
          numbers where you tick them, or for their companies. Before anything is paid you see who is known already, who
          is left and what that may cost at most; whoever is known costs nothing, and nobody is paid for twice. Caps for
          a job, a day, a month or in all stand in the ledger of credits, next to each call that was made.
        </p>
        <p>
          A paid call whose answer got lost may have been charged. It is never made again by itself but waits for your
          word: look it up in Apollo's own count, accept that it stays unknown, or ask again and pay once more.
        </p>
      </Part>
      <Part title="Kept rows cost nothing">
        <p>
          Answers are kept on this computer: for {plural(workspace.cache_hours, "hour")} the same question is answered
          from here and takes no call. After that they are shown as stale when Apollo cannot be asked. The line above
          the rows always says where they came from.{status && ` Right now: ${cacheWords(status.cache)}.`}
        </p>
      </Part>
      <Part title="What is stored where">
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2 max-md:grid-cols-1">
          <Place name="API keys">
            In the keyring of this computer, one for each workspace. This window can set, replace and remove a key,
            never read it.
          </Place>
          <Place name="People, personas, kept rows">
            In one folder for each workspace, in files that no other workspace can see:{" "}
            <span className="wrap-anywhere select-text">{info.data?.data_dir}</span>
          </Place>
          <Place name="Exports and backups">Where you save them; they are yours and stay when a workspace goes.</Place>
          <Place name="Anywhere else">
            Nothing. Foray talks to Apollo and to nobody else, and sends no statistics.
          </Place>
        </dl>
      </Part>
      <Part title="Other people's data">
        <p>
          Whom you find are real people, and the law (in Europe the GDPR) holds for you as soon as you keep their data:
          have a reason that outweighs their wish to be left alone, tell them where you got their data when you first
          write, and stop when they object. Keep no longer than you need: a workspace is removed with everything in it.
        </p>
      </Part>
      <Part title="Keys">
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
          <Keys keys="Ctrl+Enter">Search, or refresh what is shown</Keys>
          <Keys keys="Arrows, Enter">Move in the table, open the person</Keys>
          <Keys keys="J and K">Next and previous person</Keys>
          <Keys keys="Escape">Leave a panel or a page</Keys>
          <Keys keys="Ctrl+,">Settings</Keys>
          <Keys keys="F1">This page</Keys>
          <Keys keys="Ctrl with + and −">Everything larger or smaller</Keys>
        </dl>
      </Part>
    </Page>
  );
}

function Place({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Keys({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt>
        <kbd className="rounded-sm border border-line bg-pane px-1 font-sans text-sm">{keys}</kbd>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
