// What to know before something is begun, set off from what is asked: a box above the button.
import type { ReactNode } from "react";

/** `alert`: it keeps what is asked for from being begun, and is said at once. */
export function Caution({ alert = false, children }: { alert?: boolean; children: ReactNode }) {
  return (
    <p role={alert ? "alert" : undefined} className="rounded-md bg-caution-soft px-3 py-2 text-sm">
      {children}
    </p>
  );
}
