// What a researcher should know once: what a call is, what a credit is, what is kept and where, what the law asks of whoever looks people
// up. It tells the numbers of the open workspace and spends nothing.

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Status, Workspace } from "../backend/types";
import { Filled } from "../shared/Filled";
import { keyName, keyOf } from "../shared/keys";
import { Page, Part } from "../shared/Page";
import { useBackend } from "../shell/backend-context";
import { cacheWords } from "../shell/statusWords";
import { texts } from "../texts/texts";

const words = texts.guide;
const { stored, keys } = words;

interface GuidePageProps {
  workspace: Workspace;
  status: Status | null;
  onClose: () => void;
}

export function GuidePage({ workspace, status, onClose }: GuidePageProps) {
  const backend = useBackend();
  const info = useQuery({ queryKey: ["app-info"], queryFn: () => backend.appInfo() });
  return (
    <Page title={words.title} workspaceName={workspace.name} onClose={onClose}>
      <Part title={words.call.title}>
        <p>{words.call.about(workspace.calls_per_hour, status?.limiter.remaining ?? null)}</p>
      </Part>
      <Part title={words.credit.title}>
        <p>{words.credit.about}</p>
      </Part>
      <Part title={words.enriching.title}>
        <p>{words.enriching.about}</p>
        <p>{words.enriching.lost}</p>
      </Part>
      <Part title={words.kept.title}>
        <p>
          {words.kept.about(workspace.cache_hours)}
          {status && ` ${words.kept.now(cacheWords(status.cache))}`}
        </p>
      </Part>
      <Part title={stored.title}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-2 max-md:grid-cols-1">
          <Place name={stored.keys}>{stored.keysPlace}</Place>
          <Place name={stored.people}>
            <Filled
              text={stored.peoplePlace}
              parts={{ folder: <span className="wrap-anywhere select-text">{info.data?.data_dir}</span> }}
            />
          </Place>
          <Place name={stored.files}>{stored.filesPlace}</Place>
          <Place name={stored.elsewhere}>{stored.elsewherePlace}</Place>
        </dl>
      </Part>
      <Part title={words.realPeople.title}>
        <p>{words.realPeople.about}</p>
      </Part>
      <Part title={keys.title}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
          <Keys keys={keyOf("search")}>{keys.searchDoes}</Keys>
          <Keys keys={keys.table}>{keys.tableDoes}</Keys>
          <Keys keys={keys.person}>{keys.personDoes}</Keys>
          <Keys keys={keys.leave}>{keys.leaveDoes}</Keys>
          <Keys keys={keyOf("settings")}>{keys.settingsDoes}</Keys>
          <Keys keys={keyOf("guide")}>{keys.guideDoes}</Keys>
          <Keys keys={keys.size(keyName("Mod"))}>{keys.sizeDoes}</Keys>
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
