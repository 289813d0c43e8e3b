// Where the key of a workspace stands, in words. The key itself never comes back to the window: at most its last four characters.
import type { EndpointSetting, KeyStatus } from "../backend/types";

export function keyWords(key: KeyStatus): string {
  switch (key.state) {
    case "not_needed":
      return "The sample workspace needs no key.";
    case "environment":
      return "The key of FORAY_APOLLO_KEY is used for this run; it is stored nowhere.";
    case "stored":
      return key.hint
        ? `Stored in this computer's keyring, ends in …${key.hint}.`
        : "Stored in this computer's keyring.";
    case "this_run_only":
      return `Kept in memory for this run only${key.hint ? `, ends in …${key.hint}` : ""}: there is no keyring to store it in.`;
    case "missing":
      return "No key yet.";
    case "unavailable":
      return `The keyring cannot be reached: ${key.why} ${key.advice}`;
  }
}

export function hasKey(key: KeyStatus): boolean {
  return key.state === "stored" || key.state === "this_run_only";
}

const endpoints: Record<EndpointSetting, string> = { auto: "automatic", full: "full", free: "free" };

export function endpointName(endpoint: EndpointSetting): string {
  return endpoints[endpoint];
}
