// For a form whose button has a price: an Enter on one of its choices, as the one that opened it when it is held too long, does not
// press that button. On the button itself, and in a field that was typed into, it does.
import type { KeyboardEvent } from "react";

export function keepEnterFromPaying(event: KeyboardEvent): void {
  const { target } = event;
  const isChoice = target instanceof HTMLInputElement && (target.type === "radio" || target.type === "checkbox");
  if (event.key === "Enter" && isChoice) event.preventDefault();
}
