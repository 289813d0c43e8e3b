// Sentences the app has to say once (a damaged file set aside, for example): a bar on top that can be dismissed.
import { useQuery } from "@tanstack/react-query";
import { Info, X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../shared/Button";
import { texts } from "../texts/texts";
import { useBackend } from "./backend-context";

const words = texts.shell.notices;

export function Notices() {
  const backend = useBackend();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const info = useQuery({
    queryKey: ["app-info"],
    queryFn: () => backend.appInfo(),
    // A workspace's files are opened when it is, so what is wrong with them may be known only later.
    refetchInterval: 15_000,
  });
  const notices = (info.data?.notices ?? []).filter((notice) => !dismissed.includes(notice));
  if (notices.length === 0) return null;
  return (
    <section aria-label={words.title} className="border-b border-line bg-caution-soft">
      {notices.map((notice) => (
        <div key={notice} className="flex items-center gap-2 px-3 py-1.5 not-first:border-t not-first:border-line">
          <Info size={14} aria-hidden className="shrink-0 text-caution" />
          <p className="min-w-0 flex-1 wrap-anywhere" dir="auto">
            {notice}
          </p>
          <IconButton
            label={words.dismiss}
            // No taller than its line, so that the room above and below the words is even however many lines they take.
            className="-my-1"
            onClick={() => {
              setDismissed((before) => [...before, notice]);
              document.getElementById("workspace-menu")?.focus();
            }}
          >
            <X size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
