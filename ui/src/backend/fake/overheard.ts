// All that crosses between the window and the fake, kept as text in `window.__crossed`: a test that looks for texts which stand in no
// catalogue knows by it which ones came from outside.
import type { Backend } from "../backend";

declare global {
  interface Window {
    __crossed?: string[];
  }
}

/** The same backend, overheard: each answer, each failure and what was asked for. */
export function overheard(backend: Backend): Backend {
  const crossed: string[] = [];
  window.__crossed = crossed;
  const keep = (of: unknown) => crossed.push(JSON.stringify(of) ?? "");
  const heard = (ask: (...of: unknown[]) => unknown, ...of: unknown[]) => {
    if (of.some((one) => typeof one === "function")) return ask(...of.map((one) => hearing(one, keep)));
    keep(of);
    return Promise.resolve(ask(...of)).then(
      (answer) => {
        keep(answer);
        return answer;
      },
      (failure) => {
        keep(failure);
        throw failure;
      },
    );
  };
  return Object.fromEntries(
    Object.entries(backend).map(([name, ask]) => [name, (...of: unknown[]) => heard(ask, ...of)]),
  ) as unknown as Backend;
}

/** What listens is told the same, once it was kept. */
function hearing(one: unknown, keep: (of: unknown) => void): unknown {
  if (typeof one !== "function") return one;
  return (...told: unknown[]) => {
    keep(told);
    one(...told);
  };
}
