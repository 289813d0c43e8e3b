// Writes the people that are picked to a file. They are in the store already: it takes no call and no credit, and is done at once.
import { useState } from "react";
import { toFailure } from "../backend/failure";
import type { ExportFlavour, PeopleSelection, Workspace } from "../backend/types";
import { companyFacts } from "../people/companyWords";
import { Button } from "../shared/Button";
import { Modal } from "../shared/Modal";
import { Tick } from "../shared/Tick";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { suggestedName } from "./exportWords";
import { FlavourField } from "./FlavourField";

const words = texts.exports.selection;

export interface SelectionExportProps {
  onClose: () => void;
  workspace: Workspace;
  /** What the people are of: the file is named after it. */
  title: string;
  count: number;
  selection: PeopleSelection;
}

export function SelectionExport({ onClose, workspace, title, count, selection }: SelectionExportProps) {
  const backend = useBackend();
  const [flavour, setFlavour] = useState<ExportFlavour>("excel");
  const [functions, setFunctions] = useState(false);
  const [withCompanies, setWithCompanies] = useState(false);
  const [said, setSaid] = useState("");
  const [writing, setWriting] = useState(false);

  async function submit() {
    setSaid("");
    setWriting(true);
    try {
      const company = withCompanies ? companyFacts : [];
      const path = await backend.exportChooseFile(workspace.id, suggestedName(title, new Date()));
      if (path === null) return;
      const file = { path, flavour, functions, company };
      const done = await backend.peopleSelectionExport(workspace.id, selection, file);
      tell({
        title: words.done(done.rows),
        detail: done.kept.length > 0 ? words.doneKeeping(done.path, done.kept.join(", ")) : done.path,
        workspace: workspace.id,
      });
      onClose();
    } catch (thrown) {
      setSaid(toFailure(thrown).message);
    } finally {
      setWriting(false);
    }
  }
  return (
    <Modal onClose={onClose} title={words.title(count)} about={words.about}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FlavourField value={flavour} onChange={setFlavour} />
        <Tick checked={functions} onChange={setFunctions}>
          {words.functions} <span className="text-ink-3">· {words.functionsHint}</span>
        </Tick>
        <Tick checked={withCompanies} onChange={setWithCompanies}>
          {words.companies} <span className="text-ink-3">· {words.companiesHint}</span>
        </Tick>
        {said && (
          <p role="alert" className="text-sm text-stop">
            {said}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{texts.exports.cancel}</Button>
          <Button type="submit" kind="primary" off={writing}>
            {words.start}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
