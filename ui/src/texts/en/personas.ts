// Personas: their list, the editor and its fields, and what is told when one is saved, deleted, shared or left.

export const personas = {
  /** Of one that has no name yet. */
  unnamed: "New persona",

  list: {
    title: "Personas",
    import: "Import a persona from a file",
    add: "New persona",
    none: "None saved yet. Start from one below, or write your own.",
    starters: "Start from",
    /** Over a starter: its name, and for whom it is. */
    starter: (name: string, about: string) => `${name}: ${about}`,
  },

  editor: {
    title: "Edit persona",
    titleOfNew: "New persona",
    share: "Share as a file",
    close: "Close the editor (Escape)",
    name: "Name",
    namePlaceholder: "Sales leaders, DACH",
    save: "Save changes",
    saveNew: "Save persona",
    saveAsNew: "Save as new",
    revert: "Revert",
    reverted: "As it was saved",
    delete: "Delete",
    clear: "Clear",
    cleared: "All filters taken away",
    blank: "Give the persona at least one filter: without any it would ask for everybody.",
  },

  fields: {
    titles: "Job titles",
    titlesPlaceholder: "CMO, Head of Sales…",
    seniorities: "Seniorities",
    locations: "Locations",
    locationsPlaceholder: "Germany, or a city",
    industries: "Industries",
    industriesHint: "An unofficial filter of Apollo's: check that the number of matches changes with it.",
    industriesPlaceholder: "Computer software…",
    unknownIndustry: (typed: string) =>
      `“${typed}” is not an industry that can be searched. Choose one of the list, or clear the field.`,
    sizes: "Company sizes (people)",
    keywords: "Keywords",
    keywordsHint: "One text, matched literally; it rules out many people.",
    /** The news of a field that went away with what was typed in it. */
    leftOut: "Left out of the filters",
  },

  /** A company size of one's own: "from [20] to [any]". */
  size: {
    title: "Company size of your own",
    from: "from",
    to: "to",
    /** The names of the two boxes for those who do not see them. */
    fromLabel: "From, people",
    toLabel: "To, people",
    /** In the empty box after "to". */
    any: "any",
    add: "Add range",
    wrongFrom: "Company size, from: write a whole number, 1 or more.",
    wrongTo: (least: number) => `Company size, to: write a whole number, ${least} or more, or nothing.`,
  },

  /** Beside what is offered while somebody types. */
  offers: {
    asTyped: "as typed",
    bothSpellings: "both spellings",
    onlyThis: "only this",
    thisMeaning: "this meaning",
    noId: "Apollo's id not known",
  },

  files: {
    shared: "Shared: its name and filters, nothing else",
    sharedAsSaved: "Shared as it was saved: what was changed since is not in it",
    notShared: "The persona was not shared",
    showInFolder: "Show in folder",
    notShown: "Not shown",
    imported: "Persona imported",
    importedTwin: (name: string, twin: string) => `${name}: it asks the same as “${twin}”`,
    notImported: "No persona was imported",
  },

  told: {
    saved: "Persona saved",
    deleted: "Persona deleted",
    notDeleted: "Not deleted",
    back: "Persona is back",
    notBack: "Could not put it back",
    unsaved: "Changes not saved",
    backToUnsaved: "Back to them",
  },
};
