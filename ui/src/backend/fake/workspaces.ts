// Pretended workspaces: their list, names, settings and backups.
import type { Backend } from "../backend";
import { badInput, failure } from "./answers";
import { newWorkspace } from "./state";
import type { World } from "./world";

export function workspaceCommands({ asked, store, controls, of, keep, call }: World) {
  return {
    workspacesList: async () => {
      if (asked === "not-started")
        throw failure(
          "newer_file",
          "The list of workspaces was made by a newer version of Foray. Install the newest version; the file was left untouched.",
        );
      return [...store.workspaces.values()].map((one) => ({ ...one.workspace }));
    },
    async workspaceAdd(name) {
      const plain = name.normalize("NFKC").trim();
      if (plain === "") throw badInput([{ field: "name", message: "Give the workspace a name." }]);
      for (const one of store.workspaces.values())
        if (one.workspace.name.toLocaleLowerCase() === plain.toLocaleLowerCase() || plain.toLowerCase() === "sample")
          throw badInput([{ field: "name", message: `There is a workspace “${plain}” already.` }]);
      const one = newWorkspace(crypto.randomUUID(), plain, false);
      store.workspaces.set(one.workspace.id, one);
      keep();
      return { ...one.workspace };
    },
    async workspaceChange(id, change) {
      const one = of(id);
      const calls = change.calls_per_hour;
      if (calls !== null && (!Number.isInteger(calls) || calls < 1 || calls > 6_000))
        throw badInput([{ field: "calls_per_hour", message: "Calls an hour: a whole number from 1 to 6,000." }]);
      if (calls !== null) one.workspace.calls_per_hour = calls;
      if (change.refresh_stale !== null) one.workspace.refresh_stale = change.refresh_stale;
      if (change.cache_hours !== null && (change.cache_hours < 1 || change.cache_hours > 720))
        throw badInput([{ field: "cache_hours", message: "Rows count as fresh for 1 to 720 hours; the usual is 24." }]);
      if (change.cache_hours !== null) one.workspace.cache_hours = change.cache_hours;
      if (change.cache_mb !== null) one.workspace.cache_mb = change.cache_mb;
      if (change.export_folder !== null) one.workspace.export_folder = change.export_folder || null;
      if (change.caps !== null) one.workspace.caps = change.caps;
      if (change.endpoint !== null) one.workspace.endpoint = change.endpoint;
      one.gate = null;
      keep();
      return { ...one.workspace };
    },
    async workspaceRename(id, name) {
      const plain = name.normalize("NFKC").trim();
      if (plain === "") throw badInput([{ field: "name", message: "Give the workspace a name." }]);
      for (const one of store.workspaces.values())
        if (one.workspace.id !== id && one.workspace.name.toLocaleLowerCase() === plain.toLocaleLowerCase())
          throw badInput([{ field: "name", message: `There is a workspace “${plain}” already.` }]);
      of(id).workspace.name = plain;
      keep();
      return { ...of(id).workspace };
    },
    async workspaceRemove(id, typed) {
      if (typed.trim().toLowerCase() !== of(id).workspace.name.toLowerCase())
        throw failure("not_confirmed", `To remove it, type its name: ${of(id).workspace.name}`);
      store.workspaces.delete(id);
      keep();
      return null;
    },
    async workspaceChooseExportFolder(id) {
      if (controls.cancelChoice) return null;
      of(id).workspace.export_folder = "/home/ana/Documents/Exports";
      keep();
      return { ...of(id).workspace };
    },
    async workspaceBackup(id) {
      if (controls.cancelChoice) return null;
      await call();
      controls.done.push("backup");
      return { path: `/home/ana/Documents/${of(id).workspace.name} 2026-11-28.foray-backup`, bytes: 1_234_567 };
    },
    async workspaceRestore() {
      controls.done.push("restore");
      await call();
      if (controls.nextFile === null) return null;
      if (controls.nextFile !== "backup")
        throw badInput([
          {
            field: "path",
            message:
              "That is no whole backup of Foray: it can't be unpacked. Nothing was changed. Choose a file that “Back up…” has made, whole as it was: one that was cut short on its way, by mail or by a full disk, is none any more. If it was copied from another computer, copy it once more and compare the sizes of the two files before it is restored.",
          },
        ]);
      const one = newWorkspace(crypto.randomUUID(), "Restored client", false);
      store.workspaces.set(one.workspace.id, one);
      keep();
      return { ...one.workspace };
    },
    async lastWorkspaceSave(id) {
      store.lastWorkspace = id;
      keep();
    },
    lastWorkspaceLoad: async () => store.lastWorkspace,
  } satisfies Partial<Backend>;
}
