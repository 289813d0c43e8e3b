// What an exported file is for: it decides how its cells are written.
import type { ExportFlavour } from "../backend/types";
import { Choice } from "../shared/Choice";

interface FlavourFieldProps {
  value: ExportFlavour;
  onChange: (flavour: ExportFlavour) => void;
}

export function FlavourField({ value, onChange }: FlavourFieldProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-ink-2">What for</legend>
      <Choice name="flavour" checked={value === "excel"} onChoose={() => onChange("excel")}>
        For Excel{" "}
        <span className="text-ink-3">· opens with accents right; cells that look like formulas are guarded</span>
      </Choice>
      <Choice name="flavour" checked={value === "import"} onChoose={() => onChange("import")}>
        For import into another tool <span className="text-ink-3">· data untouched</span>
      </Choice>
    </fieldset>
  );
}
