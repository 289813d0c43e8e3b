// All keys on one sheet, from the table of keys.
import { Fragment } from "react";
import { actionsIn, keyName, type Where } from "../shared/keys";
import { Modal } from "../shared/Modal";
import { texts } from "../texts/texts";

const words = texts.shell.keySheet;

const places: Where[] = ["window", "table", "head", "person", "tab"];

export function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Modal onClose={onClose} title={words.title} width="w-[52rem]" initialFocus="[data-sheet]">
      <div
        data-sheet=""
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        role="group"
        aria-label={words.list}
        className="columns-2 gap-8 outline-none max-md:columns-1"
      >
        {places.map((place) => (
          <section key={place} aria-label={words.places[place]} className="mb-4">
            <h3 className="mb-1 text-sm font-medium text-ink-2">{words.places[place]}</h3>
            <dl>
              {actionsIn(place)
                .filter(({ keys }) => keys.length > 0)
                .map(({ action, words: does, keys }) => (
                  <div key={action} className="flex break-inside-avoid gap-3 py-0.5">
                    <dt className="min-w-0 flex-1">{does}</dt>
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
      {at > 0 && shown !== keys && <span className="text-sm text-ink-3">{words.to}</span>}
      <kbd className="rounded-sm border border-line bg-pane px-1 font-sans text-sm text-ink-2">{keyName(key)}</kbd>
    </Fragment>
  ));
}
