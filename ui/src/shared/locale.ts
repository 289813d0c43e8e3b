// Whose numbers and dates are shown: those of the desktop's language. Tests without a window have English ones.
export const locale = typeof document === "undefined" ? "en" : navigator.language;
