// The name an export is offered for its file.
import { texts } from "../texts/texts";

/** A file name that every system takes: "Sales leaders, DACH 2026-11-23.csv". */
export function suggestedName(title: string, day: Date): string {
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const plain = title
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = [...plain].slice(0, 80).join("").trim();
  return `${short === "" ? texts.exports.fileOfNoName : short} ${date}.csv`;
}
