// A pretended export: pages that take time, calls that are spent, an hour that may run out (it then waits), a cancel that leaves a partial file.
import type { ExportDone, ExportInput, ExportProgress } from "../types";
import { failure, limiterReason } from "./answers";
import type { WorkspaceState } from "./state";

interface Run {
  total: number;
  state: WorkspaceState;
  input: ExportInput;
  pageMs: () => number;
  cancelled: () => boolean;
  spend: () => void;
  onProgress: (progress: ExportProgress) => void;
}

export async function runExport(run: Run): Promise<ExportDone> {
  const { scope, path } = run.input;
  const rowsWanted =
    scope.kind === "page" ? Math.min(scope.page_size, run.total) : Math.min(run.total, scope.max_rows ?? run.total);
  const pages = scope.kind === "page" ? 1 : Math.ceil(rowsWanted / 100);
  const partial = path.replace(/\.csv$/i, ".partial.csv");
  const spent = () => limiterReason(run.state, Date.now(), Math.floor(run.state.workspace.calls_per_hour / 10));
  let rows = 0;
  let calls = 0;
  for (let page = 1; page <= pages; page++) {
    await new Promise((done) => setTimeout(done, run.pageMs()));
    if (run.cancelled()) throw failure("cancelled", "Cancelled; nothing that was fetched is lost.");
    if (scope.kind === "all") {
      for (let reason = spent(); reason !== null; reason = spent()) {
        if (!run.input.wait)
          throw failure("export_interrupted", `The export stopped after ${rows} rows.`, { partial, rows, reason });
        run.onProgress({ rows, people_total: rowsWanted, pages: page - 1, calls_spent: calls, waiting: reason });
        await new Promise((done) => setTimeout(done, 100));
        if (run.cancelled()) throw failure("cancelled", "Cancelled; nothing that was fetched is lost.");
      }
      run.spend();
      calls += 1;
    }
    rows = scope.kind === "page" ? rowsWanted : Math.min(rowsWanted, page * 100);
    run.onProgress({ rows, people_total: rowsWanted, pages: page, calls_spent: calls, waiting: null });
  }
  return { path, rows, people_total: rowsWanted, pages, calls_spent: calls, credits_spent: 0, notices: [] };
}
