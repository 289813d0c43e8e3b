// The page of what was done in this workspace since the app was started, the newest first, and the way back of what can be undone.
import { useRef } from "react";
import type { Workspace } from "../backend/types";
import { Button } from "../shared/Button";
import { Page, Part } from "../shared/Page";
import { clockSince } from "../shared/time";
import { useNow } from "../shared/useNow";
import { pageNames } from "../shell/pages";
import { texts } from "../texts/texts";
import { type Deed, lastUndoable, undoBackTo, undoDeed, useDeeds } from "./deeds";

const words = texts.activity;

export function ActivityPage({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const deeds = useDeeds(workspace.id);
  const last = lastUndoable(deeds);
  return (
    <Page title={pageNames.activity} workspaceName={workspace.name} onClose={onClose}>
      <Part title={words.since} about={deeds.length === 0 ? words.nothing : words.about}>
        {deeds.length > 0 && (
          <ol aria-label={words.list} data-testid="deeds" className="flex flex-col">
            {deeds.map((deed) => (
              <Line key={deed.id} deed={deed} workspace={workspace.id} isLast={deed === last} />
            ))}
          </ol>
        )}
      </Part>
    </Page>
  );
}

interface LineProps {
  deed: Deed;
  workspace: string;
  /** The newest that can be undone: nothing else would be undone along with it. */
  isLast: boolean;
}

function Line({ deed, workspace, isLast }: LineProps) {
  const now = useNow();
  // It stays when it was pressed, and with it the focus.
  const own = useRef<HTMLButtonElement>(null);
  const { id, at, title, detail, undo, undone } = deed;
  return (
    <li className="flex items-start gap-3 border-b border-line py-1.5">
      <time dateTime={new Date(at).toISOString()} className="w-12 shrink-0 text-ink-3 tabular-nums">
        {clockSince(new Date(at).toISOString(), now)}
      </time>
      <div className="min-w-0 flex-1">
        <p className={`wrap-anywhere ${undone ? "text-ink-3 line-through" : ""}`} dir="auto">
          {title}
        </p>
        {detail && (
          <p className="text-sm wrap-anywhere text-ink-3" dir="auto">
            {detail}
          </p>
        )}
      </div>
      {(undo || undone) && (
        <span className="flex shrink-0 flex-wrap justify-end gap-1.5">
          {undo && !isLast && (
            <Button
              kind="quiet"
              className="h-6 text-sm"
              aria-label={words.undoBackTo(title)}
              onClick={() => {
                undoBackTo(workspace, id);
                // This button is gone then.
                own.current?.focus();
              }}
            >
              {words.undoBack}
            </Button>
          )}
          <Button
            ref={own}
            className="h-6 w-20 text-sm"
            aria-label={undone ? words.undoneOf(title) : words.undoOf(title)}
            off={undone}
            onClick={() => undoDeed(workspace, id)}
          >
            {undone ? words.undone : words.undo}
          </Button>
        </span>
      )}
    </li>
  );
}
