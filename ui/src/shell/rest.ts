// What the first rows do not need, as one piece: in several, what they share would be read with the first rows after all.
export { PersonaEditor } from "../personas/PersonaEditor";
export { Dialogs } from "./Dialogs";
export { PageScreen } from "./PageScreen";
