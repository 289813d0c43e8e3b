// The way to Apollo: as the system says, directly, or through a proxy. An address is stored with its button, not while it is typed.
import { useState } from "react";
import type { ProxySetting, Settings } from "../backend/types";
import { Button } from "../shared/Button";
import { ChoiceField } from "../shared/ChoiceField";
import { Part } from "../shared/Page";
import { TextField } from "../shared/TextField";
import { texts } from "../texts/texts";

const words = texts.settings.network;

const modes: { value: ProxySetting["mode"]; name: string; about: string }[] = [
  { value: "system", name: words.system, about: words.systemHint },
  { value: "none", name: words.none, about: words.noneHint },
  { value: "manual", name: words.manual, about: words.manualHint },
];

interface NetworkSettingsProps {
  settings: Settings;
  onChange: (part: Partial<Settings>, told?: boolean) => Promise<string | null>;
}

export function NetworkSettings({ settings, onChange }: NetworkSettingsProps) {
  const stored = settings.proxy.mode === "manual" ? settings.proxy.address : "";
  const [mode, setMode] = useState(settings.proxy.mode);
  const [address, setAddress] = useState(stored);
  const [said, setSaid] = useState({ error: "", done: "" });
  function choose(next: ProxySetting["mode"]) {
    setMode(next);
    setSaid({ error: "", done: "" });
    // A proxy without an address is none yet.
    if (next !== "manual") void onChange({ proxy: { mode: next } });
  }
  async function store() {
    const error = await onChange({ proxy: { mode: "manual", address } }, false);
    setSaid({ error: error ?? "", done: error ? "" : words.stored });
  }
  return (
    <Part title={words.title} about={words.about}>
      <ChoiceField label={words.proxy} choices={modes} value={mode} onChange={choose} />
      {mode === "manual" && (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void store();
          }}
        >
          <TextField
            label={words.address}
            placeholder={words.addressExample}
            hint={words.addressHint}
            inputMode="url"
            value={address}
            error={said.error}
            onChange={(event) => {
              setSaid({ error: "", done: "" });
              setAddress(event.target.value);
            }}
          />
          <div className="flex items-center gap-2">
            <Button type="submit">{words.store}</Button>
            <span role="status" className="text-sm text-ink-2">
              {said.done}
            </span>
          </div>
        </form>
      )}
    </Part>
  );
}
