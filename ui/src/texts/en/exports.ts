// Exports: which people, for which program, into which file.
import { number } from "../../shared/number";
import { people } from "./counted";

export const exports = {
  title: "Export",
  /** Below the title: what is exported. */
  about: (title: string) => `“${title}”, as CSV`,
  whichPeople: "Which people",
  thisPage: "This page",
  allMatching: "All that match",
  /** After it, once it is known how many match. */
  allMatchingHint: (n: number) => `${number(n)}, page by page`,
  most: "At most (empty: all)",
  mostHint:
    "100 people are one call. Apollo repeats some on later pages, so allow a quarter more; pages in the cache cost nothing.",
  file: "File",
  chooseFile: "Choose file…",
  noFile: "none chosen",
  /** What a file is called whose people have no name that a file can bear. */
  fileOfNoName: "People",
  /** What waits when the hour's calls are used. */
  shortOfCalls: "the export",
  cancel: "Cancel",
  /** The button, before its price. */
  start: "Export",

  flavour: {
    title: "What for",
    excel: "For Excel",
    excelHint: "opens with accents right; cells that look like formulas are guarded",
    import: "For import into another tool",
    importHint: "data untouched",
  },

  /** The people that are picked, who are in the store already. */
  selection: {
    title: (n: number) => `Export ${people(n)}`,
    about: "As they are known here, in the order of the table. No call, no credit.",
    functions: "What they work in",
    functionsHint: "sales, finance … in a further column",
    companies: "What is known of their companies",
    companiesHint: "industry, employees, place … in columns behind the others",
    start: "Export to a file…",
    done: (n: number) => `Exported ${people(n)}`,
    /** Where it lies, and what became of a file that was there. */
    doneKeeping: (path: string, kept: string) => `${path} What was there is kept as ${kept}.`,
  },
};
