// Decides an enrichment: of people or of their companies, who is left out at no cost, who is asked for, and what that may cost, which
// stands on the button. Whoever opens it says whom: a set of the store, or ids.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toFailure } from "../backend/failure";
import type {
  EnrichEstimate,
  EnrichInput,
  EnrichTerms,
  EnrichWhat,
  EnrichWhom,
  Status,
  Workspace,
} from "../backend/types";
import { RoomNotice } from "../credits/RoomNotice";
import { keepEnterFromPaying } from "../jobs/keepEnterFromPaying";
import { shortOfCalls } from "../jobs/priceWords";
import { openTray } from "../jobs/tray";
import { useJobOrders } from "../jobs/useJobs";
import { Button } from "../shared/Button";
import { Caution } from "../shared/Caution";
import { Choice } from "../shared/Choice";
import { Modal } from "../shared/Modal";
import { number } from "../shared/number";
import { TextField } from "../shared/TextField";
import { Tick } from "../shared/Tick";
import { useNow } from "../shared/useNow";
import { useSettled } from "../shared/useSettled";
import { whole, wrongNumber } from "../shared/wholeNumber";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { buttonWords, callsOf, nobodyWords, paidAgainWords, selectedWords } from "./enrichWords";

const words = texts.enrich;

interface EnrichDialogProps {
  onClose: () => void;
  workspace: Workspace;
  /** What is chosen at first. */
  what: EnrichWhat;
  /** What its job is called, and who is meant in words. */
  title: string;
  whom: EnrichWhom;
  status: Status | null;
}

export function EnrichDialog({ onClose, what, title, ...rest }: EnrichDialogProps) {
  return (
    <Modal
      onClose={onClose}
      title={words.title}
      // Wide enough for most sums and prices to take one line.
      width="w-[36rem]"
      about={<span dir="auto">“{title}”</span>}
      initialFocus="input[name=enrich-what]:checked"
      finalFocus={() => document.querySelector<HTMLElement>('[data-testid="enrich-button"]')}
    >
      <EnrichForm {...rest} first={what} title={title} onClose={onClose} />
    </Modal>
  );
}

/** A price may take more than a line. */
const long = "h-auto! min-h-7 max-w-full shrink! py-1 whitespace-normal!";

interface EnrichFormProps extends Omit<EnrichDialogProps, "what"> {
  first: EnrichWhat;
}

function EnrichForm({ workspace, first, title, whom, status, onClose }: EnrichFormProps) {
  const backend = useBackend();
  const now = useNow();
  const orders = useJobOrders(workspace.id);
  const [what, setWhat] = useState(first);
  const [terms, setTerms] = useState<EnrichTerms>({
    mobiles: false,
    personal_emails: false,
    not_found_again: false,
    in_full: false,
  });
  const [most, setMost] = useState("");
  const cap = whole(most) || null;
  const capWrong = wrongNumber(most);
  const ofPeople = what === "people";
  const input: EnrichInput = {
    what,
    whom,
    terms,
    max_credits: useSettled(cap),
    agreed: { calls: null, credits: 0 },
    people: null,
  };
  const asked = useQuery({
    queryKey: ["workspace", workspace.id, "people", "enrich estimate", JSON.stringify(input)],
    queryFn: () => backend.enrichEstimate(workspace.id, input),
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const estimate = asked.data ?? null;
  const isOfThis = !asked.isPlaceholderData && capWrong === "" && input.max_credits === cap;
  const ready = estimate !== null && isOfThis && estimate.to_enrich > 0 && !estimate.held;
  const warning = estimate && status ? shortOfCalls(words.shortOfCalls, callsOf(estimate), status.limiter, now) : "";
  const nobody = estimate !== null && (estimate.of_people ?? estimate.selected) > 0 && estimate.to_enrich === 0;
  return (
    <form
      className="flex flex-col tall:min-h-0"
      onKeyDown={keepEnterFromPaying}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        // No more than stands on the button.
        const agreed = { calls: null, credits: Math.ceil(estimate.payable) };
        orders.start(() => backend.enrichStart(workspace.id, title, { ...input, agreed, people: estimate.people }));
        openTray("now");
        onClose();
      }}
    >
      {/* No column of flex items: WebKit makes room for the legend of such a group twice until it is laid out again. */}
      <div className="-mx-4 flow-root space-y-4 px-4 pb-3 tall:min-h-24 tall:overflow-y-auto">
        <fieldset className="flex flex-col">
          <legend className="mb-1 text-sm font-medium text-ink-2">{words.whatToAskFor}</legend>
          <Choice name="enrich-what" checked={ofPeople} onChoose={() => setWhat("people")}>
            {words.people} <span className="text-ink-3">· {words.peopleHint}</span>
          </Choice>
          <Choice name="enrich-what" checked={!ofPeople} onChoose={() => setWhat("companies")}>
            {words.companies} <span className="text-ink-3">· {words.companiesHint}</span>
          </Choice>
        </fieldset>
        <p className="text-ink-2">{words.about[what]}</p>
        <fieldset className="flex flex-col">
          <legend className="mb-1 text-sm font-medium text-ink-2">{words.whatElse}</legend>
          {ofPeople && (
            <>
              <Tick checked={terms.mobiles} onChange={(mobiles) => setTerms({ ...terms, mobiles })}>
                {words.mobiles} <span className="text-ink-3">· {words.mobilesHint}</span>
              </Tick>
              <Tick
                checked={terms.personal_emails}
                onChange={(personal_emails) => setTerms({ ...terms, personal_emails })}
              >
                {words.privateAddresses} <span className="text-ink-3">· {words.privateAddressesHint}</span>
              </Tick>
            </>
          )}
          {!ofPeople && (
            <Tick checked={terms.in_full} onChange={(in_full) => setTerms({ ...terms, in_full })}>
              {words.inFull} <span className="text-ink-3">· {words.inFullHint}</span>
            </Tick>
          )}
          <Tick checked={terms.not_found_again} onChange={(not_found_again) => setTerms({ ...terms, not_found_again })}>
            {words.notFoundAgain}
          </Tick>
        </fieldset>
        <TextField
          label={words.most}
          hint={words.mostHint}
          className="w-64"
          inputMode="numeric"
          value={most}
          error={capWrong}
          onChange={(event) => setMost(event.target.value)}
        />
      </div>
      {/* What it comes to stays in sight, whole, while what is asked above it scrolls; where a window is too low for that, all of it
          scrolls, but for the price. */}
      <div
        data-testid="enrich-foot"
        className="-mx-4 flex shrink-0 flex-col gap-2 border-line px-4 tall:border-t tall:pt-3"
      >
        {estimate && <Counts {...estimate} whom={whom} />}
        {nobody && <p className="text-ink-2">{nobodyWords(estimate)}</p>}
        {asked.error && (
          <p role="alert" className="text-sm text-stop">
            {toFailure(asked.error).message}
          </p>
        )}
        {estimate && !nobody && <RoomNotice room={estimate} />}
        {estimate?.lost && !nobody && <Caution>{words.lostBefore(estimate.lost)}</Caution>}
        {warning && <Caution>{warning}</Caution>}
        <div
          data-testid="enrich-buttons"
          className="sticky -bottom-4 -mt-2 -mb-4 flex flex-wrap justify-end gap-2 bg-raised pt-2 pb-4"
        >
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit" kind="primary" off={!ready} data-testid="enrich-start" className={long}>
            {ready ? buttonWords(estimate) : words.start}
          </Button>
        </div>
      </div>
    </form>
  );
}

type CountsProps = EnrichEstimate & { whom: EnrichWhom };

/** Nobody was picked or let go: it is who the table shows. */
function isEverybodyShown(whom: EnrichWhom): boolean {
  if (whom.kind !== "selected") return false;
  const { kind, ids } = whom.selection.picked;
  return kind === "all_but" && ids.length === 0;
}

/** Who is selected, taken out and asked for, one below the other, and what that costs. */
function Counts({ whom, ...estimate }: CountsProps) {
  const { to_enrich, calls, free_calls, credits_at_most, mobiles_at_most } = estimate;
  const people = credits_at_most - mobiles_at_most;
  const { sums } = words;
  const paidAgain = paidAgainWords(estimate);
  return (
    <dl
      data-testid="enrich-counts"
      className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 rounded-md bg-pane px-3 py-2"
    >
      {selectedWords(estimate, isEverybodyShown(whom)).map(({ count, what }) => (
        <Count key={what} n={count}>
          {what}
        </Count>
      ))}
      {estimate.left_out.map(({ count, what, why }) => (
        <Count key={what} n={-count}>
          {what} <span className="text-ink-3">· {why}</span>
        </Count>
      ))}
      <Count n={to_enrich} strong>
        {to_enrich === 0
          ? sums.toEnrich
          : free_calls > 0
            ? sums.toEnrichInAndFree(calls, free_calls)
            : sums.toEnrichIn(calls)}
        {to_enrich > 0 && (
          <span className="font-normal text-ink-3">
            {" "}
            · {mobiles_at_most > 0 ? sums.atMostWithMobiles(people, mobiles_at_most) : sums.atMost(people)}
          </span>
        )}
      </Count>
      {paidAgain !== "" && (
        <>
          <dt />
          <dd className="text-ink-2">{paidAgain}</dd>
        </>
      )}
    </dl>
  );
}

function Count({ n, strong, children }: { n: number; strong?: boolean; children: React.ReactNode }) {
  const weight = strong ? "font-medium" : "";
  return (
    <>
      <dt className={`text-right tabular-nums ${weight}`}>{n < 0 ? `− ${number(-n)}` : number(n)}</dt>
      <dd className={weight}>{children}</dd>
    </>
  );
}
