// The personas in the left pane: the saved ones of this workspace, then the starters to begin from.
import { FileInput, Plus } from "lucide-react";
import type { TenantId } from "../backend/types";
import { IconButton } from "../shared/Button";
import { tabClicks } from "../shared/newTab";
import { useAddress } from "../shell/address";
import { texts } from "../texts/texts";
import { usePersonaFiles } from "./usePersonaFiles";
import type { Personas } from "./usePersonas";

const words = texts.personas.list;

const item =
  "flex h-7 w-full items-center rounded-md px-2 text-left text-ink hover:bg-hover aria-[current=true]:bg-active aria-[current=true]:font-medium";
const heading = "flex-1 px-2 text-sm font-medium text-ink-3";

export function PersonaList({ personas, workspace }: { personas: Personas; workspace: TenantId }) {
  const [address] = useAddress();
  const files = usePersonaFiles(workspace, personas.choose);
  return (
    <nav aria-label={words.title} data-testid="persona-list" className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      <div className="flex items-center pt-2">
        <h2 className={heading}>{words.title}</h2>
        <IconButton label={words.import} onClick={() => void files.importOne()}>
          <FileInput size={14} aria-hidden />
        </IconButton>
        <IconButton label={words.add} onClick={personas.startNew}>
          <Plus size={15} aria-hidden />
        </IconButton>
      </div>
      {personas.failure && <p className="px-2 py-1 text-sm text-stop">{personas.failure.message}</p>}
      {personas.read && personas.saved.length === 0 && <p className="px-2 py-1 text-sm text-ink-3">{words.none}</p>}
      <ul className="flex flex-col gap-px">
        {personas.saved.map((persona) => (
          <li key={persona.id}>
            <button
              type="button"
              className={item}
              title={persona.name}
              aria-current={address.persona === persona.id ? "true" : undefined}
              {...tabClicks(
                () => personas.choose(persona),
                () => personas.chooseBehind(persona),
              )}
            >
              <span className="truncate" dir="auto">
                {persona.name}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <h2 className={`${heading} pt-4 pb-1`}>{words.starters}</h2>
      <ul className="flex flex-col gap-px">
        {personas.starters.map((starter) => (
          <li key={starter.name}>
            <button
              type="button"
              className={item}
              title={words.starter(starter.name, starter.about)}
              aria-current={address.persona === null && address.starter === starter.name ? "true" : undefined}
              {...tabClicks(
                () => personas.chooseStarter(starter),
                () => personas.chooseBehind(starter),
              )}
            >
              <span className="truncate">{starter.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
