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
import { texts } from "../texts/texts";

const words = texts.settings.places;

const levels: { value: LogLevel; name: string; about: string }[] = [
  { value: "off", name: words.off, about: words.offHint },
  { value: "error", name: words.error, about: words.errorHint },
  { value: "info", name: words.info, about: words.infoHint },
  { value: "debug", name: words.debug, about: words.debugHint },
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
    if (asked !== undefined) tell({ title: words.asked, detail: place, about: "place" });
  }
  const folder = info.data?.data_dir ?? "";
  return (
    <Part title={words.title}>
      <Row name={words.dataFolder} about={info.data?.data_dir}>
        <Button onClick={() => void show(words.dataFolderNotShown, () => backend.dataFolderShow(), folder)}>
          {words.showDataFolder}
        </Button>
      </Row>
      <ChoiceField
        label={words.log}
        choices={levels}
        value={settings.log_level}
        onChange={(log_level) => onChange({ log_level })}
      />
      <Row name={words.logFiles} about={words.logFilesHint}>
        <Button onClick={() => void show(words.logFilesNotShown, () => backend.logFolderShow(), words.logsIn(folder))}>
          {words.showLogFiles}
        </Button>
      </Row>
      <DiagnosticsText workspace={workspace.id} />
      <p className="text-sm text-ink-3">{words.version(info.data?.version ?? "")}</p>
    </Part>
  );
}
