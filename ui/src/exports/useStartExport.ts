// Starts an export and says how it ended, wherever the researcher is by then.
import { useQueryClient } from "@tanstack/react-query";
import type { ExportInput, TenantId } from "../backend/types";
import { tell, tellNoMore } from "../shared/toasts";
import { plural } from "../shared/words";
import { readAddress } from "../shell/address";
import { useBackend } from "../shell/backend-context";
import { startJob } from "./jobs";
import { endWords } from "./jobWords";

export function useStartExport(workspace: TenantId) {
  const backend = useBackend();
  const client = useQueryClient();
  const spent = () => void client.invalidateQueries({ queryKey: ["workspace", workspace, "status"] });
  return (title: string, input: ExportInput) => {
    const about = `export ${input.path}`;
    tellNoMore(about);
    startJob(backend, { workspace, title, input }, spent, (job) => {
      const { done, failure } = job;
      spent();
      // Told only in its own workspace; elsewhere its line waits in the tray.
      if (readAddress(new URLSearchParams(location.search)).w !== workspace) return;
      if (done)
        tell({
          title: `Exported ${plural(done.rows, "row")}`,
          detail: done.path,
          about,
          action: {
            label: "Show in folder",
            run: () =>
              void backend
                .showInFolder(done.path)
                .catch(() => tell({ title: "No file manager answered", detail: `The file is ${done.path}` })),
          },
        });
      else if (failure)
        tell({
          title: failure.code === "cancelled" ? "Export cancelled" : "Export stopped",
          detail: endWords(job, failure, Date.now()),
          about,
        });
    });
  };
}
