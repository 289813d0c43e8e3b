// The form of the export dialog. It starts the job and closes; the tray follows it from there.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { toFailure } from "../backend/failure";
import type { ExportFlavour, ExportInput, Status, Workspace } from "../backend/types";
import { RoomNotice } from "../credits/RoomNotice";
import { keepEnterFromPaying } from "../jobs/keepEnterFromPaying";
import { agreedTo } from "../jobs/PricedButton";
import { estimateWords, shortOfCalls } from "../jobs/priceWords";
import { openTray } from "../jobs/tray";
import { useJobOrders } from "../jobs/useJobs";
import type { SearchView } from "../search/useSearchView";
import { Button } from "../shared/Button";
import { Caution } from "../shared/Caution";
import { Choice } from "../shared/Choice";
import { TextField } from "../shared/TextField";
import { useNow } from "../shared/useNow";
import { whole, wrongNumber } from "../shared/wholeNumber";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { suggestedName } from "./exportWords";
import { FlavourField } from "./FlavourField";

const words = texts.exports;

interface ExportFormProps {
  workspace: Workspace;
  view: SearchView;
  status: Status | null;
  onClose: () => void;
}

export function ExportForm({ workspace, view, status, onClose }: ExportFormProps) {
  const backend = useBackend();
  const client = useQueryClient();
  const now = useNow();
  const orders = useJobOrders(workspace.id);
  const [scope, setScope] = useState<"page" | "all">("page");
  const [most, setMost] = useState("");
  const [flavour, setFlavour] = useState<ExportFlavour>("excel");
  const [path, setPath] = useState("");
  const [said, setSaid] = useState("");
  const { page, pageSize, filters } = view.question;
  const maxRows = whole(most) || null;
  const mostWrong = wrongNumber(most);

  const input = useMemo<ExportInput>(
    () => ({
      persona_id: view.persona?.id ?? null,
      filters,
      scope: scope === "page" ? { kind: "page", page, page_size: pageSize } : { kind: "all", max_rows: maxRows },
      flavour,
      path,
      agreed: { calls: 0, credits: 0 },
      // The file dialog has asked.
      replace: true,
      // Whoever looks away finds it done: when the hour's calls are used it waits for the next ones.
      wait: true,
    }),
    [view.persona?.id, filters, scope, page, pageSize, maxRows, flavour, path],
  );
  const estimate = useQuery({
    queryKey: ["workspace", workspace.id, "estimate", JSON.stringify({ ...input, path: "", flavour: "" })],
    queryFn: () => backend.exportEstimate(workspace.id, { ...input, path: "" }),
    gcTime: 0,
  });
  useEffect(() => {
    // The promise about the hour's calls is made on what is true now: the command line may have spent some.
    void client.invalidateQueries({ queryKey: ["workspace", workspace.id, "status"] });
  }, [client, workspace.id]);
  const warning =
    estimate.data && status ? shortOfCalls(words.shortOfCalls, estimate.data.calls_at_most, status.limiter, now) : "";

  async function choose(): Promise<string> {
    setSaid("");
    try {
      const chosen = (await backend.exportChooseFile(workspace.id, suggestedName(view.title, new Date()))) ?? "";
      if (chosen !== "") setPath(chosen);
      return chosen;
    } catch (thrown) {
      setSaid(toFailure(thrown).message);
      return "";
    }
  }
  async function submit() {
    if (mostWrong) return;
    if (!estimate.data || estimate.data.held) return;
    // Without a file yet, exporting asks for it first; whoever cancels that is back in the form.
    const target = path || (await choose());
    if (target === "") return;
    // What stands on the button is what was agreed to; the export stops before it would spend more.
    const agreed = { ...input, path: target, agreed: agreedTo(estimate.data) };
    orders.start(() => backend.exportStart(workspace.id, view.title, agreed));
    openTray("now");
    onClose();
  }

  const total = view.answer?.total_entries;
  return (
    <form
      className="flex flex-col gap-4"
      onKeyDown={keepEnterFromPaying}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <fieldset>
        <legend className="mb-1 text-sm font-medium text-ink-2">{words.whichPeople}</legend>
        <Choice name="scope" checked={scope === "page"} onChoose={() => setScope("page")}>
          {words.thisPage} <span className="text-ink-3">· {texts.counted.people(view.people.length)}</span>
        </Choice>
        <Choice name="scope" checked={scope === "all"} onChoose={() => setScope("all")}>
          {words.allMatching}{" "}
          <span className="text-ink-3">{total == null ? "" : `· ${words.allMatchingHint(total)}`}</span>
        </Choice>
        {scope === "all" && (
          <TextField
            className="mt-2 ml-6"
            label={words.most}
            hint={words.mostHint}
            inputMode="numeric"
            value={most}
            error={mostWrong}
            onChange={(event) => setMost(event.target.value)}
          />
        )}
      </fieldset>
      <FlavourField value={flavour} onChange={setFlavour} />
      <div>
        <div className="mb-1 text-sm font-medium text-ink-2" id="export-file">
          {words.file}
        </div>
        <div className="flex items-center gap-2">
          <Button onClick={() => void choose()} aria-describedby="export-file export-path">
            {words.chooseFile}
          </Button>
          <span
            id="export-path"
            className={`min-w-0 flex-1 truncate ${path ? "" : "text-ink-3"}`}
            title={path}
            dir="auto"
          >
            {path || words.noFile}
          </span>
        </div>
      </div>
      {estimate.data && estimate.data.credits_at_most > 0 && <RoomNotice room={estimate.data} />}
      {warning && <Caution>{warning}</Caution>}
      {(said || estimate.error) && (
        <p role="alert" className="text-sm text-stop">
          {said || (estimate.error && toFailure(estimate.error).message)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button type="submit" kind="primary" off={!estimate.data || estimate.data.held}>
          {estimate.data ? `${words.start} · ${estimateWords(estimate.data)}` : words.start}
        </Button>
      </div>
    </form>
  );
}
