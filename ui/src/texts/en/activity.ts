// The page of what was done in a workspace.
export const activity = {
  since: "Since the app was started",
  nothing: "Nothing was done in this workspace yet.",
  about:
    "Searches, exports, enrichments and changes in this workspace. What costs cannot be undone; paid calls are in the ledger for good.",
  list: "What was done",
  undo: "Undo",
  undone: "Undone",
  /** The same buttons as they are told without being seen: "Undo: Seniority is hidden". */
  undoOf: (deed: string) => `Undo: ${deed}`,
  undoneOf: (deed: string) => `Undone: ${deed}`,
  /** Undoes this deed and all after it. */
  undoBack: "Undo back to here",
  undoBackTo: (deed: string) => `Undo back to here: ${deed}`,
};
