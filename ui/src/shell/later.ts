// The parts of the window that its first rows do not need, so that those come sooner: read in when one is opened, or once the rows stand
// there, so that a dialog is drawn before the next key.
import { lazy } from "react";

const rest = () => import("./rest");

export const Dialogs = lazy(async () => ({ default: (await rest()).Dialogs }));
export const PageScreen = lazy(async () => ({ default: (await rest()).PageScreen }));
export const PersonaEditor = lazy(async () => ({ default: (await rest()).PersonaEditor }));

/** Reads them all. What cannot be read now is read again when it is opened. */
export function readTheRest(): void {
  rest().catch(() => undefined);
}
