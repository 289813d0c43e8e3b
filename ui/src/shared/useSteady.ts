// The same thing for good, so that who is given it is not drawn anew for it.
import { useCallback, useRef } from "react";

/** The same function, that does what the one of the last drawing does. */
export function useSteady<Given extends unknown[], Got>(does: (...given: Given) => Got): (...given: Given) => Got {
  const latest = useRef(does);
  latest.current = does;
  return useCallback((...given: Given) => latest.current(...given), []);
}

/** The same value for as long as it reads the same as JSON. */
export function useSame<Value>(value: Value): Value {
  const before = useRef(value);
  if (JSON.stringify(before.current) !== JSON.stringify(value)) before.current = value;
  return before.current;
}
