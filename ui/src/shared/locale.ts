// Whose numbers are shown: those of the desktop's language. Tests without a window have English ones.

/** The language itself, or English: WebKit tells "C" where the desktop has none, which is no language that numbers are written in. */
export function localeFrom(language: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([language])[0] ?? "en";
  } catch {
    return "en";
  }
}

export const locale = typeof document === "undefined" ? "en" : localeFrom(navigator.language);
