// Whether something has taken long enough to be worth a word: an answer that comes at once needs none.
import { useEffect, useState } from "react";

const slowMs = 2_000;

export function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!busy) return;
    const timer = setTimeout(() => setSlow(true), slowMs);
    return () => clearTimeout(timer);
  }, [busy]);
  return slow;
}
