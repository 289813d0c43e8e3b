// Puts theme, contrast, density and zoom into effect. Theme and contrast stand on the document, so that one set of rules serves the
// desktop's choice and the user's; the zoom is the app's own, since the web view has no menu for it.
import { useEffect } from "react";
import type { Density, Settings } from "../backend/types";
import { useCommand } from "../shared/commands";
import { useSettings } from "./useSettings";

const prefersDark = "(prefers-color-scheme: dark)";
const prefersMore = "(prefers-contrast: more)";

type Looks = Pick<Settings, "theme" | "contrast">;

/** Also for before anything else is drawn. */
export function showAppearance({ theme, contrast }: Looks): void {
  const dark = theme === "dark" || (theme === "system" && matchMedia(prefersDark).matches);
  const more = contrast === "more" || matchMedia(prefersMore).matches;
  const { dataset } = document.documentElement;
  dataset.theme = dark ? "dark" : "light";
  dataset.contrast = more ? "more" : "usual";
}

export function useAppearance(): void {
  const { settings, change } = useSettings();
  const { theme, contrast } = settings ?? { theme: "system", contrast: "system" };
  useEffect(() => {
    const changed = () => showAppearance({ theme, contrast });
    changed();
    const desktop = [prefersDark, prefersMore].map((query) => matchMedia(query));
    for (const one of desktop) one.addEventListener("change", changed);
    return () => {
      for (const one of desktop) one.removeEventListener("change", changed);
    };
  }, [theme, contrast]);
  const zoom = settings?.zoom ?? 100;
  useCommand("larger", () => void change({ zoom: zoomStep(zoom, 1) }), zoom === zooms.at(-1));
  useCommand("smaller", () => void change({ zoom: zoomStep(zoom, -1) }), zoom === zooms[0]);
  useCommand("usual-size", () => void change({ zoom: 100 }), zoom === 100);
  useCommand("light", () => void change({ theme: "light" }), theme === "light");
  useCommand("dark", () => void change({ theme: "dark" }), theme === "dark");
  useCommand("more-contrast", () => void change({ contrast: "more" }), contrast === "more");
  useCommand("usual-contrast", () => void change({ contrast: "system" }), contrast === "system");
  useCommand("system", () => void change({ theme: "system" }), theme === "system");
}

export const zooms = [75, 90, 100, 110, 125, 150, 175, 200] as const;

/** The next larger or smaller size there is. */
export function zoomStep(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? zooms.find((one) => one > zoom) : zooms.findLast((one) => one < zoom);
  return next ?? zoom;
}

const rowHeights: Record<Density, number> = { compact: 28, normal: 32, roomy: 40 };

/** The height of a row of the table, in px. */
export function useRowHeight(): number {
  const { settings } = useSettings();
  return rowHeights[settings?.density ?? "normal"];
}
