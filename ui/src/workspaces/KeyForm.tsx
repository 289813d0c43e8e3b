// Sets, replaces, checks and removes a key. What is typed is read once, the field is cleared at once, and no state keeps it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { reasonOf, toFailure } from "../backend/failure";
import type { Status, Workspace } from "../backend/types";
import { reasonSentence } from "../search/reasonWords";
import { Button } from "../shared/Button";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { hasKey, keyWords } from "./keyWords";
import { useSlow } from "./useSlow";
import { workspacesKey } from "./useWorkspaces";

const words = texts.workspaces.key;

/** What stands in the field for the key, to whoever saves the rest of the dialog. */
export interface TypedKey {
  /** Stores it; answers whether that worked. */
  store: () => Promise<boolean>;
}

interface KeyFormProps {
  ref: Ref<TypedKey>;
  workspace: Workspace;
  status: Status;
  /** Whether something stands in the field: all that is known of it outside. */
  typed: boolean;
  onTyped: (typed: boolean) => void;
}

export function KeyForm({ ref, workspace, status, typed, onTyped }: KeyFormProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [removing, setRemoving] = useState(false);
  const [failure, setFailure] = useState("");
  // Where there was no keyring for the last key there is none for the next, until somebody says otherwise.
  const [thisRun, setThisRun] = useState(status.key.state === "this_run_only");
  const [sending, setSending] = useState(false);
  const asked = useQuery({
    queryKey: ["workspace", workspace.id, "key"],
    queryFn: () => backend.keyStatus(workspace.id),
    staleTime: 0,
    gcTime: 0,
  });
  // Until the keyring answers, what was stored once is told.
  const key = asked.data ?? status.key;
  const waiting = useSlow(asked.isFetching || sending);
  const again = async () => {
    // Another key may see other rows and another endpoint: what was shown is looked up anew.
    await client.invalidateQueries({ queryKey: ["workspace", workspace.id] });
    await client.invalidateQueries({ queryKey: workspacesKey });
  };
  const check = useMutation({ mutationFn: () => backend.keyCheck(workspace.id), onSettled: again });
  const clear = useMutation({
    mutationFn: () => backend.keyClear(workspace.id),
    onSuccess: () => {
      // What the key was found to be able to do went with it.
      check.reset();
      return again();
    },
    onError: (thrown) => setFailure(toFailure(thrown).message),
    onSettled: () => {
      setRemoving(false);
      field.current?.focus();
    },
  });
  async function set(): Promise<boolean> {
    const input = field.current;
    if (input === null || sending) return false;
    const sent = thisRun
      ? backend.keyUseForThisRun(workspace.id, input.value)
      : backend.keySet(workspace.id, input.value);
    input.value = "";
    onTyped(false);
    check.reset();
    setFailure("");
    setSending(true);
    try {
      await sent;
      await again();
      return true;
    } catch (thrown) {
      const failed = toFailure(thrown);
      // No keyring: the way out is this run's memory. The key is to be typed again, since nothing kept it.
      if (failed.code === "keyring") setThisRun(true);
      setFailure(failed.message);
      return false;
    } finally {
      setSending(false);
      input.focus();
    }
  }
  /** The keyring may be there by now: the next key goes to it again. */
  function askAgain() {
    setThisRun(false);
    setFailure("");
    void asked.refetch();
    field.current?.focus();
  }
  useImperativeHandle(ref, () => ({ store: set }));
  const stored = hasKey(key);
  // The newest word of the keyring is the one that counts: it stands under the field when a key could not be stored.
  const refused = failure !== "" && thisRun;
  const checked = check.error ? [reasonSentence(reasonOf(toFailure(check.error)), Date.now())] : check.data?.sentences;
  return (
    <section aria-label={words.title} className="flex flex-col gap-2">
      <p role="status">{waiting ? words.waiting : refused ? words.notStored : keyWords(key)}</p>
      {(key.state === "unavailable" || thisRun) && (
        <div>
          <Button off={asked.isFetching} onClick={askAgain}>
            {asked.isFetching ? words.asking : words.askAgain}
          </Button>
        </div>
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        <div className="min-w-0 flex-1">
          <label htmlFor="apollo-key" className="mb-1 block text-sm font-medium text-ink-2">
            {thisRun ? words.labelThisRun : stored ? words.labelReplace : words.label}
          </label>
          <input
            ref={field}
            id="apollo-key"
            type="password"
            autoComplete="off"
            spellCheck={false}
            aria-invalid={failure ? true : undefined}
            aria-describedby={failure ? "apollo-key-error" : "apollo-key-hint"}
            onChange={({ target }) => {
              onTyped(target.value.trim() !== "");
              if (!thisRun) setFailure("");
            }}
            className="h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-ink aria-invalid:border-stop"
          />
        </div>
        <Button type="submit" kind={stored && !typed ? "plain" : "primary"} className="h-8" off={sending}>
          {sending ? words.storing : thisRun ? words.useForThisRun : stored ? words.replace : words.store}
        </Button>
      </form>
      {failure ? (
        <p id="apollo-key-error" role="alert" className="text-sm text-stop">
          {failure}
          {thisRun && ` ${words.orThisRun}`}
        </p>
      ) : (
        <p id="apollo-key-hint" className="text-sm text-ink-3">
          {words.whereFrom} {thisRun ? words.whereToThisRun : words.whereTo}
        </p>
      )}
      {(stored || key.state === "environment" || key.state === "unavailable") && (
        <div className="flex flex-wrap items-center gap-2">
          <Button off={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? words.checking : words.check}
          </Button>
          {key.state !== "environment" && !removing && (
            <Button kind="quiet" onClick={() => setRemoving(true)}>
              {words.remove}
            </Button>
          )}
          {removing && (
            <span className="flex items-center gap-2">
              <Button kind="danger" autoFocus off={clear.isPending} onClick={() => clear.mutate()}>
                {words.removeNow}
              </Button>
              <Button
                kind="quiet"
                onClick={() => {
                  setRemoving(false);
                  field.current?.focus();
                }}
              >
                {words.keep}
              </Button>
            </span>
          )}
        </div>
      )}
      {checked && (
        <ul aria-live="polite" className="list-disc pl-5 text-ink-2">
          {checked.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
