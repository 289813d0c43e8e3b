// Where the key of a workspace stands, in words. The key itself never comes back to the window: at most its last four characters.
import type { EndpointSetting, KeyStatus } from "../backend/types";
import { texts } from "../texts/texts";

const words = texts.workspaces.keyState;

export function keyWords(key: KeyStatus): string {
  switch (key.state) {
    case "not_needed":
      return words.notNeeded;
    case "environment":
      return words.environment;
    case "stored":
      return key.hint ? words.storedHint(key.hint) : words.stored;
    case "this_run_only":
      return key.hint ? words.thisRunOnlyHint(key.hint) : words.thisRunOnly;
    case "missing":
      return words.missing;
    case "unavailable":
      return words.unavailable(key.why, key.advice);
  }
}

export function hasKey(key: KeyStatus): boolean {
  return key.state === "stored" || key.state === "this_run_only";
}

export function endpointName(endpoint: EndpointSetting): string {
  return texts.workspaces.settings.endpoints[endpoint];
}
