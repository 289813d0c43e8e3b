// All keys on one sheet, from the table of keys.
import { Fragment } from "react";
import { actionsIn, keyName, type Where } from "../shared/keys";
import { Modal } from "../shared/Modal";

const places: [Where, string][] = [
  ["window", "Everywhere"],
  ["table", "In the table"],
  ["head", "On the head of a column"],
  ["person", "While a person is open"],
  ["tab", "On a tab"],
];

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal onClose={onClose} title="All keys" width="w-[52rem]" initialFocus="[data-sheet]">
      <div
        data-sheet=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        role="group"
        aria-label="Keys"
        className="columns-2 gap-8 outline-none max-md:columns-1"
      >
        {places.map(([place, name]) => (
          <section key={place} aria-label={name} className="mb-4">
            <h3 className="mb-1 text-sm font-medium text-ink-2">{name}</h3>
            <dl>
              {actionsIn(place)
                .filter(({ keys }) => keys.length > 0)
                .map(({ action, words, keys }) => (
                  <div key={action} className="flex break-inside-avoid gap-3 py-0.5">
                    <dt className="min-w-0 flex-1">{words}</dt>
                    <dd className="flex shrink-0 items-start gap-1">
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

/** The keys of an action; of very many the first and the last. */
export function Keys({ keys }: { keys: readonly string[] }) {
  const [first, last] = [keys[0], keys.at(-1)];
  const shown = keys.length > 3 && first && last ? [first, last] : keys;
  return shown.map((key, at) => (
    <Fragment key={key}>
      {at > 0 && shown !== keys && <span className="text-sm text-ink-3">to</span>}
      <kbd className="rounded-sm border border-line bg-pane px-1 font-sans text-sm text-ink-2">{keyName(key)}</kbd>
    </Fragment>
  ));
}
