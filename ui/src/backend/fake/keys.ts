// Pretended keys: what the keyring holds of a workspace, and what Apollo says of it.
import type { Backend } from "../backend";
import type { KeyStatus } from "../types";
import { badInput, failure, reasonFor } from "./answers";
import type { WorkspaceState } from "./state";
import type { World } from "./world";

export function keyCommands(world: World) {
  const { controls, of, keep, call } = world;
  function setKey(one: WorkspaceState, key: KeyStatus): KeyStatus {
    one.key = key;
    one.gate = null;
    one.answered = false;
    one.workspace.key_hint = key.state === "stored" ? key.hint : null;
    keep();
    return key;
  }

  return {
    async keyStatus(id) {
      const one = of(id);
      if (world.keyringLocked && one.key.state === "stored")
        return { state: "unavailable", why: "It is locked.", advice: "Unlock it in its own program and try again." };
      return one.key;
    },
    async keySet(id, key) {
      controls.keysSet += 1;
      const plain = key.trim();
      if (plain === "") throw badInput([{ field: "key", message: "Paste the key from Apollo's settings." }]);
      if (plain.startsWith("nokeyring"))
        throw failure("keyring", "There is no keyring to store the key in. Install gnome-keyring or KWallet.", {
          why: "no keyring",
          advice: "Install gnome-keyring or KWallet.",
        });
      const one = of(id);
      one.closedFull = plain.startsWith("free");
      return setKey(one, { state: "stored", hint: plain.length >= 16 ? plain.slice(-4) : null });
    },
    keyUseForThisRun: async (id, key) =>
      setKey(of(id), { state: "this_run_only", hint: key.trim().length >= 16 ? key.trim().slice(-4) : null }),
    keyClear: async (id) => setKey(of(id), { state: "missing" }),
    async keyCheck(id) {
      await call();
      of(id).calls.push(Date.now());
      of(id).gate = controls.trouble === "key_rejected" ? reasonFor(controls.trouble, Date.now(), 0) : null;
      of(id).answered = true;
      keep();
      const checked_at = new Date().toISOString();
      return controls.trouble === "key_rejected"
        ? {
            checked_at,
            code: "key_rejected",
            valid: false,
            may_search: null,
            credits_left: null,
            calls_spent: 1,
            sentences: ["Apollo does not accept this key. Copy it again from Apollo's settings."],
          }
        : {
            checked_at,
            code: null,
            valid: true,
            may_search: true,
            credits_left: 1204,
            calls_spent: 1,
            sentences: ["Apollo accepts this key.", "It may search.", "1,204 credits are left on the account."],
          };
    },
  } satisfies Partial<Backend>;
}
