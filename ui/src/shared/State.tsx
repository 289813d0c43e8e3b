// A page instead of what would be here: why it is not, what that means, and the way on.

import type { LucideIcon } from "lucide-react";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

interface StateProps {
  icon?: LucideIcon;
  title: string;
  text: string;
  alert?: boolean;
  children?: ReactNode;
}

export function State({ icon: Icon = TriangleAlert, title, text, alert, children }: StateProps) {
  return (
    <section
      id="people"
      tabIndex={-1}
      aria-label={title}
      className="flex flex-1 flex-col items-center justify-center gap-1 overflow-y-auto px-8 pb-16 text-center outline-none"
    >
      <Icon size={28} strokeWidth={1.5} aria-hidden className="mb-2 text-ink-3" />
      <h2 className="text-lg font-semibold">{title}</h2>
      <p role={alert ? "alert" : undefined} className="max-w-md wrap-anywhere text-ink-2" dir="auto">
        {text}
      </p>
      {children && <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div>}
    </section>
  );
}
