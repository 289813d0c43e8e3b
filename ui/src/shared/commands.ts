// What can be done in the window at this moment. Whoever can do something says so here while it is on the screen; the keys and the
// palette both do it from here. What an action is called and which keys it has stands in the table of keys.
import { useEffect, useLayoutEffect, useRef } from "react";
import { type Action, actionOf, type Pressed } from "./keys";
import { isModalOpen } from "./Modal";

interface Command {
  /** With the key that was pressed for it, if one was. */
  run: (pressed?: Pressed) => void;
  /** Cannot be done now, though it could be at other times. */
  off: boolean;
}

const offered = new Map<Action, Command[]>();

/** Offers an action while the calling part is there. */
export function useCommand(action: Action, run: Command["run"], off = false): void {
  const command = useRef<Command>({ run, off });
  command.current.run = run;
  command.current.off = off;
  useLayoutEffect(() => {
    const mine = command.current;
    offered.set(action, [...(offered.get(action) ?? []), mine]);
    return () => {
      const others = (offered.get(action) ?? []).filter((one) => one !== mine);
      if (others.length > 0) offered.set(action, others);
      else offered.delete(action);
    };
  }, [action]);
}

/** Every action that somebody offers, in no order; the last who offers one has it. */
export function offeredActions(): { action: Action; off: boolean }[] {
  return [...offered].map(([action, commands]) => ({ action, off: commands.at(-1)?.off ?? true }));
}

/** Whether it could be done. */
export function runAction(action: Action, pressed?: Pressed): boolean {
  const command = offered.get(action)?.at(-1);
  if (command === undefined || command.off) return false;
  command.run(pressed);
  return true;
}

/** Whether what is typed goes into a text. */
function isText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.matches("textarea, select, [contenteditable]");
}

/** In a text a letter is written, Alt with an arrow moves the caret (on macOS by words), and what is undone is typing. */
function belongsToText(event: KeyboardEvent): boolean {
  if (!isText(event.target)) return false;
  if (event.key.toLowerCase() === "z") return true;
  return event.altKey || !(event.ctrlKey || event.metaKey || /^F\d+$/.test(event.key));
}

/** What the buttons at the side of a mouse mean, by their number. */
const ofMouse = new Map<number, Action>([
  [3, "back"],
  [4, "forward"],
]);

/** Listens for the keys of the window, and for the side of the mouse. Behind a dialog they mean nothing: whoever presses one there means
 * the dialog. */
export function useWindowKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isModalOpen() || belongsToText(event)) return;
      const action = actionOf(event, "window");
      if (action && runAction(action, event)) event.preventDefault();
    };
    const clicked = (event: MouseEvent) => {
      const action = ofMouse.get(event.button);
      if (action === undefined) return;
      event.preventDefault();
      if (!isModalOpen()) runAction(action);
    };
    window.addEventListener("keydown", pressed);
    window.addEventListener("mouseup", clicked);
    return () => {
      window.removeEventListener("keydown", pressed);
      window.removeEventListener("mouseup", clicked);
    };
  }, []);
}
