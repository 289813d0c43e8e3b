// What an exported file is for: it decides how its cells are written.
import type { ExportFlavour } from "../backend/types";
import { Choice } from "../shared/Choice";
import { texts } from "../texts/texts";

const words = texts.exports.flavour;

interface FlavourFieldProps {
  value: ExportFlavour;
  onChange: (flavour: ExportFlavour) => void;
}

export function FlavourField({ value, onChange }: FlavourFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">{words.title}</legend>
      <Choice name="flavour" checked={value === "excel"} onChoose={() => onChange("excel")}>
        {words.excel} <span className="text-ink-3">· {words.excelHint}</span>
      </Choice>
      <Choice name="flavour" checked={value === "import"} onChoose={() => onChange("import")}>
        {words.import} <span className="text-ink-3">· {words.importHint}</span>
      </Choice>
    </fieldset>
  );
}
