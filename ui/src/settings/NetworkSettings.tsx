// The way to Apollo: as the system says, directly, or through a proxy. An address is stored with its button, not while it is typed.
import { useState } from "react";
import type { ProxySetting, Settings } from "../backend/types";
import { Button } from "../shared/Button";
import { ChoiceField } from "../shared/ChoiceField";
import { Part } from "../shared/Page";
import { TextField } from "../shared/TextField";

const modes: { value: ProxySetting["mode"]; name: string; about: string }[] = [
  { value: "system", name: "As the system", about: "its settings, or HTTPS_PROXY and NO_PROXY" },
  { value: "none", name: "None", about: "straight to Apollo" },
  { value: "manual", name: "This one", about: "for every call to Apollo" },
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
    setSaid({ error: error ?? "", done: error ? "" : "Used from the next call on." });
  }
  return (
    <Part
      title="Network"
      about="Certificates are those this computer trusts, a company's own included. The sample workspace needs no network."
    >
      <ChoiceField label="Proxy" choices={modes} value={mode} onChange={choose} />
      {mode === "manual" && (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void store();
          }}
        >
          <TextField
            label="Address of the proxy"
            placeholder="http://proxy.example:3128"
            hint="http, https, socks5 or socks5h; without a name and password."
            inputMode="url"
            value={address}
            error={said.error}
            onChange={(event) => {
              setSaid({ error: "", done: "" });
              setAddress(event.target.value);
            }}
          />
          <div className="flex items-center gap-2">
            <Button type="submit">Use this proxy</Button>
            <span role="status" className="text-sm text-ink-2">
              {said.done}
            </span>
          </div>
        </form>
      )}
    </Part>
  );
}
