// Starts the window: picks the backend, finds the tabs it was left at, and draws. Nothing here decides anything else.
import { CSPProvider } from "@base-ui/react/csp-provider";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { chooseBackend } from "./backend/choose";
import { toFailure } from "./backend/failure";
import { showAppearance } from "./settings/appearance";
import { Toasts } from "./shared/toasts";
import { App } from "./shell/App";
import { askFirst } from "./shell/askFirst";
import { BackendProvider } from "./shell/backend-context";
import { readTheRest } from "./shell/later";
import { NotStarted } from "./shell/NotStarted";
import { openingTabs } from "./shell/opening";
import { startTabs } from "./shell/openTabs";
import { vocabularyQuery } from "./shell/vocabulary";
import { texts } from "./texts/texts";
import { workspacesKey, workspacesQuery } from "./workspaces/useWorkspaces";
import "./styles.css";

const words = texts.shell.start;

/** Whoever asks for a workspace that is no more has the list of them read again. */
function lookForRemoved(thrown: unknown): void {
  const failure = toFailure(thrown);
  if (failure.code === "not_found" && failure.what === "workspace")
    void client.invalidateQueries({ queryKey: workspacesKey });
}

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: lookForRemoved }),
  mutationCache: new MutationCache({ onError: lookForRemoved }),
  defaultOptions: {
    // Rust owns retries; a question is asked again when something changed, not when the window is looked at.
    queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: "always" },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** Where the last mistake of ours that took the page away is kept, with its time. */
const lastBroken = "foray-broken";
/** A page that breaks again so soon, in ms, would break for ever. */
const tooSoon = 10_000;

/** A mistake of ours that nothing else caught leaves an empty window. What stands in the address and in the files is whole, so that the
 * page is loaded anew; if that does not help, it says so. */
function loadAnew(drawn: Root, error: unknown): void {
  const before = Number(sessionStorage.getItem(lastBroken)?.split(" ", 1)[0] ?? 0);
  sessionStorage.setItem(lastBroken, `${Date.now()} ${error instanceof Error ? error.stack : String(error)}`);
  console.error(error);
  if (Date.now() - before > tooSoon) location.reload();
  else drawn.render(<NotStarted sentence={words.brokenTwice(said(error))} />);
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** So long after the start, in ms, the parts of the window that its first rows do not need are read in. */
const pause = 1_000;

async function start(root: HTMLElement): Promise<void> {
  const backend = await chooseBackend();
  if (backend === null) {
    root.textContent = words.inBrowser;
    return;
  }
  const drawn = createRoot(root, { onUncaughtError: (error) => loadAnew(drawn, error) });
  // Asked for together with the rest, so that the first drawing finds it there. What fails is asked again then, and told.
  void client.prefetchQuery(workspacesQuery(backend));
  void client.prefetchQuery(vocabularyQuery(backend));
  try {
    const [{ workspace, tabs }, settings] = await Promise.all([
      openingTabs(backend, location.search),
      // Settings that cannot be read are told when they are looked at; until then all looks as the desktop has it.
      backend.settingsLoad().catch(() => ({ theme: "system" as const, contrast: "system" as const })),
    ]);
    showAppearance(settings);
    startTabs(workspace, tabs);
    await askFirst(client, backend, workspace);
  } catch (thrown) {
    drawn.render(<NotStarted sentence={toFailure(thrown).message} />);
    return;
  }
  setTimeout(readTheRest, pause);
  drawn.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={client}>
          <BackendProvider value={backend}>
            <Toasts>
              <App />
            </Toasts>
          </BackendProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void start(root);
