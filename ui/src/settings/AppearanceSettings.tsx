// How the app looks: theme, contrast, height of the rows, size of everything, and the window back in its usual place.

import type { Contrast, Density, Settings, Theme } from "../backend/types";
import { Button } from "../shared/Button";
import { ChoiceField } from "../shared/ChoiceField";
import { keyName, keyOf } from "../shared/keys";
import { Part, Row } from "../shared/Page";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { zooms } from "./appearance";

const words = texts.settings.appearance;

const themes: { value: Theme; name: string }[] = [
  { value: "system", name: words.themes.system },
  { value: "light", name: words.themes.light },
  { value: "dark", name: words.themes.dark },
];
const contrasts: { value: Contrast; name: string; about?: string }[] = [
  { value: "system", name: words.contrasts.system },
  { value: "more", name: words.contrasts.more, about: words.moreContrastHint },
];
const densities: { value: Density; name: string; about?: string }[] = [
  { value: "compact", name: words.densities.compact, about: words.compactHint },
  { value: "normal", name: words.densities.normal },
  { value: "roomy", name: words.densities.roomy },
];

interface AppearanceSettingsProps {
  settings: Settings;
  onChange: (part: Partial<Settings>) => void;
}

export function AppearanceSettings({ settings, onChange }: AppearanceSettingsProps) {
  const backend = useBackend();
  const attempt = useAttempt();
  return (
    <Part title={words.title}>
      <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
        <ChoiceField
          label={words.theme}
          choices={themes}
          value={settings.theme}
          onChange={(theme) => onChange({ theme })}
        />
        <ChoiceField
          label={words.contrast}
          choices={contrasts}
          value={settings.contrast}
          onChange={(contrast) => onChange({ contrast })}
        />
        <ChoiceField
          label={words.rows}
          choices={densities}
          value={settings.density}
          onChange={(density) => onChange({ density })}
        />
      </div>
      <Row name={words.zoom} about={words.zoomHint(keyName("Mod"), keyOf("usual-size"))}>
        <select
          aria-label={words.zoom}
          value={settings.zoom}
          onChange={(event) => onChange({ zoom: Number(event.target.value) })}
          className="h-7 rounded-md border border-line-strong bg-raised px-1 text-ink"
        >
          {zooms.map((zoom) => (
            <option key={zoom} value={zoom}>
              {words.percent(zoom)}
            </option>
          ))}
        </select>
      </Row>
      <Row name={words.window} about={words.windowHint}>
        <Button onClick={() => attempt(words.windowNotReset, () => backend.windowReset())}>{words.resetWindow}</Button>
      </Row>
    </Part>
  );
}
