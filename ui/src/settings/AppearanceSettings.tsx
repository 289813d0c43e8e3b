// How the app looks: theme, contrast, height of the rows, size of everything, and the window back in its usual place.
import type { Contrast, Density, Settings, Theme } from "../backend/types";
import { Button } from "../shared/Button";
import { ChoiceField } from "../shared/ChoiceField";
import { Part, Row } from "../shared/Page";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { zooms } from "./appearance";

const themes: { value: Theme; name: string }[] = [
  { value: "system", name: "As the desktop" },
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];
const contrasts: { value: Contrast; name: string; about?: string }[] = [
  { value: "system", name: "As the desktop" },
  { value: "more", name: "More", about: "black on white, and lines around what is chosen" },
];
const densities: { value: Density; name: string; about?: string }[] = [
  { value: "compact", name: "Compact", about: "more people on the screen" },
  { value: "normal", name: "Normal" },
  { value: "roomy", name: "Roomy" },
];

interface AppearanceSettingsProps {
  settings: Settings;
  onChange: (part: Partial<Settings>) => void;
}

export function AppearanceSettings({ settings, onChange }: AppearanceSettingsProps) {
  const backend = useBackend();
  const attempt = useAttempt();
  return (
    <Part title="Appearance">
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <ChoiceField label="Theme" choices={themes} value={settings.theme} onChange={(theme) => onChange({ theme })} />
        <ChoiceField
          label="Contrast"
          choices={contrasts}
          value={settings.contrast}
          onChange={(contrast) => onChange({ contrast })}
        />
        <ChoiceField
          label="Rows of the table"
          choices={densities}
          value={settings.density}
          onChange={(density) => onChange({ density })}
        />
      </div>
      <Row name="Size of everything" about="Ctrl with + and −, Ctrl+0 for the usual">
        <select
          aria-label="Size of everything"
          value={settings.zoom}
          onChange={(event) => onChange({ zoom: Number(event.target.value) })}
          className="h-7 rounded-md border border-line-strong bg-raised px-1 text-ink"
        >
          {zooms.map((zoom) => (
            <option key={zoom} value={zoom}>
              {zoom} %
            </option>
          ))}
        </select>
      </Row>
      <Row name="Window" about="It opens where it was closed">
        <Button onClick={() => attempt("The window stayed as it was", () => backend.windowReset())}>
          Usual size and place
        </Button>
      </Row>
    </Part>
  );
}
