// The diagnostics as text, to be read before it is sent anywhere, and copied. It holds no key and no people; nothing sends it.

import { useQuery } from "@tanstack/react-query";
import { useId, useLayoutEffect, useRef, useState } from "react";
import { toFailure } from "../backend/failure";
import type { TenantId } from "../backend/types";
import { Button } from "../shared/Button";
import { keyName } from "../shared/keys";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";

const words = texts.diagnostics.text;

export function DiagnosticsText({ workspace }: { workspace: TenantId }) {
  const backend = useBackend();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [copy, setCopy] = useState<"copied" | "selected" | null>(null);
  const text = useQuery({
    queryKey: ["workspace", workspace, "diagnostics"],
    queryFn: () => backend.diagnostics(workspace),
    staleTime: 0,
    gcTime: 0,
  });
  // Without a clipboard to write to, the text is at least one key away from it, also when it is drawn anew after that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that is drawn anew is no longer selected
  useLayoutEffect(() => {
    if (copy === "selected") area.current?.select();
  }, [copy, text.data]);
  async function press() {
    setCopy(null);
    // As things stand now, not as they stood when it was first read.
    const { data } = await text.refetch();
    setCopy(data !== undefined && (await copied(data)) ? "copied" : "selected");
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-sm font-medium text-ink-2">
        {words.label} <span className="font-normal text-ink-3">· {words.hint}</span>
      </label>
      <textarea
        dir="ltr"
        ref={area}
        id={id}
        readOnly
        rows={7}
        spellCheck={false}
        value={text.error ? toFailure(text.error).message : (text.data ?? "")}
        className="w-full resize-y rounded-md border border-line-strong bg-pane px-2 py-1 font-mono text-sm text-ink"
      />
      <div className="flex items-center gap-2">
        <Button off={!text.data} onClick={() => void press()}>
          {words.copy}
        </Button>
        <span role="status" className="text-sm text-ink-2">
          {copy === "copied" ? words.copied : copy === "selected" ? words.selected(keyName("Mod+C")) : ""}
        </span>
      </div>
    </div>
  );
}

/** WebKitGTK may have no clipboard for a page, or refuse it. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
