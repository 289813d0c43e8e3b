// A field of chips with type-ahead: type, choose or press Enter, remove with the cross or Backspace. What is offered comes from
// outside. Where free text is allowed, whatever is typed becomes a chip, several lines at once a chip each; where the list is closed,
// what is not in it stays in the field and is told, never wiped.

import { Combobox } from "@base-ui/react/combobox";
import { X } from "lucide-react";
import { type ClipboardEvent, useId, useMemo, useState } from "react";
import { texts } from "../texts/texts";
import { FieldNotes } from "./FieldNotes";

interface ChipOffer {
  adds: string[];
  label: string;
  note?: string;
  disabled?: string;
}

interface ChipFieldProps {
  label: string;
  hint?: string;
  placeholder?: string;
  values: string[];
  onChange: (values: string[]) => void;
  offersFor: (typed: string) => ChipOffer[];
  labelOf?: (value: string) => string;
  free?: boolean;
  error?: string;
  /** Told what is typed in the field when it was left so, "" when nothing is. Closed lists only. */
  onLeft?: (typed: string) => void;
}

interface Item {
  key: string;
  offer: ChipOffer;
}

const identity = (value: string) => value;

export function ChipField(props: ChipFieldProps) {
  const { label, hint, values, onChange, offersFor, labelOf = identity, error, onLeft } = props;
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const chosen = useMemo<Item[]>(
    () => values.map((value) => ({ key: `chip:${value}`, offer: { adds: [value], label: value } })),
    [values],
  );
  const items = useMemo<Item[]>(
    () => offersFor(typed).map((offer) => ({ key: `${offer.note ?? ""}:${offer.label}`, offer })),
    [offersFor, typed],
  );
  function add(more: string[]) {
    const fresh = more.filter((value) => !values.includes(value));
    if (fresh.length > 0) onChange([...values, ...fresh]);
  }
  function changed(next: Item[]) {
    const added = next.filter((item) => !item.key.startsWith("chip:"));
    if (added.length === 0) onChange(next.map((item) => item.offer.label));
    else add(added.flatMap((item) => item.offer.adds));
    write("");
  }
  function write(text: string) {
    setTyped(text);
    if (text === "") onLeft?.("");
  }
  function pasted(event: ClipboardEvent) {
    const pieces = piecesOf(event.clipboardData.getData("text"));
    if (!props.free || pieces.length < 2) return;
    event.preventDefault();
    add(pieces);
  }
  function left() {
    const text = typed.trim();
    if (props.free) add(piecesOf(text));
    else {
      const named = items.find(
        ({ offer }) => offer.disabled === undefined && offer.label.toLowerCase() === text.toLowerCase(),
      );
      if (named === undefined) return onLeft?.(text);
      add(named.offer.adds);
    }
    write("");
  }
  const about = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div>
      <label id={`${id}-label`} htmlFor={id} className="mb-1 block text-sm font-medium text-ink-2">
        {label}
      </label>
      <Combobox.Root
        multiple
        autoHighlight
        items={items}
        filteredItems={items}
        value={chosen}
        onValueChange={changed}
        open={open}
        onOpenChange={setOpen}
        inputValue={typed}
        onInputValueChange={(text, { reason }) => {
          // What is typed stays when the list closes over it: leaving the field decides what becomes of it.
          if (reason === "input-change") write(text);
        }}
        itemToStringLabel={(item: Item) => item.offer.label}
        isItemEqualToValue={(a: Item, b: Item) => a.key === b.key}
      >
        <Combobox.InputGroup
          className={`rounded-md border bg-raised focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent ${error ? "border-stop" : "border-line-strong"}`}
        >
          <Combobox.Chips className="flex flex-wrap gap-1 p-1">
            {chosen.map((item) => (
              <Combobox.Chip
                key={item.key}
                aria-label={labelOf(item.offer.label)}
                className="flex h-6 max-w-full items-center rounded-md bg-active pl-2 outline-none focus:outline-2 focus:outline-accent"
              >
                <span className="truncate" dir="auto" title={labelOf(item.offer.label)}>
                  {labelOf(item.offer.label)}
                </span>
                <Combobox.ChipRemove
                  aria-label={texts.shared.removeChip(labelOf(item.offer.label))}
                  title={texts.shared.removeChip(labelOf(item.offer.label))}
                  className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-2 hover:text-ink"
                >
                  <X size={12} aria-hidden />
                </Combobox.ChipRemove>
              </Combobox.Chip>
            ))}
            <Combobox.Input
              dir="auto"
              id={id}
              placeholder={values.length === 0 ? props.placeholder : ""}
              aria-labelledby={`${id}-label`}
              aria-describedby={about || undefined}
              aria-invalid={error ? true : undefined}
              onPaste={pasted}
              onKeyDown={(event) => {
                // With its list closed, Escape is not the field's: it would clear every chip.
                if (event.key === "Escape" && !open) event.preventBaseUIHandler();
                if (event.key === "Enter" && typed.trim() !== "" && items.length === 0) {
                  event.preventDefault();
                  left();
                }
              }}
              onBlur={left}
              className="h-6 min-w-24 flex-1 bg-transparent px-1 outline-none"
            />
          </Combobox.Chips>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} collisionPadding={8} className="z-10">
            <Combobox.Popup className="w-[var(--anchor-width)] rounded-md border border-line bg-raised shadow-pop empty:hidden">
              <Combobox.Empty className="px-3 py-2 text-sm text-ink-3 empty:hidden">
                {texts.shared.notInList}
              </Combobox.Empty>
              <Combobox.List className="max-h-[min(18rem,var(--available-height))] overflow-y-auto p-1 outline-none data-empty:p-0">
                {(item: Item) => (
                  <Combobox.Item
                    key={item.key}
                    value={item}
                    disabled={item.offer.disabled !== undefined}
                    className="flex min-h-7 items-center gap-2 rounded-md px-2 py-1 data-disabled:text-ink-3 data-highlighted:bg-active"
                  >
                    <span className="min-w-0 flex-1 break-words" dir="auto">
                      {item.offer.adds.length > 1 ? item.offer.label : labelOf(item.offer.label)}
                    </span>
                    {(item.offer.disabled ?? item.offer.note) && (
                      <span className="shrink-0 text-sm text-ink-3">{item.offer.disabled ?? item.offer.note}</span>
                    )}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

/** The values in a text of several: one a line, or between semicolons or tabs. A comma stands in many a title, but not at its end. */
function piecesOf(text: string): string[] {
  const pieces = text.split(/[\r\n;\t]+/).map((piece) =>
    piece
      .replace(/[\s,]+$/, "")
      .trim()
      .replace(/\s+/g, " "),
  );
  return [...new Set(pieces)].filter((piece) => piece !== "");
}
