// “May have been charged”: a paid request that got no answer waits here for the user's word, above the people; all of them are listed in
// the ledger.
import { CircleAlert } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { TenantId, Undecided } from "../backend/types";
import { Button } from "../shared/Button";
import { Filled } from "../shared/Filled";
import { useNow } from "../shared/useNow";
import { focusIfLost, mainPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";
import { isAnswered, undecidedWords } from "./enrichWords";
import { type Outcome, useUndecided, useUndecidedWords } from "./useUndecided";

const words = texts.enrich.undecided;

const notice = "undecided-notice";

export function UndecidedNotice({ workspace, onMore }: { workspace: TenantId; onMore: () => void }) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [closed, setClosed] = useState(0);
  // A page of a search keeps nobody from being asked for: it stands in the ledger alone.
  const waiting = (useUndecided(workspace).data ?? []).filter(
    ({ accepted, charged, page }) => !accepted && charged === null && !page,
  );
  const [first] = waiting;
  function close() {
    setOutcome(null);
    setClosed(closed + 1);
    // The next that waits, if there is one: its buttons come next.
    focusIfLost(() => document.getElementById(notice) ?? mainPlace());
  }
  if (outcome?.settles) {
    const others = waiting.filter(({ number }) => number !== outcome.of).length;
    return (
      <Told outcome={outcome} onClose={close}>
        <MoreButton count={others} onMore={onMore} />
      </Told>
    );
  }
  if (!first) return null;
  return (
    <Bar>
      <p className="min-w-[min(100%,26rem)] flex-1 wrap-anywhere">
        {isAnswered(first) ? (
          <span className="font-medium">{words.priceNotTold}</span>
        ) : (
          <Filled text={words.noAnswer} parts={{ what: <span className="font-medium">{words.noAnswerWhat}</span> }} />
        )}{" "}
        <UndecidedText one={first} />
        {/* Empty it is there, too: what comes into it is heard. */}
        <span role="status" className="block" dir="auto">
          {outcome?.of === first.number && (
            <>
              <span className="font-medium">{outcome.title}.</span> {outcome.detail}
            </>
          )}
        </span>
      </p>
      <UndecidedButtons workspace={workspace} one={first} cameUnderHand={closed > 0} onOutcome={setOutcome} />
      <MoreButton count={waiting.length - 1} onMore={onMore} />
    </Bar>
  );
}

/** To the ledger, where all of them are. */
function MoreButton({ count, onMore }: { count: number; onMore: () => void }) {
  if (count < 1) return null;
  return (
    <Button id="more-undecided" className="h-6 text-sm" onClick={onMore}>
      {words.more(count)}
    </Button>
  );
}

/** What came of a word stands where it was said until it was read: neither the page nor the next call moves under the pointer. Its text
 * has the focus, so that an Enter too many closes nothing. */
function Told({ outcome, onClose, children }: { outcome: Outcome; onClose: () => void; children: ReactNode }) {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <Bar>
      <p
        ref={text}
        tabIndex={-1}
        role="status"
        className="min-w-[min(100%,26rem)] flex-1 wrap-anywhere outline-none"
        dir="auto"
      >
        <span className="font-medium">{outcome.title}.</span> {outcome.detail}
      </p>
      <Button className="h-6 text-sm" onClick={onClose}>
        {words.close}
      </Button>
      {children}
    </Bar>
  );
}

function Bar({ children }: { children: ReactNode }) {
  return (
    <section
      id={notice}
      tabIndex={-1}
      aria-label={words.title}
      data-testid="undecided-notice"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-caution-soft px-3 py-1.5"
    >
      <CircleAlert size={14} aria-hidden className="shrink-0 text-caution" />
      {children}
    </section>
  );
}

export function UndecidedText({ one }: { one: Undecided }) {
  const now = useNow();
  return <span dir="auto">{undecidedWords(one, now)}</span>;
}

interface UndecidedButtonsProps {
  workspace: TenantId;
  one: Undecided;
  /** Whether something else was pressed in their place just now. */
  cameUnderHand?: boolean;
  onOutcome: (outcome: Outcome) => void;
}

export function UndecidedButtons({ workspace, one, cameUnderHand = false, onOutcome }: UndecidedButtonsProps) {
  const say = useUndecidedWords(workspace, onOutcome);
  const off = useHasMoved(workspace, one, cameUnderHand) || say.busy;
  const each = { className: "h-6 text-sm", off, onKeyDown: onceWhileHeld };
  return (
    <span className="flex shrink-0 gap-1.5">
      {one.charged === null && (
        <Button {...each} title={words.lookUpHint} onClick={() => say.lookUp(one)}>
          {words.lookUp}
        </Button>
      )}
      {one.charged === null && !one.accepted && (
        <Button {...each} title={words.acceptHint} onClick={() => say.accept(one)}>
          {words.accept}
        </Button>
      )}
      {one.again_at_most !== null && (
        <Button {...each} title={words.askAgainHint} onClick={() => say.retry(one)}>
          {words.askAgain(one.again_at_most)}
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
function useHasMoved(workspace: TenantId, one: Undecided, cameUnderHand: boolean): boolean {
  const listed = (useUndecided(workspace).data ?? []).map(({ number }) => number);
  const place = JSON.stringify([one.number, listed]);
  const [rests, setRests] = useState(cameUnderHand ? "" : place);
  useEffect(() => {
    const resting = setTimeout(() => setRests(place), secondPress);
    return () => clearTimeout(resting);
  }, [place]);
  return rests !== place;
}
