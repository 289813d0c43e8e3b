// Back and forward through what was looked at in this tab: the app's window has no bar of a browser to do it. Looking never spends
// anything.
import { ArrowLeft, ArrowRight } from "lucide-react";
import { IconButton } from "../shared/Button";
import { keyOf } from "../shared/keys";
import { useHistorySteps } from "../shell/openTabs";
import { texts } from "../texts/texts";

const words = texts.search;

export function HistoryButtons() {
  const { canBack, canForward, back, forward } = useHistorySteps();
  return (
    <div className="flex">
      <IconButton label={words.back(keyOf("back"))} off={!canBack} onClick={back}>
        <ArrowLeft size={14} aria-hidden />
      </IconButton>
      <IconButton label={words.forward(keyOf("forward"))} off={!canForward} onClick={forward}>
        <ArrowRight size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
