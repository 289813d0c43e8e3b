// One line, once: whom one finds outside the sample workspace are real people. It goes for good when it was read.
import { Info } from "lucide-react";
import { useSettings } from "../settings/useSettings";
import { Button } from "../shared/Button";
import { mainPlace } from "../shell/useLeftPane";
import { texts } from "../texts/texts";

const words = texts.guide.realPeople;

export function PeopleNotice({ onMore }: { onMore: () => void }) {
  const { settings, change } = useSettings();
  if (!settings || settings.notice_read) return null;
  return (
    <section
      aria-label={words.title}
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-caution-soft px-3 py-1.5"
    >
      <Info size={14} aria-hidden className="shrink-0 text-caution" />
      <p className="min-w-56 flex-1">{words.notice}</p>
      <Button kind="quiet" className="-my-1" onClick={onMore}>
        {words.more}
      </Button>
      <Button
        className="-my-1"
        onClick={() => {
          void change({ notice_read: true });
          mainPlace()?.focus({ preventScroll: true });
        }}
      >
        {words.read}
      </Button>
    </section>
  );
}
