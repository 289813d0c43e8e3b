// Back and forward through what was looked at: the app's window has no bar of a browser to do it. Looking never spends anything.
import { ArrowLeft, ArrowRight } from "lucide-react";
import { IconButton } from "../shared/Button";
import { useCommand } from "../shared/commands";
import { keyOf } from "../shared/keys";
import { useCanGo } from "../shell/historySteps";

export function HistoryButtons() {
  const can = useCanGo();
  // As far as is known: how far one could go forward is not, after a reload.
  useCommand("back", () => history.back());
  useCommand("forward", () => history.forward());
  return (
    <div className="flex">
      <IconButton label={`Back (${keyOf("back")})`} off={!can.back} onClick={() => history.back()}>
        <ArrowLeft size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Forward (${keyOf("forward")})`} off={!can.forward} onClick={() => history.forward()}>
        <ArrowRight size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
