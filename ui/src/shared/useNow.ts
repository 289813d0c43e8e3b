// The present moment for sentences such as "3 h ago": drawn anew twice a minute, so that an age on the screen is never long out of date.
import { useEffect, useReducer } from "react";

export function useNow(): number {
  const [, tick] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const timer = setInterval(tick, 30_000);
    return () => clearInterval(timer);
  }, []);
  return Date.now();
}
