// Back and forward through what was looked at: the app's window has no bar of a browser to do it. Looking never spends anything.
import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../shared/Button";
import { useCanGo } from "../shell/historySteps";

export function HistoryButtons() {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      // In a text these keys move the caret (on macOS by words).
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      if (event.key === "ArrowLeft") history.back();
      else history.forward();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, []);
  const can = useCanGo();
  return (
    <div className="flex">
      <IconButton label="Back (Alt+Left)" off={!can.back} onClick={() => history.back()}>
        <ArrowLeft size={14} aria-hidden />
      </IconButton>
      <IconButton label="Forward (Alt+Right)" off={!can.forward} onClick={() => history.forward()}>
        <ArrowRight size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
