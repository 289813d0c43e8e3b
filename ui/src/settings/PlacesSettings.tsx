// Where the app keeps its things, what it writes down, and the text to send along with a question.
import { useQuery } from "@tanstack/react-query";
import type { LogLevel, Settings, Workspace } from "../backend/types";
import { DiagnosticsText } from "../diagnostics/DiagnosticsText";
import { Button } from "../shared/Button";
import { ChoiceField } from "../shared/ChoiceField";
import { Part, Row } from "../shared/Page";
import { tell } from "../shared/toasts";
import { useAttempt } from "../shared/useAttempt";
import { useBackend } from "../shell/backend-context";

const levels: { value: LogLevel; name: string; about: string }[] = [
  { value: "off", name: "Nothing", about: "no log at all" },
  { value: "error", name: "Troubles", about: "what failed, and when" },
  { value: "info", name: "Usual", about: "also what was done" },
  { value: "debug", name: "Everything", about: "also what cost nothing; while looking for a fault" },
];

interface PlacesSettingsProps {
  settings: Settings;
  onChange: (part: Partial<Settings>) => void;
  workspace: Workspace;
}

export function PlacesSettings({ settings, onChange, workspace }: PlacesSettingsProps) {
  const backend = useBackend();
  const attempt = useAttempt();
  const info = useQuery({ queryKey: ["app-info"], queryFn: () => backend.appInfo() });
  /** Whether a file manager came is not told by the desktop: the place itself is said in any case. */
  async function show(failed: string, work: () => Promise<null>, place: string) {
    const asked = await attempt(failed, work);
    if (asked !== undefined) tell({ title: "The file manager was asked to show it", detail: place, about: "place" });
  }
  const folder = info.data?.data_dir ?? "";
  return (
    <Part title="Data and log">
      <Row name="Data folder" about={info.data?.data_dir}>
        <Button onClick={() => void show("The data folder was not opened", () => backend.dataFolderShow(), folder)}>
          Show folder
        </Button>
      </Row>
      <ChoiceField
        label="Log"
        choices={levels}
        value={settings.log_level}
        onChange={(log_level) => onChange({ log_level })}
      />
      <Row
        name="Log files"
        about="Times, codes and counts; never a name, a search or a key. At most 4 MB, the oldest goes first."
      >
        <Button
          onClick={() =>
            void show("The log folder was not opened", () => backend.logFolderShow(), `logs, in ${folder}`)
          }
        >
          Show log files
        </Button>
      </Row>
      <DiagnosticsText workspace={workspace.id} />
      <p className="text-sm text-ink-3">Foray {info.data?.version}</p>
    </Part>
  );
}
