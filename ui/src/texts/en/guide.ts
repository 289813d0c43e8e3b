// The page on calls, credits and data, and the notice that people are real.
import { number } from "../../shared/number";
import { plural } from "./counted";

export const guide = {
  title: "Calls, credits and your data",
  call: {
    title: "A call is a unit of rate",
    /** How many are left is not always known. */
    about: (calls: number, left: number | null) =>
      `Each request to Apollo is one call, whatever its answer. This workspace may make ${number(calls)} in any 60 minutes${left === null ? "" : `; ${number(left)} ${left === 1 ? "is" : "are"} left at the moment`}. A call comes back one hour after it was made. The price stands on each button before you press it.`,
  },
  credit: {
    title: "A credit is a unit of money",
    about:
      "Credits are Apollo's. The free search costs none and shows first names, titles and companies. The full search may cost up to 1 credit a page, where the account may use it at all. Nothing that costs a credit happens without a button that says so.",
  },
  enriching: {
    title: "Enriching pays for what is missing",
    about:
      "Select people, or open one, and press Enrich: Apollo is asked for e-mail addresses and whole names, for mobile numbers where you tick them, or for their companies. Before anything is paid you see who is known already, who is left and what that may cost at most; whoever is known costs nothing, and nobody is paid for twice. Caps for a job, a day, a month or in all stand in the ledger of credits, next to each call that was made.",
    lost: "A paid call whose answer got lost may have been charged. It is never made again by itself but waits for your word: look it up in Apollo's own count, accept that it stays unknown, or ask again and pay once more.",
  },
  kept: {
    title: "Kept rows cost nothing",
    about: (hours: number) =>
      `Answers are kept on this computer: for ${plural(hours, "hour")} the same question is answered from here and takes no call. After that they are shown as stale when Apollo cannot be asked. The line above the rows always says where they came from.`,
    /** After the sentences above: "Right now: cache 12 answers, 40 kB." */
    now: (cache: string) => `Right now: ${cache}.`,
  },
  stored: {
    title: "What is stored where",
    keys: "API keys",
    keysPlace:
      "In the keyring of this computer, one for each workspace. This window can set, replace and remove a key, never read it.",
    people: "People, personas, kept rows",
    peoplePlace: "In one folder for each workspace, in files that no other workspace can see: {folder}",
    files: "Exports and backups",
    filesPlace: "Where you save them; they are yours and stay when a workspace goes.",
    elsewhere: "Anywhere else",
    elsewherePlace: "Nothing. Foray talks to Apollo and to nobody else, and sends no statistics.",
  },
  realPeople: {
    title: "Other people's data",
    about:
      "Whom you find are real people, and the law (in Europe the GDPR) holds for you as soon as you keep their data: have a reason that outweighs their wish to be left alone, tell them where you got their data when you first write, and stop when they object. Keep no longer than you need: a workspace is removed with everything in it.",
    /** The notice over the people, until it was read. */
    notice:
      "The people found here are real: tell them where you got their data when you write, and stop when they object.",
    more: "What that means",
    read: "Understood",
  },
  keys: {
    title: "Keys",
    searchDoes: "Search, or refresh what is shown",
    table: "Arrows, Enter",
    tableDoes: "Move in the table, open the person",
    person: "J and K",
    personDoes: "Next and previous person",
    leave: "Escape",
    leaveDoes: "Leave a panel or a page",
    settingsDoes: "Settings",
    guideDoes: "This page",
    size: (held: string) => `${held} with + and −`,
    sizeDoes: "Everything larger or smaller",
  },
};
