// A person's LinkedIn page, opened by the app and only on a click: nothing of it is ever loaded into this window.
import { ExternalLink } from "lucide-react";
import { toFailure } from "../backend/failure";
import type { Person } from "../backend/types";
import { tell } from "../shared/toasts";
import { useBackend } from "../shell/backend-context";
import { texts } from "../texts/texts";
import { fullName } from "./facts";

const words = texts.people.linkedIn;

interface LinkedInLinkProps {
  person: Person;
  none: string;
  /** In the table: an icon; in the panel: the address. */
  short?: boolean;
}

/** The same one in all rows, so that a row that changes does not draw it anew. */
const opensOutside = <ExternalLink size={14} aria-hidden className="shrink-0" />;

export function LinkedInLink({ person, none, short }: LinkedInLinkProps) {
  const backend = useBackend();
  const url = person.linkedin_url;
  if (!url) return <span className="truncate text-ink-3">{none}</span>;
  const address = url.replace(/^https?:\/\/(www\.)?/, "");
  const name = words.label(fullName(person));
  const open = () => {
    backend.openLink(url).catch((thrown) => tell({ title: words.failed, detail: toFailure(thrown).message }));
  };
  return (
    <button
      type="button"
      tabIndex={short ? -1 : undefined}
      // Who speaks to the computer says what is seen: the address is part of the name.
      aria-label={short ? name : `${address}, ${name}`}
      title={url}
      onClick={(event) => {
        event.stopPropagation();
        open();
      }}
      className="inline-flex min-w-0 max-w-full items-center gap-1 rounded-md text-accent hover:underline"
    >
      {!short && <span className="truncate">{address}</span>}
      {opensOutside}
    </button>
  );
}
