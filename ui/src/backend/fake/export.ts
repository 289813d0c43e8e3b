// A pretended export: pages that take time, calls that are spent, an hour that may run out, a cancel that leaves a partial file.
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
  let rows = 0;
  let calls = 0;
  for (let page = 1; page <= pages; page++) {
    await new Promise((done) => setTimeout(done, run.pageMs()));
    if (run.cancelled()) throw failure("cancelled", `Stopped. ${rows} rows are in ${partial}.`);
    if (scope.kind === "all") {
      const reason = limiterReason(run.state, Date.now());
      if (reason)
        throw failure("export_interrupted", `Stopped after ${rows} rows: ${reason.message}`, { partial, rows, reason });
      run.spend();
      calls += 1;
    }
    rows = scope.kind === "page" ? rowsWanted : Math.min(rowsWanted, page * 100);
    run.onProgress({ rows, people_total: rowsWanted, pages: page, calls_spent: calls });
  }
  return { path, rows, people_total: rowsWanted, pages, calls_spent: calls, credits_spent: 0, notices: [] };
}
