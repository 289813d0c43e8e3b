// “May have been charged”: a paid request that got no answer waits here for the user's word, above the people; all of them are listed in
// the ledger.
import { CircleAlert } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import type { TenantId, Undecided } from "../backend/types";
import { Button } from "../shared/Button";
import { useNow } from "../shared/useNow";
import { number } from "../shared/words";
import { credits, isAnswered, undecidedWords } from "./enrichWords";
import { useUndecided, useUndecidedWords } from "./useUndecided";

export function UndecidedNotice({ workspace, onMore }: { workspace: TenantId; onMore: () => void }) {
  // A page of a search keeps nobody from being asked for: it stands in the ledger alone.
  const waiting = (useUndecided(workspace).data ?? []).filter(
    ({ accepted, charged, page }) => !accepted && charged === null && !page,
  );
  const [first] = waiting;
  if (!first) return null;
  return (
    <section
      aria-label="Calls that may have been charged"
      data-testid="undecided-notice"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-caution-soft px-3 py-1.5"
    >
      <CircleAlert size={14} aria-hidden className="shrink-0 text-caution" />
      <p className="min-w-64 flex-1 wrap-anywhere">
        {isAnswered(first) ? (
          <span className="font-medium">Apollo did not tell the price of a paid call.</span>
        ) : (
          <>
            <span className="font-medium">A paid call got no answer</span> and is not made again by itself.
          </>
        )}{" "}
        <UndecidedText one={first} />
      </p>
      <UndecidedButtons workspace={workspace} one={first} />
      {waiting.length > 1 && (
        <Button className="h-6 text-sm" onClick={onMore}>
          {number(waiting.length - 1)} more…
        </Button>
      )}
    </section>
  );
}

export function UndecidedText({ one }: { one: Undecided }) {
  const now = useNow();
  return <span dir="auto">{undecidedWords(one, now)}</span>;
}

export function UndecidedButtons({ workspace, one }: { workspace: TenantId; one: Undecided }) {
  const words = useUndecidedWords(workspace);
  const off = useHasMoved(workspace, one) || words.busy;
  const each = { className: "h-6 text-sm", off, onKeyDown: onceWhileHeld };
  return (
    <span className="flex shrink-0 gap-1.5">
      {one.charged === null && (
        <Button {...each} title="Asks Apollo's own count" onClick={() => words.lookUp(one)}>
          Look up · ≤ 2 calls
        </Button>
      )}
      {one.charged === null && !one.accepted && (
        <Button {...each} onClick={() => words.accept(one)}>
          Accept
        </Button>
      )}
      {one.again_at_most !== null && (
        <Button {...each} onClick={() => words.retry(one)}>
          Ask again · ≤ {credits(one.again_at_most)}
        </Button>
      )}
    </span>
  );
}

/** A key that is held down says its word once. */
function onceWhileHeld(event: KeyboardEvent): void {
  if (event.repeat && event.key === "Enter") event.preventDefault();
}

/** So long, in ms, a second press of the same hand may take. */
const secondPress = 1_000;

/** True for a moment after others moved up to where something was decided: a second press was not meant for them, and each costs. */
function useHasMoved(workspace: TenantId, one: Undecided): boolean {
  const listed = (useUndecided(workspace).data ?? []).map(({ number }) => number);
  const place = JSON.stringify([one.number, listed]);
  const [rests, setRests] = useState(place);
  useEffect(() => {
    const resting = setTimeout(() => setRests(place), secondPress);
    return () => clearTimeout(resting);
  }, [place]);
  return rests !== place;
}
