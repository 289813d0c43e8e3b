// The present moment for sentences such as "3 h ago": drawn anew twice a minute, so that an age on the screen is never long out of
// date, and at the one moment at which something on the screen changes.
import { useEffect, useReducer } from "react";

const everyMs = 30_000;

/** `change`: a moment to come at which what is shown is no longer true, such as the one when a button may be pressed again. */
export function useNow(change?: string | null): number {
  const [, tick] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, everyMs);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    const left = change ? Date.parse(change) - Date.now() : Number.NaN;
    // What is further away than that is met by the timer above.
    if (!(left > 0 && left <= 2 * everyMs)) return;
    const timer = setTimeout(tick, left + 20);
    return () => clearTimeout(timer);
  });
  return Date.now();
}
