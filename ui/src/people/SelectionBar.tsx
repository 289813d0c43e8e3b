// What can be done with the people that are picked, under the table. Nothing here spends anything by itself.
import { BadgePlus, Copy, Download, X } from "lucide-react";
import { Button, IconButton } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { keyOf } from "../shared/keys";
import { texts } from "../texts/texts";
import { mostCopied, tooManyToCopy } from "./useCopy";
import type { GridSelection } from "./useGridSelection";

const words = texts.people.selection;

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
      aria-label={words.title}
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-picked px-3 py-1 text-sm"
    >
      <span role="status" className="font-medium">
        {here < count ? words.countAndHere(count, here) : words.count(count)}
      </span>
      {picked !== "all" && (
        <Button kind="quiet" className="text-sm text-accent!" onClick={picking.all}>
          {words.all(total)}
        </Button>
      )}
      {picked === "all" && more !== null && (
        <Button kind="quiet" className="text-sm text-accent!" onClick={picking.everyPage}>
          {words.allFetched(more)}
        </Button>
      )}
      <span className="ml-auto flex items-center gap-2">
        <Button className="text-sm" onClick={onEnrich} data-testid="selection-enrich">
          <BadgePlus size={14} aria-hidden />
          {words.enrich}
        </Button>
        <Button
          className="text-sm"
          off={count > mostCopied}
          title={count > mostCopied ? tooManyToCopy : keyOf("copy")}
          onClick={onCopy}
        >
          <Copy size={13} aria-hidden />
          {words.copy}
        </Button>
        <Button className="text-sm" onClick={onExport} data-testid="selection-export">
          <Download size={13} aria-hidden />
          {words.export}
        </Button>
        <IconButton label={words.nobodyHint(keyOf("pick-none"))} onClick={picking.none}>
          <X size={14} aria-hidden />
        </IconButton>
      </span>
    </section>
  );
}
