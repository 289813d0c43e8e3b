// What can be done with the people that are picked, under the table. Nothing here spends anything by itself.
import { BadgePlus, Copy, Download, X } from "lucide-react";
import { Button, IconButton } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { keyOf } from "../shared/keys";
import { number } from "../shared/number";
import { mostCopied, tooManyToCopy } from "./useCopy";
import type { GridSelection } from "./useGridSelection";

interface SelectionBarProps {
  picking: GridSelection;
  onCopy: () => void;
  onExport: () => void;
  onEnrich: () => void;
}

export function SelectionBar(props: SelectionBarProps) {
  return props.picking.count > 0 && <Bar {...props} />;
}

function Bar({ picking, onCopy, onExport, onEnrich }: SelectionBarProps) {
  const { count, here, total, more, picked } = picking;
  useCommand("enrich-selected", onEnrich);
  useCommand("export-selected", onExport);
  return (
    <section
      aria-label="Selection"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-picked px-3 py-1 text-sm"
    >
      <span role="status" className="font-medium">
        {number(count)} selected{here < count && ` · ${number(here)} in this table`}
      </span>
      {picked !== "all" && (
        <Button kind="quiet" className="text-sm text-accent!" onClick={picking.all}>
          Select all {number(total)}
        </Button>
      )}
      {picked === "all" && more !== null && (
        <Button kind="quiet" className="text-sm text-accent!" onClick={picking.everyPage}>
          Select all {number(more)} fetched
        </Button>
      )}
      <span className="ml-auto flex items-center gap-2">
        <Button className="text-sm" onClick={onEnrich} data-testid="selection-enrich">
          <BadgePlus size={14} aria-hidden />
          Enrich…
        </Button>
        <Button
          className="text-sm"
          off={count > mostCopied}
          title={count > mostCopied ? tooManyToCopy : keyOf("copy")}
          onClick={onCopy}
        >
          <Copy size={13} aria-hidden />
          Copy
        </Button>
        <Button className="text-sm" onClick={onExport} data-testid="selection-export">
          <Download size={13} aria-hidden />
          Export…
        </Button>
        <IconButton label={`Select nobody (${keyOf("pick-none")})`} onClick={picking.none}>
          <X size={14} aria-hidden />
        </IconButton>
      </span>
    </section>
  );
}
